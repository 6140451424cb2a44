"""Fetch records: from the services through one session, or from disk."""
