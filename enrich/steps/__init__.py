"""The steps of `pipeline.py` in detail, and those of the commands that have an order of their own."""
