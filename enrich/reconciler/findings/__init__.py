"""The findings: one function each, in the file of its subject; a new file here is found by itself."""
