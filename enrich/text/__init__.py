"""Parse DOIs, compare texts, convert markup; pure."""
