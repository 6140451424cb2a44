"""The findings: one function each, in the file of its subject; enrich finds a new file by itself."""
