"""One browser for all browser tests, and a fresh visitor for each, who may meet no errors."""

import pytest
from playwright.sync_api import sync_playwright

from tests.browser import setup_browser
from tests.browser.visitor import READY, Visitor


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


@pytest.fixture(scope="package")
def pool(browser):
    """Visitors of the bare page that tests share, one after the other: {how: [visitors that rest]}."""
    shared = {}
    yield shared
    for visitors in shared.values():
        for visitor in visitors:
            visitor.close()


@pytest.fixture
def play(browser, server, pool):
    """play(query, at="surfaces", **how) -> Visitor of the stage in its bare page, /play, once it is drawn.

    About a second quicker than `visit`: there is no Streamlit, and tests share the page, with nothing kept from the one
    before. `how`: `size`, `color_scheme`, `lang`, options of a context; with `prepare(page)`, called before the page is
    opened, it is nobody else's; `waits=False` comes back at once. What may not be is as with `visit`.
    """
    visitors = []

    def open_one(query="", at="surfaces", waits=True, lang="en", size=(1280, 720), color_scheme="light", **how):
        key = repr((lang, sorted(how.items())))
        shared = pool.setdefault(key, [])
        own = "prepare" in how
        visitor = shared.pop() if shared and not own else Visitor(browser, server.url, lang=lang, **how)
        visitors.append((visitor, None if own else shared))
        visitor.lang = lang
        visitor.page.set_viewport_size({"width": size[0], "height": size[1]})
        visitor.page.emulate_media(color_scheme=color_scheme)
        visitor.open(f"page={at}&lang={lang}&{query}".rstrip("&"), "play")
        return visitor.wait(READY) if waits else visitor

    yield open_one
    complaints = []
    for visitor, shared in visitors:
        if shared is None:
            complaints += visitor.complaints
            visitor.close()
        else:
            complaints += visitor.rest()
            shared.append(visitor)
    assert not complaints, "\n".join(complaints)
