"""Turn decisions into text, proved by re-reading; pure."""
