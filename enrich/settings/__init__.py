"""Settings: one table of options, their values, and the source of each value."""
