"""Phones, upright and across: sizes under a thumb, nothing sideways, two fingers on the map."""

import time

import pytest
from playwright.sync_api import expect

from tests.browser.shown import READY
from tests.browser.stages import PAGES, STAGES
from tests.browser.test_looks import WIDER

PHONE = {"has_touch": True, "is_mobile": True}
SHARP = {"device_scale_factor": 3}  # as phones are; sizes are the same without it, and nine times as many pixels are software's
UPRIGHT, ACROSS = (390, 844), (844, 390)
LEAST = 44  # pixels
# What a thumb aims at: of an element inside of a label, the label. Plotly's and hidden ones are none.
TARGETS = """() => [...document.querySelectorAll("button, a[href], select, input, [role=radio], summary")].flatMap((node) => {
  const target = node.closest("label, [data-baseweb], .react-aria-ComboBox, [role=radio]") ?? node;
  if (node.closest("[aria-hidden=true], .unseen, .tools-bar:empty") || node.disabled || !node.checkVisibility({ visibilityProperty: true })) return [];
  const { width, height, left, right } = target.getBoundingClientRect();
  if (!width || right <= 0 || left >= innerWidth) return [];
  return [{ name: node.ariaLabel || node.textContent.slice(0, 30) || node.outerHTML.slice(0, 120), width, height }];
})"""
OVERLAPS = """() => {
  const inSight = (node) => { // of all that scrolls around it in the stage
    for (let at = node.parentElement; at?.closest(".speedup-stage"); at = at.parentElement) {
      const [room, own] = [at, node].map((one) => one.getBoundingClientRect());
      if (/auto|scroll/.test(getComputedStyle(at).overflowY) && (own.top < room.top || own.bottom > room.bottom)) return false;
    }
    return true;
  };
  const nodes = [...document.querySelectorAll("header :is(a, button), .tools-bar button, .st-key-languages button, [data-testid=stTopNavLink], .speedup-stage .board button:not(.start, .change), [data-testid=stExpandSidebarButton]")].filter((node) => node.checkVisibility({ visibilityProperty: true }) && inSight(node));
  const boxes = nodes.map((node) => node.getBoundingClientRect());
  const meet = (a, b) => a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1;
  return nodes.flatMap((node, i) => nodes.slice(i + 1).filter((other, j) => !node.contains(other) && meet(boxes[i], boxes[i + 1 + j]))
    .map((other) => `${node.ariaLabel || node.textContent} / ${other.ariaLabel || other.textContent}`));
}"""
RANGES = """(stage) => { const [x0, x1, y0, y1] = stage.querySelector(".ground").dataset.window.split(",").map(Number);
  return [[x0, x1], [y0, y1]]; }"""


SCROLLED = (
    "(document.querySelector('[data-testid=stMain]') ?? document.scrollingElement).scrollTop"  # the app's page, or the bare one
)


def phone(play, name, size, **how):
    """A visitor of a stage in its bare page with a phone, at the last step."""
    page, query = PAGES[name]
    return play(query, at=page or "surfaces", size=size, **PHONE | how).stop_at_end()


def phone_in_app(visit, page, size):
    """A visitor of a page of the app with a phone, at the last step."""
    return visit(at=page, size=size, **PHONE).wait(READY).stop_at_end()


class Fingers:
    """Fingers on a visitor's screen, in pixels of the page."""

    def __init__(self, visitor):
        self.devtools = visitor.context.new_cdp_session(visitor.page)

    def touch(self, kind, *points, **when):
        """ "Start", "Move" or "End" of all the fingers on the screen; `timestamp`: when it is said to be."""
        named = [{"x": x, "y": y, "id": i} for i, (x, y) in enumerate(points)]
        self.devtools.send("Input.dispatchTouchEvent", {"type": f"touch{kind}", "touchPoints": named} | when)

    def tap_twice(self, *point):
        """Two taps a fifth of a second apart, as fast as the machine may be."""
        now = time.time()
        for i, kind in enumerate(("Start", "End", "Start", "End")):
            self.touch(kind, *[point] * (kind == "Start"), timestamp=now + i / 10)

    def slide(self, *ways, parts=8):
        """Lays a finger down at the first of each way's two ends and lifts it at the second."""
        at = [[tuple(a + (b - a) * i / parts for a, b in zip(*way, strict=True)) for way in ways] for i in range(parts + 1)]
        self.touch("Start", *at[0])
        for points in at[1:]:
            self.touch("Move", *points)
        self.touch("End")


