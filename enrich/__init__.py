"""Keep the publication pages of a Hugo site true to Crossref and DataCite."""

__version__ = "0.1.0"
