"""Read and edit BibTeX files, text in, text out; pure."""