def check_thumbs(visitor):
    """All that can be touched is large enough, nothing lies over anything else or makes the page scroll sideways."""
    targets = visitor.page.evaluate(TARGETS)
    assert len(targets) > 20
    small = [one for one in targets if min(one["width"], one["height"]) < LEAST - 0.5]
    assert not small
    assert visitor.page.evaluate(OVERLAPS) == []
    assert visitor.stage.evaluate(WIDER) == []
    assert visitor.page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("name", [name for name in PAGES if name != "relief"])  # see where two fingers bring that closer
def test_upright_everything_is_under_a_thumb_and_the_stage_comes_first(play, name):
    visitor = phone(play, name, UPRIGHT)
    check_thumbs(visitor)
    if name in STAGES:
        check_first(visitor)


@pytest.mark.parametrize("page", ["", "network", "lesson"])
@pytest.mark.long
def test_upright_the_app_is_under_a_thumb_and_the_stage_comes_first(visit, page):
    visitor = phone_in_app(visit, page, UPRIGHT)
    check_thumbs(visitor)
    if page != "lesson":
        check_first(visitor)
    if not page:
        check_sidebar(visitor)
        push_page(visitor, "surfaces")


def check_first(visitor):
    """The map is at the top and as wide as the screen, what plays it in sight, the lanes below."""
    map_, lanes = visitor.map, visitor.stage.locator(".lanes").bounding_box()
    room = visitor.stage.evaluate("(stage) => parseFloat(stage.style.getPropertyValue('--stage-room'))")
    assert room + visitor.stage.bounding_box()["y"] == pytest.approx(UPRIGHT[1] - 12, abs=1)  # whatever was wider at first
    assert map_["y"] < 150 and map_["width"] > 0.85 * UPRIGHT[0]
    assert lanes["y"] > map_["y"] + map_["height"] and lanes["width"] > 0.85 * UPRIGHT[0]


@pytest.mark.parametrize("name", [name for name in PAGES if name != "relief"])
def test_across_everything_is_under_a_thumb_and_map_and_transport_fit(play, name):
    visitor = phone(play, name, ACROSS)
    check_thumbs(visitor)
    if name in STAGES:
        check_across(visitor)


@pytest.mark.long
def test_across_the_app_is_under_a_thumb_and_map_and_transport_fit(visit):
    visitor = phone_in_app(visit, "", ACROSS)
    check_thumbs(visitor)
    check_across(visitor)
    check_sidebar(visitor)


def check_across(visitor):
    """The map and what plays it fill the screen."""
    play, map_ = visitor.control("button", "play").bounding_box(), visitor.map
    assert play["y"] + play["height"] <= ACROSS[1]
    assert map_["height"] > 0.5 * ACROSS[1] and map_["x"] < 60
    assert visitor.stage.locator(".lanes").bounding_box()["y"] > ACROSS[1]


def test_two_fingers_zoom_the_map_and_not_the_page(play):
    visitor = phone(play, "surfaces", UPRIGHT, **SHARP)
    run, start, fingers = visitor.data("run"), visitor.spec["start"], Fingers(visitor)
    box, before = visitor.map, visitor.stage.evaluate(RANGES)
    held = visitor.stage.evaluate("(stage) => stage.querySelector('.map').project(-2, 0)")
    x, y = box["x"] + held[0], box["y"] + held[1]
    fingers.slide(((x - 30, y - 30), (x - 60, y - 60)), ((x + 30, y + 30), (x + 60, y + 60)))
    visitor.wait(f"({RANGES})(stage)[0].join() !== arg", ",".join(f"{end:g}" for end in before[0]))
    visitor.wait(f"Math.abs(({RANGES})(stage)[0][1] - ({RANGES})(stage)[0][0] - arg) < 0.01", (before[0][1] - before[0][0]) / 2)
    now = visitor.stage.evaluate("(stage) => stage.querySelector('.map').project(-2, 0)")
    assert now == pytest.approx(held, abs=2)  # what is between them stays there
    assert visitor.page.evaluate(f"[visualViewport.scale, {SCROLLED}]") == [1, 0]
    left = visitor.stage.evaluate(RANGES)[0][0]
    fingers.slide(((x - 30, y), (x - 10, y)), ((x + 30, y), (x + 50, y)))  # both the same way
    visitor.wait(f"({RANGES})(stage)[0][0] < arg - 0.3", left)
    assert visitor.spec["start"] == start and visitor.data("run") == run  # none of it was a tap
    fingers.tap_twice(x, y)
    visitor.wait(f"JSON.stringify(({RANGES})(stage)) === arg", str(before).replace(" ", ""))
    visitor.wait("stage.run.spec.start.join() === arg", ",".join(map(str, start)))


