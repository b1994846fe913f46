"""The kept scenes shown one after the other, with a remote control, in the bare page and in the app."""

import json

import pytest
from playwright.sync_api import expect

from tests.browser.test_my_scenes import KEPT, SCENES, named, panel, with_list
from tests.browser.visitor import linked


def presented(visitor, runs):
    """Shows the kept scenes. Returns `at(n)`, which waits for the n-th of them, and the bar that names it."""
    bar, lang = named(visitor, "navigation", "shown"), visitor.lang
    panel(visitor)
    named(visitor, "button", "present").click()

    def at(n):
        visitor.wait("data.run === arg && data.state !== 'loading'", runs[n - 1])
        expect(bar).to_contain_text(visitor.words("stage.mine.place", n=n, count=3))
        expect(bar).to_contain_text(f"Scene {n}")
        expect(bar).to_contain_text(f"Say {n}")
        assert visitor.page.evaluate("new URLSearchParams(location.search).get('lang')") == lang

    return at, bar


@pytest.fixture
def runs(play):
    """Names of what the kept links show."""
    return [play(query, at=page).data("run") for page, query in SCENES]


@pytest.mark.long
def test_shown_with_page_down_in_the_app(visit, runs):
    """Streamlit changes its pages underneath; what is kept there is the app's link."""
    visitor = visit("lang=en", prepare=with_list(KEPT)).wait_until_shown()
    at, bar = presented(visitor, runs)
    at(1)
    visitor.press("PageDown", "PageDown")  # not one press is lost
    at(3)
    visitor.press("PageUp")
    at(2)
    visitor.page.reload()
    at(2)
    visitor.press("PageUp")
    at(1)
    named(visitor, "button", "stop").click()
    expect(bar).to_be_hidden()
    visitor.slider("Adam", "lr").focus()
    visitor.press("ArrowUp").wait_for_other_run(runs[0])
    panel(visitor)
    named(visitor, "button", "keep").click()  # at once: the link has to wait for the server
    expect(named(visitor, "textbox", "title_of", n=4)).to_be_focused()
    kept = json.loads(visitor.page.evaluate("localStorage['speedup scenes']"))["scenes"][-1]["link"]
    assert kept.startswith("?surface=booth&") and linked(kept).race == visitor.race


@pytest.mark.long
def test_shown_with_page_down(play, runs):
    visitor = play(lang="zh", prepare=with_list(KEPT)).wait_until_shown()
    visitor.press("PageDown")
    at, bar = presented(visitor, runs)
    third = runs[2]
    at(1)
    visitor.press("PageUp", "PageDown")  # before the first there is none
    at(2)
    visitor.page.reload()
    at(2)
    visitor.press("PageDown")
    at(3)
    visitor.press("PageUp")
    at(2)
    visitor.press("PageUp")
    at(1)
    visitor.press("PageDown", "PageDown", "PageDown")  # not one press is lost, and after the last there is none
    at(3)
    again = bar.get_by_role("button", name="Scene 3")
    visitor.wait_for_state("ended")
    again.click()
    visitor.wait_for_state("playing")  # from its start
    visitor.stop_at_end()
    visitor.stage.get_by_role("slider", name=f"Adam, {visitor.words('stage.hyperparameters.lr')}").first.focus()
    visitor.press("ArrowUp").wait_for_other_run(third)
    again.click()  # at once: what was changed last must not come after it
    at(3)
    visitor.wait_for_state("playing")
    low, board = bar.bounding_box(), visitor.stage.locator(".board").bounding_box()
    assert board["y"] + board["height"] <= low["y"] and low["y"] + low["height"] <= 720
    named(visitor, "button", "stop").click()
    expect(bar).to_be_hidden()
    visitor.press("PageUp")
    assert visitor.data("run") == third
