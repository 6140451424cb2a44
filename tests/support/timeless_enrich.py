"""Run `enrich` with a clock that never waits: `python -m tests.support.timeless_enrich check …`."""

from __future__ import annotations

import sys
from functools import partial
from unittest import mock

from enrich import open_lookup
from enrich.cli import main
from enrich.fetcher.lookup import Lookup
from tests.support.clock import FakeTime

if __name__ == "__main__":
    with mock.patch.object(open_lookup, "Lookup", partial(Lookup, clock=FakeTime().clock())):
        code = main.run(sys.argv[1:])
    sys.exit(code)
