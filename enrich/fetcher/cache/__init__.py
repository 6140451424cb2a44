"""The HTTP cache in `cache/http.sqlite`."""
