"""The fields of a page: one file each."""
