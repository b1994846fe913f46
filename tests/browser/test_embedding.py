"""The player as a part of another page, in a frame: what it tells that page, and which keys it hands on."""

import pytest
from playwright.sync_api import expect

from tests.browser.test_player import RACE, fields, hide

# A page around the player: what the iframe says, in order.
AROUND = """<iframe src="/play?embed=1&{}" width="900" height="500"></iframe>
<script>said = []; addEventListener("message", ({{ data, source }}) => source === frames[0] && said.push(data))</script>"""


@pytest.fixture
def around(visit):
    """around(query, script="") -> Visitor of a page with the player in an iframe; the script runs first in both."""

    def open_one(query, script=""):
        def prepare(page):
            page.add_init_script(script)
            page.route("**/around", lambda route: route.fulfill(content_type="text/html", body=AROUND.format(query)))

        return visit(at="around", prepare=prepare)

    return open_one


@pytest.mark.parametrize("query", [RACE, "page=lesson"], ids=["race", "lesson"])
def test_the_page_around_hears_of_the_stage_and_of_the_keys_that_turn_slides(around, query):
    visitor = around(query)
    visitor.page.wait_for_function("said.length")
    slider = visitor.page.frame_locator("iframe").get_by_role("slider").last
    slider.click()
    before = float(slider.input_value())
    visitor.press("PageDown").page.wait_for_function("said.length === 2 && document.activeElement === document.body")
    visitor.press("PageDown")  # goes to the page around: it has the keyboard again, for the slide that was left may be gone
    slider.click()
    visitor.press("PageUp").page.wait_for_function("said.length === 3")
    keys = [{"type": "speedup:key", "key": key} for key in ("PageDown", "PageUp")]
    assert visitor.page.evaluate("said") == [{"type": "speedup:ready"}, *keys]
    assert abs(float(slider.input_value()) - before) < 2  # of 1000: no key has moved it


def test_the_page_around_hears_what_is_wrong(around):
    visitor = around("surface=booth&steps=-1")
    visitor.page.wait_for_function("said.length === 2")
    wrong, ready = visitor.page.evaluate("said")
    assert wrong["type"] == "speedup:error" and "steps" in wrong["message"] and ready == {"type": "speedup:ready"}


def test_the_page_around_hears_that_there_is_no_stage(around):
    """As in a browser without SIMD."""
    visitor = around(RACE, "WebAssembly.validate = () => false")
    visitor.page.wait_for_function("said.length")
    (wrong,) = visitor.page.evaluate("said")
    assert wrong["type"] == "speedup:error" and "Firefox" in wrong["message"]


def test_a_part_of_another_page_has_only_the_stage(play):
    visitor = play(f"embed=1&{RACE}", size=(900, 500))
    expect(visitor.page.locator("header, dialog, .tools-bar:visible")).to_have_count(0)
    hide(visitor)
    assert ("embed", "1") in fields(visitor)
