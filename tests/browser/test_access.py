"""For those who hear the pages or have no mouse: axe finds nothing, what happens is told, all is reached with Tab."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from speedup import OPTIMIZERS
from speedup.words import i18n
from tests.browser.shown import READY
from tests.browser.stages import PAGES
from tests.browser.test_looks import WIDER, check_words
from tests.browser.test_phone import OVERLAPS

MESSAGES = """(page) => { // every message of the live region, with its time
  window.messages = [];
  const live = document.querySelector("[data-testid=stage] [aria-live]");
  new MutationObserver(() => live.textContent && messages.push([performance.now(), live.textContent]))
    .observe(live, { childList: true, subtree: true, characterData: true });
}"""
# Whether one sees that an element has the focus: by an outline, a shadow, or a border in the theme's first colour.
MARKED = """() => { // three elements around it are looked at, since fields stand in a box
  const node = document.activeElement;
  const probe = document.createElement("i");
  probe.style.color = getComputedStyle(stage).getPropertyValue("--st-primary-color");
  document.body.append(probe);
  const first = getComputedStyle(probe).color;
  probe.remove();
  const around = [node, node.parentElement, node.parentElement.parentElement, node.parentElement.parentElement.parentElement];
  const marked = ({ outlineStyle, outlineWidth, boxShadow, borderTopColor, borderTopWidth }) =>
    (outlineStyle !== "none" && parseFloat(outlineWidth) > 0) || boxShadow !== "none" || (borderTopColor === first && borderTopWidth !== "0px");
  return node.matches("input[type=range]:focus-visible") || around.some((one) => marked(getComputedStyle(one))); // its thumb has it
}"""
STOPS = """(stage) => [...stage.querySelectorAll("button, input, select")].filter((node) => node.checkVisibility({ visibilityProperty: true }) && !node.disabled)
  .map((node, i) => { node.dataset.stop = i; return String(i); })"""

VIOLATIONS = """async (within) => (await axe.run(within ?? document, { resultTypes: ["violations"] })).violations.flatMap(({ id, nodes }) =>
  nodes.map(({ target, html }) => `${id}: ${target} ${html.slice(0, 150)}`))"""

FLAT = [name for name in PAGES if name != "relief"]  # its controls are those of "surfaces"
APP = {"surfaces": "", "network": "network", "lesson": "lesson"}  # the pages that Streamlit draws around a stage


def opened(play, name, query="", **how):
    """A visitor of a stage in its bare page, at the last step."""
    page, own = PAGES[name]
    return play("&".join(filter(None, [own, query])), at=page or "surfaces", **how).stop_at_end()


def opened_in_app(visit, page, query="", **how):
    """A visitor of a page of the app, at the last step."""
    return visit(query, at=APP[page], **how).wait(READY).stop_at_end()


def violations(visitor, within=None):
    """What axe finds wrong, as one line each, or within what a selector names: a second is what it takes for a page.

    It is asked in the page: all that it finds right would take longer to bring here.
    """
    if not visitor.page.evaluate("'axe' in window"):
        visitor.page.evaluate(Axe().axe_script)
    return visitor.page.evaluate(VIOLATIONS, within)


def check_names(visitor):
    """Canvases have names or are no one's business."""
    nameless = visitor.stage.evaluate("""(stage) => [...stage.querySelectorAll("canvas")].filter((canvas) =>
      !canvas.closest("[aria-hidden=true]") && !(canvas.role === "img" && canvas.ariaLabel)).map(({ outerHTML }) => outerHTML)""")
    assert nameless == []


