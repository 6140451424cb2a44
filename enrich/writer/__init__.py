"""Write to disk: pages, the baseline, the undo patch, the lock."""
