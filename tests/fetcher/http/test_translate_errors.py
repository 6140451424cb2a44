"""Settings of the computer that block every call: the run names the variable to check at once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from enrich.fetcher.access import Access
from enrich.fetcher.lookup import Lookup
from enrich.model.work import Unanswered
from tests.support.clock import FakeTime
from tests.support.stand_in import StandIn
from tests.support.wire import serving

DOIS = [f"10.1000/w{n}" for n in range(100)]
PROXY = "your proxy setting cannot be used; check HTTPS_PROXY and ALL_PROXY"
CERTIFICATES = "the certificates cannot be read; check REQUESTS_CA_BUNDLE and CURL_CA_BUNDLE"
UNTRUSTED = (
    "the certificate of Crossref is not trusted; if your network inspects traffic, name its certificates in"
    " REQUESTS_CA_BUNDLE"
)


@pytest.fixture
def service() -> Iterator[StandIn]:
    with serving(StandIn()) as stand_in:
        yield stand_in


@pytest.fixture(autouse=True)
def no_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTPS_PROXY", "ALL_PROXY", "NO_PROXY", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)


@pytest.mark.parametrize(
    ("variable", "value", "reason"),
    [
        pytest.param("HTTPS_PROXY", "socks5://127.0.0.1:1", PROXY, id="a SOCKS proxy without PySocks"),
        pytest.param("HTTPS_PROXY", "ftp://127.0.0.1:1", PROXY, id="a proxy of an unknown kind"),
        pytest.param("HTTPS_PROXY", "http://", PROXY, id="a proxy without a host"),
        pytest.param("ALL_PROXY", "http://127.0.0.1:99999", PROXY, id="a proxy with an impossible port"),
        pytest.param("REQUESTS_CA_BUNDLE", "missing.pem", CERTIFICATES, id="a missing file of certificates"),
        pytest.param("REQUESTS_CA_BUNDLE", "empty.pem", UNTRUSTED, id="an empty file of certificates"),
    ],
)
def test_a_setting_that_blocks_every_call_is_named_and_not_retried(
    variable: str,
    value: str,
    reason: str,
    service: StandIn,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (tmp_path / "empty.pem").touch()
    monkeypatch.setenv(variable, str(tmp_path / value) if value.endswith(".pem") else value)
    time = FakeTime()
    url = service.url.replace("http://", "https://")
    access = Access(dict.fromkeys(("crossref", "datacite", "doi"), url))
    with Lookup(access, clock=time.clock()) as lookup:
        answers = lookup.look_up(DOIS)
    assert answers[DOIS[0]] == Unanswered(reason)
    assert set(answers.values()) <= {
        Unanswered(reason),
        Unanswered(f"gave up on Crossref for this run: {reason}"),
    }
    assert not [seconds for seconds in time.slept if seconds == 0.5]  # nothing was retried
