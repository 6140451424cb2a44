"""The output formats, one file for each; pure."""
