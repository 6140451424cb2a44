"""Read the body of an answer, whatever it unpacks to, and parse it."""

from __future__ import annotations

import json

import requests

from enrich.fetcher.http.faults import translate_faults
from enrich.fetcher.http.retries import PermanentError

# Forty full records are 0.3 MB on average; one with 2,919 authors alone is 2 MB.
MOST_BYTES = 32 * 2**20
CHUNK = 2**16


def read_body(label: str, answer: requests.Response) -> bytes:
    """Return the unpacked body and close the answer; raise PermanentError if it is too large."""
    body = bytearray()
    with translate_faults(label):
        try:
            for chunk in answer.raw.stream(CHUNK, decode_content=True):
                body += chunk
                if len(body) > MOST_BYTES:
                    break
        finally:
            answer.close()
    if len(body) > MOST_BYTES:
        raise PermanentError(f"the answer of {label} is larger than {MOST_BYTES // 2**20} MB")
    return bytes(body)


def parse_body(body: bytes) -> object:
    """Return the JSON of a body; raise ValueError or RecursionError if it cannot be read."""
    return json.loads(body)
