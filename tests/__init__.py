"""The tests mirror `enrich/`."""
