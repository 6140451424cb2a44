"""Talking to a service: batches, workers, limits, retries, time-outs."""
