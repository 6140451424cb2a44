"""Read a Hugo site: its pages, theme and author profiles."""
