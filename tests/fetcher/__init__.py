"""The fetcher, against a stand-in for the services on loopback."""
