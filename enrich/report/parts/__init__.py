"""Code that the formats share; each module of the folder above is a format."""
