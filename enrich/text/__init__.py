"""DOIs, equality of texts, markup; pure."""
