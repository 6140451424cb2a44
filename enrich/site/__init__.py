"""The local side: pages, theme, author profiles, baseline."""
