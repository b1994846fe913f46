"""One browser for all browser tests, and a fresh visitor for each, who may meet no errors."""

import pytest
from playwright.sync_api import sync_playwright

from tests.browser import setup_browser
from tests.browser.visitor import Visitor


@pytest.fixture(scope="package")
def browser():
    """Chrome or Chromium without a window."""
    program = setup_browser.find()
    if program is None:
        pytest.fail(setup_browser.HELP)
    with sync_playwright() as playwright:
        one = playwright.chromium.launch(executable_path=program, args=list(setup_browser.ARGUMENTS))
        yield one
        one.close()


@pytest.fixture(autouse=True)
def visit(browser, request):
    """visit(query, **how) -> Visitor: opens the app in a browser that has never seen it. `how`: `at`, the page; `server`,
    the shared one unless given; `size`; `prepare(page)`, called before the page is opened; options of a context.

    Afterwards no visitor may have met an error on the console or in the page, a refused request
    or another host.
    """
    visitors = []

    def open_one(query="", server=None, at="", **how):
        server = server or request.getfixturevalue("server")
        visitors.append(Visitor(browser, server.url, **how))
        return visitors[-1].open(query, at)

    yield open_one
    complaints = [complaint for visitor in visitors for complaint in visitor.complaints]
    for visitor in visitors:
        visitor.close()
    assert not complaints, "\n".join(complaints)