@pytest.mark.parametrize("theme, lang", [("dark", "zh"), ("light", "en")])
@pytest.mark.parametrize("name", FLAT)
def test_axe_finds_nothing(play, name, theme, lang):
    visitor = opened(play, name, lang=lang, color_scheme=theme)
    check_names(visitor)
    assert violations(visitor) == []
    visitor.press("p").wait("'projector' in data")
    assert violations(visitor) == []
    visitor.press("?")
    expect(visitor.page.get_by_role("dialog")).to_be_visible()
    assert violations(visitor, "dialog[open]") == []
    visitor.press("Escape")
    expect(visitor.page.get_by_role("dialog")).to_be_hidden()
    visitor.wait("document.activeElement === document.body").press("p").wait("!('projector' in data)")
    visitor.stage.locator(".lane .more").last.click()
    visitor.stage.get_by_role("button", name=visitor.words("stage.add")).click()
    assert violations(visitor, ".lanes") == []


@pytest.mark.parametrize("page, theme, lang", [("surfaces", "light", "en"), ("network", "dark", "zh"), ("lesson", "dark", "en")])
@pytest.mark.long
def test_axe_finds_nothing_in_the_app(visit, page, theme, lang):
    visitor = opened_in_app(visit, page, lang=lang, color_scheme=theme)
    assert violations(visitor) == []
    visitor.press("p").wait("'projector' in data")
    assert violations(visitor) == []
    if page == "network":
        visitor.press("p").wait("!('projector' in data)")
        check_tab(visitor)


@pytest.mark.parametrize("name", FLAT)
def test_axe_finds_nothing_on_a_phone(play, name):
    visitor = opened(play, name, "chosen=5", size=(390, 844), has_touch=True, is_mobile=True)
    assert violations(visitor) == []
    visitor.page.set_viewport_size({"width": 844, "height": 390})
    visitor.wait("innerWidth === 844")
    assert violations(visitor, "[data-testid=stage]") == []


@pytest.mark.long
def test_axe_finds_nothing_in_the_app_on_a_phone(visit):
    assert violations(opened_in_app(visit, "surfaces", "chosen=5", size=(390, 844), has_touch=True, is_mobile=True)) == []


@pytest.mark.long
def test_axe_finds_nothing_around_the_relief(play):
    """Nor is a word missing that only the relief has."""
    visitor = opened(play, "relief", lang="zh")
    check_names(visitor)
    check_words(visitor)
    assert violations(visitor) == []


@pytest.mark.parametrize("theme, lang, size", [("light", "en", (1280, 720)), ("dark", "zh", (390, 844))])
def test_axe_finds_nothing_in_the_settings(play, theme, lang, size):
    visitor = opened(play, "network", color_scheme=theme, lang=lang, size=size)
    visitor.page.get_by_role("banner").get_by_role("button", name=visitor.words("page.settings")).click()
    steps = visitor.page.get_by_role("spinbutton", name=visitor.words("network.steps"))
    steps.fill("0")
    steps.press("Enter")
    expect(visitor.page.get_by_role("dialog").get_by_role("alert")).to_be_visible()
    assert violations(visitor, "dialog[open]") == []


def test_axe_finds_nothing_in_many_seeds(play):
    visitor = opened(play, "network")
    visitor.stage.get_by_role("button", name=visitor.words("stage.network.seeds")).first.click()
    expect(visitor.stage.locator(".seeds table")).to_be_visible()
    assert violations(visitor, ".seeds") == []


def told(visitor):
    """The messages so far."""
    return [text for _, text in visitor.page.evaluate("messages")]


def test_arrivals_and_ends_are_told_once_and_not_too_fast(play):
    visitor = opened(play, "surfaces", "surface=rosenbrock&lane=sgd,lr:0.001&lane=sgd,lr:0.005&lane=momentum,lr:0.001")
    visitor.control("combobox", "speed").select_option("4")
    visitor.press("Home").wait_for_state("paused").page.evaluate(MESSAGES)
    visitor.press("Space").wait_for_state("ended")
    lanes = visitor.stage.evaluate("(stage) => stage.run.lanes.map(({ arrived, diverged }) => [arrived, diverged])")
    (_, _), (_, diverged), (arrived, _) = lanes
    assert diverged >= 0 and arrived >= 0, lanes  # else there is nothing to tell
    expected = {"diverged": diverged, "arrived": arrived}
    visitor.wait("messages.map(([, text]) => text).join().includes(arg)", visitor.words("stage.going", loss="|").split("|")[0])
    everything = "\n".join(told(visitor))
    for key, step in expected.items():
        assert everything.count(visitor.words(f"stage.{key}", step=step)) == 1
    times = [time for time, _ in visitor.page.evaluate("messages")]
    assert all(later - before >= 990 for before, later in zip(times, times[1:], strict=False))


