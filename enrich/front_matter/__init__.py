"""Read a page's front matter and set one value in its text; pure."""
