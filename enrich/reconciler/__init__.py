"""Compare a work with a page and decide; pure."""
