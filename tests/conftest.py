"""What all tests share."""

import pytest

from tests.servers import running


@pytest.fixture(scope="session")
def server():
    """One `python app.py` for all tests that only ask it something."""
    with running() as one:
        yield one
