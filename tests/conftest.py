"""What all tests share, and how they are dealt out to workers: a few run at a time, each with a server of its own."""

import functools
import gc

import pytest
from hypothesis import settings
from streamlit.components.v2 import manifest_scanner

from speedup.kernels import ahead, native
from tests.servers import running

# The first example may have to compile a kernel, and machines are busy; and what fails once has to fail again.
settings.register_profile("speedup", deadline=None, derandomize=True)
settings.load_profile("speedup")
gc.disable()  # while tests are collected: what there is then stays


def pytest_sessionstart(session):
    """Compiles the kernels before there are workers, who would all compile the same ones."""
    if session.config.getoption("numprocesses", None):
        ahead.compile_ahead(every=True)
        if ahead.missing(every=True):
            native.warm(every=True)


FIRST = ("test_readme", "test_wasm", "test_package")  # of those that compile all kernels anew, the longest


def pytest_collection_modifyitems(items):
    """Has the longest files go first, then those in browsers: at the end no worker has much left while the other has nothing."""
    items.sort(key=lambda item: (item.path.stem not in FIRST, "browser" not in item.path.parts))


def pytest_collection_finish():
    """Has garbage looked for among what tests make alone: among all that was collected too, it takes an eighth of their time."""
    gc.freeze()
    gc.enable()


@pytest.fixture(scope="session", autouse=True)
def _scanned_once():
    """Has Streamlit look for components among the installed packages once; for a page under test it does so every time."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(manifest_scanner, "scan_component_manifests", functools.cache(manifest_scanner.scan_component_manifests))
        yield


@pytest.fixture(scope="session")
def server():
    """One `python app.py` for all tests that only ask it something."""
    with running() as one:
        one.settle()
        yield one