@pytest.mark.long
def test_two_fingers_bring_the_relief_closer(play):
    visitor = phone(play, "relief", UPRIGHT)
    eye = """(stage) => { const { eye, center } = stage.querySelector(".js-plotly-plot:not([data-away])")._fullLayout.scene._scene.getCamera();
      return Math.hypot(eye.x - center.x, eye.y - center.y, eye.z - center.z); }"""
    check_thumbs(visitor)
    check_first(visitor)
    before, box = visitor.stage.evaluate(eye), visitor.map
    x, y = box["x"] + 0.5 * box["width"], box["y"] + 0.5 * box["height"]
    Fingers(visitor).slide(((x, y - 30), (x, y - 45)), ((x, y + 30), (x, y + 45)))
    visitor.wait(f"Math.abs(({eye})(stage) / arg - 1 / 1.5) < 0.05", before)
    assert visitor.page.evaluate("visualViewport.scale") == 1
    push_page(visitor, "relief")


@pytest.mark.parametrize("name", [name for name in STAGES if name != "relief"])
def test_one_finger_moves_the_page(play, name):
    visitor = phone(play, name, UPRIGHT)
    push_page(visitor, name)


def push_page(visitor, name):
    """One finger pushes the page up by the map, which stays as it is."""
    box = visitor.map
    ranges = visitor.stage.evaluate(RANGES) if name == "surfaces" else None
    x, y = box["x"] + 0.7 * box["width"], box["y"] + 0.8 * box["height"]
    Fingers(visitor).slide(((x, y), (x, y - 150)))
    visitor.wait(f"{SCROLLED} > 80")
    assert not ranges or visitor.stage.evaluate(RANGES) == ranges


def test_the_start_is_dragged_with_a_finger(play):
    visitor = phone(play, "surfaces", UPRIGHT, **SHARP)
    run, ring = visitor.data("run"), visitor.stage.locator(".start").bounding_box()
    x, y = ring["x"] + ring["width"] / 2, ring["y"] + ring["height"] / 2
    Fingers(visitor).slide(((x, y), (x + 60, y + 80)))
    visitor.wait_for_other_run(run)
    assert visitor.page.evaluate(SCROLLED) == 0
    expect(visitor.stage.locator(".start")).not_to_have_attribute("data-held", "")


def test_a_link_in_projector_mode_is_a_phone_s_page_on_a_phone(play):
    visitor = play("projector=1", size=UPRIGHT, **PHONE).wait_until_shown()
    assert visitor.data("projector") is None
    expect(visitor.stage.locator(".lanes")).to_be_visible()
    expect(visitor.page.get_by_role("button", name=visitor.words("stage.tools.projector"), exact=True)).to_have_count(0)


def fold(visitor, name):
    """Streamlit's button that opens ("Expand") or closes ("Collapse") the sidebar, and the sidebar."""
    return visitor.page.get_by_test_id(f"st{name}"), visitor.page.get_by_test_id("stSidebar")


def check_sidebar(visitor):
    """It lies over the stage and is closed by its own button."""
    button, sidebar = fold(visitor, "ExpandSidebarButton")
    width = visitor.stage.bounding_box()["width"]
    button.tap()
    expect(sidebar).to_have_attribute("data-collapsed", "false")
    assert visitor.stage.bounding_box()["width"] == width
    fold(visitor, "SidebarCollapseButton")[0].get_by_role("button").tap()
    expect(sidebar).to_have_attribute("data-collapsed", "true")


@pytest.mark.long
def test_pages_are_named_at_the_top_and_chosen_by_a_tap(visit):
    visitor = phone_in_app(visit, "", UPRIGHT)
    for page in ("network", "lesson", "surfaces", "network"):
        role = visitor.page.get_by_role
        links = {one: role("link", name=visitor.words(f"page.{one}"), exact=True) for one in ("surfaces", "network", "lesson")}
        boxes = [link.bounding_box() for link in links.values()]
        assert len({box["y"] for box in boxes}) == 1 and boxes[-1]["x"] + boxes[-1]["width"] <= UPRIGHT[0]
        links[page].tap()
        visitor.wait("(arg === 'lesson' ? 'lesson' in data : data.kind === arg && !('lesson' in data)) && stage.run", page)
    button, sidebar = fold(visitor, "ExpandSidebarButton")
    button.tap()
    expect(sidebar).to_have_attribute("data-collapsed", "false")
    sidebar.get_by_role("link", name=visitor.words("lesson.back")).tap()
    visitor.wait("'lesson' in data && stage.run")
    expect(sidebar).to_have_attribute("data-collapsed", "true")
