"""Records read from disk instead of a service."""
