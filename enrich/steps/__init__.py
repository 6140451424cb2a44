"""Parts of the order that `pipeline.py` has, and of the commands that have another one."""
