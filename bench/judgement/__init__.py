"""Pages made from real records, in the styles people write: how often we nag, and how often we miss."""
