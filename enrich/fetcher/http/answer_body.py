"""Read the body of a response in chunks, so that a compressed body cannot fill the memory."""

from __future__ import annotations

import requests

from enrich.fetcher.http.call_errors import PermanentError
from enrich.fetcher.http.translate_errors import translate_errors

# Forty full records have 0.3 MB on average, the forty largest known 4 MB; one with 2,919 authors has 2 MB.
SMALL_BYTES, MOST_BYTES = 2**20, 12 * 2**20
CHUNK = 2**16


class BodyReader:
    """Unpack the body of a response, and close the response at the end of the body or after an error."""

    def __init__(self, label: str, answer: requests.Response) -> None:
        """Read nothing yet; `label` names the service in errors."""
        self._label, self._answer = label, answer
        self._chunks = answer.raw.stream(CHUNK, decode_content=True)
        self._body = bytearray()

    def read_small(self) -> bool:
        """Read until the body ends or exceeds 1 MB; return whether it has ended."""
        return self._read_until(SMALL_BYTES)

    def read_rest(self) -> None:
        """Read to the end; raise PermanentError if the body is larger than 12 MB."""
        if not self._read_until(MOST_BYTES):
            self._answer.close()
            self._body.clear()
            raise PermanentError(f"the answer of {self._label} is larger than {MOST_BYTES // 2**20} MB")

    def take_body(self) -> bytes:
        """Return the bytes that were read, and keep no copy."""
        body = bytes(self._body)
        self._body.clear()
        return body

    def _read_until(self, size: int) -> bool:
        try:
            with translate_errors(self._label):
                for chunk in self._chunks:
                    self._body += chunk
                    if len(self._body) > size:
                        return False
        except BaseException:
            self._answer.close()
            raise
        self._answer.close()
        return True
