"""Write to disk: pages and other files of a site, reports, the baseline, the undo patch, the lock."""
