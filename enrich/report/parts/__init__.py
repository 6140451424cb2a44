"""Code that the formats share: only the modules of the folder above are formats."""
