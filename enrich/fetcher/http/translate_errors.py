"""Translate the libraries' errors into ours, because theirs quote the address with the user's e-mail."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import requests
import urllib3

from enrich.fetcher.http.call_errors import PermanentError, SetupError, TransientError

# Words in OpenSSL's errors about certificates, which a second attempt does not fix.
_CERTIFICATE_ERRORS = ("CERTIFICATE_VERIFY_FAILED", "X509")
_PROXY_ERRORS = (
    requests.exceptions.InvalidProxyURL,
    requests.exceptions.InvalidSchema,  # a SOCKS proxy without PySocks
    requests.exceptions.InvalidURL,  # our own addresses are checked before
)


@contextmanager
def translate_errors(label: str) -> Iterator[None]:
    """Raise a CallError, with a reason in plain words, if a call to the service fails."""
    try:
        yield
    except (requests.exceptions.SSLError, urllib3.exceptions.SSLError) as error:
        raise _explain_tls_error(label, error) from None
    except requests.exceptions.ProxyError:
        raise TransientError(
            f"the connection to {label} through your proxy failed; check HTTPS_PROXY and NO_PROXY"
        ) from None
    except _PROXY_ERRORS:
        raise SetupError("your proxy setting cannot be used; check HTTPS_PROXY and ALL_PROXY") from None
    except (requests.Timeout, urllib3.exceptions.TimeoutError):
        raise TransientError(f"{label} did not answer in time") from None
    except (requests.ConnectionError, urllib3.exceptions.HTTPError):
        raise TransientError(f"the connection to {label} failed") from None
    except requests.RequestException:
        raise PermanentError(f"enrich could not make the request to {label}") from None
    except OSError as error:
        raise _explain_system_error(label, error) from None


def _explain_tls_error(label: str, error: Exception) -> TransientError | SetupError:
    if any(name in str(error) for name in _CERTIFICATE_ERRORS):
        return SetupError(
            f"the certificate of {label} is not trusted; if your network inspects traffic, name its"
            " certificates in REQUESTS_CA_BUNDLE"
        )
    return TransientError(f"the secure connection to {label} failed")


def _explain_system_error(label: str, error: OSError) -> TransientError | SetupError:
    # requests reports a missing file of certificates as an OSError without a number.
    if error.errno is None or isinstance(error, (FileNotFoundError, PermissionError)):
        return SetupError("the certificates cannot be read; check REQUESTS_CA_BUNDLE and CURL_CA_BUNDLE")
    return TransientError(f"the connection to {label} failed")
