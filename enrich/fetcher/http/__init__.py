"""Call the services: batches, workers, rate limits, retries, timeouts."""
