"""Nonsense of every kind, a little of it; bench/fuzz.py asks for more."""

import pytest

from bench.fuzz import fuzz
from tests.servers import running


@pytest.mark.long
def test_nonsense_is_answered_and_leaves_no_trace():
    with running() as server:
        statuses, _ = fuzz(server, 400)
        assert not [status for status in statuses if status >= 500]
        assert statuses[200] and statuses[400] and statuses[403] and statuses[405]
        assert "Traceback" not in server.printed
        assert server.ask("/_stcore/health").status == 200
