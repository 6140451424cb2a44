"""Read and edit the text of BibTeX files; pure."""
