"""What all tests share."""

import pytest
from hypothesis import settings

from tests.servers import running

# The first example may have to compile a kernel, and machines are busy; and what fails once has to fail again.
settings.register_profile("speedup", deadline=None, derandomize=True)
settings.load_profile("speedup")


@pytest.fixture(scope="session")
def server():
    """One `python app.py` for all tests that only ask it something."""
    with running() as one:
        yield one