def test_a_playhead_moved_by_hand_tells_nothing_but_the_end(play):
    visitor = opened(play, "surfaces")
    visitor.press("Home").wait_for_state("paused").page.evaluate(MESSAGES)
    playhead = visitor.control("slider", "playhead")
    for step in (100, 200, 60, 250):
        playhead.fill(str(step))
        visitor.wait("data.step === arg", str(step))
    assert told(visitor) == []
    visitor.press("End").wait_for_state("ended").wait("messages.length === 1")
    statuses = visitor.stage.locator(".lanes .status").all_inner_texts()
    assert len(statuses) == 5 and all(text.lstrip("✓↗✕ ") in told(visitor)[0] for text in statuses)


@pytest.mark.parametrize("name, lang", [("surfaces", "zh"), ("network", "en"), ("plane", "zh")])
def test_the_summary_says_what_runs_and_how_it_ends(play, name, lang):
    visitor = opened(play, name, lang=lang)
    if name in ("network", "plane"):
        visitor.wait_until_trained()
    summary = visitor.stage.get_by_role("region", name=visitor.words("stage.summary.title"))
    first, *lanes = summary.locator("p").all_inner_texts()
    spec = visitor.spec
    label = i18n.words(lang)["surfaces" if "surface" in spec else "datasets"][spec.get("surface") or spec["dataset"]]["label"]
    assert label in first and str(spec["steps"]) in first
    statuses = [re.sub("^[✓↗✕] ", "", text) for text in visitor.stage.locator(".lanes .status").all_inner_texts()]
    for text, lane, status in zip(lanes, spec["lanes"], statuses, strict=True):
        assert text.startswith(OPTIMIZERS[lane["optimizer"]].label) and status in text
        assert f"{lane['h']['lr']:g}" in text and visitor.words("stage.hyperparameters.lr") in text
    run = visitor.data("run")
    slider = visitor.slider("Adam", "lr")
    slider.focus()
    visitor.press("ArrowUp").wait_for_other_run(run)
    expect(summary.locator("p").last).not_to_have_text(lanes[-1])


def check_tab(visitor):
    """Tab leads to every control of the stage, and whatever it leads to is seen to have the focus."""
    wanted = set(visitor.stage.evaluate(STOPS))
    assert len(wanted) > 25
    while wanted:
        visitor.press("Tab")
        if visitor.page.evaluate("document.activeElement !== document.body"):
            visitor.wait(f"({MARKED})()")
        stop = visitor.page.evaluate("document.activeElement.dataset.stop ?? ''")
        assert stop in wanted or not stop
        wanted.discard(stop)


@pytest.mark.parametrize("name", [name for name in FLAT if name != "lesson of a net"])  # it has the controls of these
def test_everything_is_reached_with_tab_and_seen_to_be(play, name):
    check_tab(opened(play, name))


@pytest.mark.parametrize("name", ["surfaces", "network", "lesson", "step", "limit", "rates", "map"])
def test_a_window_four_times_enlarged_scrolls_down_only(play, name):
    """1280 pixels at 400 %, as WCAG 2 wants it (1.4.10), or a very small phone."""
    page, query = PAGES.get(name, ("", f"panel={name}"))
    visitor = play(f"{query}&surface=six_hump_camel" if name == "surfaces" else query, at=page or "surfaces", size=(320, 640))
    assert visitor.stop_at_end().page.evaluate(OVERLAPS) == []
    assert visitor.stage.evaluate(WIDER) == []
    assert visitor.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
