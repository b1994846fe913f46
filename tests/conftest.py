"""What all tests share, and how they are dealt out to workers: `make test` runs a few at a time, each with a server of its own."""

import pytest
from hypothesis import settings

from speedup.kernels import native
from tests.servers import running

# The first example may have to compile a kernel, and machines are busy; and what fails once has to fail again.
settings.register_profile("speedup", deadline=None, derandomize=True)
settings.load_profile("speedup")

SERIAL = ("test_films.py", "test_frames.py", "test_app.py", "test_share_route.py")  # watched by the clock, or full of servers


def pytest_sessionstart(session):
    """Compiles the kernels before there are workers, who would all compile the same ones."""
    if session.config.getoption("numprocesses", None):
        native.warm()


def pytest_itemcollected(item):
    """Gives each file to one worker, whose tests share servers and pages: said before xdist reads it."""
    item.add_marker(pytest.mark.xdist_group("serial" if item.path.name in SERIAL else item.path.name))


def pytest_collection_modifyitems(items):
    """Has the longest files, in browsers, go first."""
    items.sort(key=lambda item: "browser" not in item.path.parts)


@pytest.fixture(scope="session")
def server():
    """One `python app.py` for all tests that only ask it something."""
    with running() as one:
        yield one
