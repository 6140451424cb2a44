"""Measure false alarms and misses on pages made from real records, in the styles that people write."""
