"""What holds for every page for a browser: its policy allows our script and style, nothing else."""

from __future__ import annotations

import base64
import hashlib
import re


def assert_policy_fits(text: str) -> None:
    """Assert that the page's policy names its script and style, and that the page needs nothing more."""
    policy = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]*)"', text)[0].replace(
        "&#39;", "'"
    )
    script, style = (
        re.findall(r"<script>(.*?)</script>", text, re.DOTALL),
        re.findall(r"<style>(.*?)</style>", text, re.DOTALL),
    )
    for [body], name in ((script, "script-src"), (style, "style-src")):
        digest = base64.b64encode(hashlib.sha256(body.encode()).digest()).decode()
        assert f"{name} 'sha256-{digest}';" in policy
    assert policy.startswith("default-src 'none';")
    assert not re.search(r'\s(style|on\w+)="', text), "the policy would stop it"
    assert text.startswith("<!doctype html>\n")
