"""Choosing which planned changes are written."""
