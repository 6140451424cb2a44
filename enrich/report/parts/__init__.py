"""What the formats share; a module in the folder above is a format, one in here is not."""
