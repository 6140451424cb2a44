"""The remote side: one session, one file a source."""
