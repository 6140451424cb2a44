"""One file an output format; pure."""
