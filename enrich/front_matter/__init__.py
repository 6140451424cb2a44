"""Read a front matter and set one value in its text; pure."""
