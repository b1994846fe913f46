"""What all tests share, and how they are dealt out to workers: a few run at a time, each with a server of its own."""

import pytest
from hypothesis import settings

from speedup.kernels import ahead, native
from tests.servers import running

# The first example may have to compile a kernel, and machines are busy; and what fails once has to fail again.
settings.register_profile("speedup", deadline=None, derandomize=True)
settings.load_profile("speedup")


def pytest_sessionstart(session):
    """Compiles the kernels before there are workers, who would all compile the same ones."""
    if session.config.getoption("numprocesses", None):
        ahead.compile_ahead(every=True)
        native.warm(every=True)


FIRST = ("test_readme", "test_wasm", "test_package")  # of those that compile all kernels anew, the longest


def pytest_collection_modifyitems(items):
    """Has the longest files go first, then those in browsers: at the end no worker has much left while the other has nothing."""
    items.sort(key=lambda item: (item.path.stem not in FIRST, "browser" not in item.path.parts))


@pytest.fixture(scope="session")
def server():
    """One `python app.py` for all tests that only ask it something."""
    with running() as one:
        yield one
