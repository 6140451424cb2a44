"""The services: one file each, with their addresses and their records."""
