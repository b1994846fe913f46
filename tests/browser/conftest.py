"""One browser for all browser tests, and visitors of the app, who may meet no errors."""

import functools

import pytest
from playwright.sync_api import sync_playwright

from tests.browser import setup_browser
from tests.browser.shown import READY
from tests.browser.visitor import Visitor


def pytest_collection_modifyitems(items):
    """Marks all cases of a test in a browser as long but the first, which `make test` has if the test is not long as a whole."""
    met = set()
    for item in items:
        if "browser" in item.path.parts:
            if item.function in met:
                item.add_marker(pytest.mark.long)
            met.add(item.function)


@pytest.fixture(scope="session")
def browsers():
    """browsers(relief=False) -> Chrome or Chromium without a window; with `relief` it draws surfaces in 3D, in software,
    which costs it twice as much for all that it shows.
    """
    program = setup_browser.find()
    if program is None:
        pytest.fail(setup_browser.HELP)
    with sync_playwright() as playwright:

        @functools.cache
        def browser(relief=False):
            arguments = setup_browser.ARGUMENTS if relief else setup_browser.FLAT
            return playwright.chromium.launch(executable_path=program, args=list(arguments))

        yield browser


@pytest.fixture(scope="session")
def browser(browsers):
    """The one that draws in 3D too."""
    return browsers(relief=True)


class Pool:
    """Visitors that tests share, one after the other: a browser's page that has been used opens much quicker."""

    def __init__(self, browsers, url):
        self.browsers, self.url, self.resting = browsers, url, {}

    def take(self, relief, how):
        """A visitor with these options of a context: one that rests, or a new one."""
        resting = self.resting.setdefault(repr((relief, sorted(how.items()))), [])
        visitor = resting.pop() if resting else Visitor(self.browsers(relief), self.url, **how)
        visitor.lang, visitor.home = how["lang"], resting
        return visitor

    def close(self):
        """Closes the pages that rest."""
        for resting in self.resting.values():
            for visitor in resting:
                visitor.close()


@pytest.fixture(scope="session")
def pool(browsers, server):
    """Of the server that all tests share."""
    one = Pool(browsers, server.url)
    yield one
    one.close()


@pytest.fixture(autouse=True)
def visitors():
    """A list of all whom a test meets. None of them may have met an error on the console or in the page, a refused
    request or another host.
    """
    met = []
    yield met
    complaints = [complaint for visitor in met for complaint in visitor.leave()]
    assert not complaints, "\n".join(complaints)


@pytest.fixture
def visit(browsers, visitors, request):
    """visit(query, **how) -> Visitor: opens the app in a browser that keeps nothing from the tests before, but files of
    the app. `how`: `at`, the page; `server`, the shared one unless given; `size`, `color_scheme`; `reduced_motion`, unless
    given only in long tests "no-preference": what plays by itself costs a seventh of a browser's time; `prepare(page)`, called before the page is opened; options of a context; `fresh`: a browser that knows no files
    either; `relief`: whether surfaces may be seen in 3D, by itself where the query says so, in a smaller window: all of
    its pixels are software's.
    """

    def open_one(query="", server=None, at="", lang="en", size=None, color_scheme="light",
                 reduced_motion=None, fresh=False, relief=None, **how):  # fmt: skip
        relief = "view=3d" in query if relief is None else relief
        size = size or ((960, 600) if relief else (1280, 720))
        if fresh or server or "prepare" in how:
            server = server or request.getfixturevalue("server")
            visitor = Visitor(browsers(relief), server.url, lang=lang, **how)
        else:
            visitor = request.getfixturevalue("pool").take(relief, how | {"lang": lang})
        visitors.append(visitor)
        reduced_motion = reduced_motion or ("no-preference" if request.node.get_closest_marker("long") else "reduce")
        visitor.page.set_viewport_size({"width": size[0], "height": size[1]})
        visitor.page.emulate_media(color_scheme=color_scheme, reduced_motion=reduced_motion)
        return visitor.open(query, at)

    return open_one


@pytest.fixture
def play(visit):
    """play(query, at="surfaces", **how) -> Visitor of the stage in its bare page, /play, once it is drawn; there is no
    Streamlit, and it opens in half a second. `how`: as of `visit`; `waits=False` comes back at once.
    """

    def open_one(query="", at="surfaces", waits=True, lang="en", **how):
        own = [f"{field}={value}" for field, value in (("page", at or "surfaces"), ("lang", lang)) if f"{field}=" not in query]
        visitor = visit("&".join([*own, *filter(None, [query])]), at="play", lang=lang, **how)
        return visitor.wait(READY) if waits else visitor

    return open_one
