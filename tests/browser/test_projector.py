"""Projector mode: how large and how clear everything is, that nothing else is there, and that it stays on."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.shown import READY
from tests.browser.stages import DRAWN, PAGES, STAGES, TEXTS, contrast
from tests.browser.test_looks import COVERED, OUTSIDE, WIDER

LEAST, WIDTH, CONTRAST, DISTINCT = 18, 4, 7, 3  # pixels of text and trails, contrasts of text and of trails
TINY = 0.05  # pixels lost in rounding


def colour(text):
    """(red, green, blue, alpha) of "rgb(…)" or "#rrggbb"."""
    if text.startswith("#"):
        return [int(text[i : i + 2], 16) for i in (1, 3, 5)] + [1]
    parts = [float(part) for part in re.findall(r"[\d.]+", text)]
    return parts if len(parts) > 3 else [*parts, 1]


def seen(*layers, strength=1):
    """(red, green, blue) of what is seen of layers, from the front to the back; of the first, as much as `strength`."""
    whole = (255, 255, 255)
    for i, layer in reversed(list(enumerate(layers))):
        *own, alpha = colour(layer)
        share = alpha if i else alpha * strength
        whole = [share * a + (1 - share) * b for a, b in zip(own, whole, strict=True)]
    return whole


THEMES = ["light", "dark"]


def projected(play, name, **how):
    """A visitor of a stage in its bare page in projector mode, at the last step, whatever it draws taken down."""
    page, query = PAGES[name]
    return taken_down(play("&".join(filter(None, [query, "projector=1"])), at=page or "surfaces", **how))


def taken_down(visitor):
    """The visitor at the last step, whatever is drawn there taken down."""
    visitor.stop_at_end().page.evaluate(f"({DRAWN})()")
    size = visitor.page.viewport_size
    visitor.page.set_viewport_size(size | {"height": size["height"] - 1})  # all is drawn again
    visitor.wait(
        "written.size > 5 && [...stage.querySelectorAll('.still:not([data-away])')].every((one) => getComputedStyle(one).opacity === '1')"
    )
    visitor.page.set_viewport_size(size)
    return visitor.wait("innerHeight === arg", size["height"])


@pytest.mark.parametrize(
    "name, theme", [(name, theme) for name in PAGES for theme in THEMES if (name, theme) != ("relief", "dark")]
)
def test_all_text_is_large_and_clear(play, name, theme):
    check_text(projected(play, name, color_scheme=theme))


@pytest.mark.parametrize("page, theme", [("", "light"), ("network", "dark"), ("lesson", "light")])
@pytest.mark.long
def test_all_text_in_the_app_is_large_and_clear(visit, page, theme):
    visitor = taken_down(visit("projector=1", at=page, color_scheme=theme).wait(READY))
    check_text(visitor)
    if page != "lesson":
        check_fit(visitor, page or "surfaces", (1280, 720))


def check_text(visitor):
    """All text in sight is large, and stands out from what is behind it."""
    texts = visitor.page.evaluate(TEXTS)
    assert len(texts) > 15
    small = {(one["text"][:30], one["size"]) for one in texts if one["size"] < LEAST - TINY}
    pale = {
        (one["text"][:30], one["colour"], one["strength"])
        for one in texts
        if contrast(seen(one["colour"], *one["behind"], strength=one["strength"]), seen(*one["behind"])) < CONTRAST
    }
    ground = visitor.stage.evaluate(
        "() => getComputedStyle(document.querySelector('[data-testid=stApp]') ?? document.body).backgroundColor"
    )
    for one in visitor.page.evaluate("[...written.values()]"):
        behind = one["rim"] or ground
        if one["size"] < LEAST - TINY:
            small.add((one["text"], one["size"]))
        if contrast(seen(one["colour"], behind, strength=one["strength"]), seen(behind)) < CONTRAST:
            pale.add((one["text"], one["colour"], behind))
    assert not small and not pale


@pytest.mark.parametrize("theme", THEMES)
def test_trails_are_wide_and_stand_out(play, theme):
    visitor = projected(play, "surfaces", color_scheme=theme)
    tones = visitor.stage.evaluate(
        "(stage) => [...stage.querySelectorAll('.legend li')].map((one) => one.style.getPropertyValue('--lane'))"
    )
    lines = visitor.page.evaluate("lines")
    middle = (227, 234, 241) if theme == "light" else (30, 41, 53)  # between the map's valleys and its walls
    assert len(set(tones)) == len(tones) == 5
    trails = [(tone, width) for tone, width in lines if width > 3]
    assert len({tone for tone, _ in trails}) >= 5
    assert all(width >= WIDTH for _, width in trails)
    assert all(contrast(colour(tone), middle) >= DISTINCT for tone in tones)


@pytest.mark.parametrize("size", [(1280, 720), (1920, 1080)])
@pytest.mark.parametrize("name", [name for name in STAGES if name != "relief"])
def test_it_fits_and_the_map_is_large(play, name, size):
    check_fit(projected(play, name, size=size), name, size)


def check_fit(visitor, name, size):
    """All of the stage is in sight, nothing covers anything, and the map has most of the window."""
    assert visitor.stage.evaluate(OUTSIDE) == []
    assert visitor.stage.evaluate(COVERED) == []
    assert visitor.stage.evaluate(WIDER) == []
    box = visitor.stage.bounding_box()
    assert box["y"] + box["height"] <= size[1] and box["width"] > 0.95 * size[0]
    map_ = visitor.map
    least = 0.55 if name in ("surfaces", "relief") else 0.3  # the net stands beside it
    assert map_["width"] * map_["height"] > least * size[0] * size[1]
    entries = visitor.stage.locator(".legend li")
    expect(entries).to_have_count(5)
    for lane, text in enumerate(entries.all_inner_texts()):
        status = visitor.stage.evaluate("(stage, lane) => stage.querySelectorAll('.lanes .status')[lane].textContent", lane)
        assert re.findall(r"[\d.×⁻]+", status)[0] in text  # the step, or the loss, as the panel says it
    inside = entries.last.bounding_box()
    assert inside["y"] + inside["height"] <= size[1] and inside["x"] + inside["width"] <= size[0]


@pytest.mark.long
def test_the_key_the_button_and_the_address(visit):
    visitor = visit("surface=booth").wait_until_shown().stop_at_end()
    visitor.page.wait_for_url("**start=*")  # the server has written the whole scene
    run, query, sidebar = visitor.data("run"), visitor.query, visitor.page.get_by_test_id("stSidebar")
    wide = visitor.map["width"]
    visitor.press("p").wait("'projector' in data")
    expect(sidebar).to_be_hidden()
    expect(visitor.stage.locator(".lanes")).to_be_hidden()
    assert "projector=1" in visitor.query and visitor.map["width"] > 1.4 * wide
    assert (visitor.data("run"), visitor.data("state"), visitor.step) == (run, "ended", visitor.race.steps)
    visitor.page.get_by_role("button", name=visitor.words("stage.tools.projector"), exact=True).click()
    visitor.wait("!('projector' in data)")
    expect(sidebar).to_be_visible()
    assert "projector" not in visitor.query and visitor.data("state") == "ended"
    visitor.page.go_back()
    visitor.wait("'projector' in data")
    visitor.page.go_back()
    visitor.wait("!('projector' in data)")
    assert visitor.data("run") == run and visitor.query == query


@pytest.mark.long
def test_it_goes_on_through_scenes_pages_and_languages_and_is_kept_by_a_reload(visit):
    visitor = visit("projector=1").wait_until_shown().stop_at_end()
    box = visitor.map
    visitor.page.mouse.click(box["x"] + 0.6 * box["width"], box["y"] + 0.4 * box["height"])
    visitor.page.wait_for_url("**start=*")  # the server has written it
    visitor.wait("'projector' in data && location.search.includes('projector=1')")
    visitor.page.get_by_role("radiogroup", name=visitor.words("page.language")).get_by_text("中文").click()
    visitor.page.wait_for_url("**lang=zh*")
    visitor.lang = "zh"
    expect(visitor.control("button", "play")).to_be_visible()
    visitor.wait("'projector' in data && location.search.includes('projector=1')")
    visitor.page.get_by_role("link", name=visitor.words("page.network")).click()
    visitor.wait("data.kind === 'network' && stage.run && 'projector' in data && location.search.includes('projector=1')")
    visitor.page.get_by_role("link", name=visitor.words("page.surfaces")).click()
    visitor.wait("data.kind === 'surfaces' && stage.run && 'projector' in data && location.search.includes('projector=1')")
    visitor.page.wait_for_url("**start=*")
    visitor.wait("location.search.includes('projector=1')")
    run = visitor.wait_until_shown().data("run")
    visitor.page.reload()
    visitor.wait_until_shown().wait("'projector' in data")
    assert visitor.data("run") == run


def test_a_mouse_at_rest_is_hidden(play):
    visitor = play("projector=1", prepare=lambda page: page.clock.install())
    cursor = "getComputedStyle(document.querySelector('.board')).cursor"
    visitor.page.mouse.move(300, 300)
    assert visitor.page.evaluate(cursor) != "none"
    idle = "document.documentElement.hasAttribute('data-idle')"
    visitor.page.clock.fast_forward(5000)
    visitor.wait(idle)
    assert visitor.page.evaluate(cursor) == "none"
    visitor.page.mouse.move(320, 300)
    visitor.wait(f"!{idle}")
    assert visitor.page.evaluate(cursor) != "none"
    visitor.page.clock.fast_forward(5000)
    visitor.wait(idle).press("p").wait("!('projector' in data)")
    assert visitor.page.evaluate(cursor) != "none"
