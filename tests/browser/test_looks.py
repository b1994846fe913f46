"""Themes, languages and sizes of screens."""

import re

import pytest
from playwright.sync_api import expect

from speedup import SURFACES
from speedup.export.ground import THEMES
from speedup.words import i18n
from tests.browser.pixels import Ground, rgb

KEY = re.compile(r"\b(?:stage|page|surfaces|optimizers)\.[a-z_]+")  # a word that no locale has
TEXTS = """() => [
  document.body.innerText,
  ...["aria-label", "title", "placeholder"].flatMap((name) =>
    Array.from(document.querySelectorAll(`[${name}]`), (node) => node.getAttribute(name))),
].join("\\n")"""
SHADES = """(stage) => { // of what lies behind the stage and of its text, 0 to 255
  const shade = (colour) => colour.match(/[\\d.]+/g).slice(0, 3).reduce((sum, one) => sum + +one, 0) / 3;
  const colours = [];
  for (let at = stage; at; at = at.parentElement) colours.push(getComputedStyle(at).backgroundColor);
  const behind = colours.find((colour) => !/, 0\\)|transparent/.test(colour));
  return [behind, getComputedStyle(stage).color].map(shade);
}"""


def check_theme(visitor, theme):
    """The stage has the theme, and so have the page behind it and the map."""
    assert visitor.data("theme") == theme
    background, text = visitor.stage.evaluate(SHADES)
    assert (background > 200 and text < 100) if theme == "light" else (background < 60 and text > 180)
    (x, y), *_ = SURFACES[visitor.race.surface].minima
    assert (Ground(visitor).colour(x, y) == rgb(THEMES[theme]["map"][0])).all()


def check_words(visitor):
    assert KEY.findall(visitor.page.evaluate(TEXTS)) == []


@pytest.mark.parametrize("lang", i18n.LANGUAGES)
@pytest.mark.long
def test_languages(visit, lang):
    """The browser's language, and no word missing, wherever one looks."""
    visitor = visit(lang=lang).wait_until_shown().stop_at_end()
    expect(visitor.page.get_by_role("combobox", name=visitor.words("page.surface"))).to_be_visible()
    expect(visitor.control("button", "play")).to_be_visible()
    check_words(visitor)
    visitor.control("button", "more", lane="Adam").click()
    visitor.page.get_by_text(f"+ {visitor.words('stage.add')}").click()
    visitor.press("?")
    expect(visitor.page.get_by_role("dialog")).to_be_visible()
    check_words(visitor)
    visitor.press("Escape")
    expect(visitor.page.get_by_role("dialog")).to_be_hidden()


@pytest.mark.long
def test_another_language_keeps_the_scene(visit):
    visitor = visit("surface=beale&start=1,1.5&lane=adam,lr:0.1").wait_until_shown().stop_at_end()
    run = visitor.data("run")
    visitor.page.get_by_role("radiogroup", name=visitor.words("page.language")).get_by_text("中文").click()
    visitor.lang = "zh"
    expect(visitor.control("button", "play")).to_be_visible()
    assert visitor.data("run") == run and visitor.data("state") == "ended"
    visitor.page.wait_for_url("**lang=zh*")
    check_words(visitor)


@pytest.mark.long
def test_back_restores_the_language(visit):
    visitor = visit("surface=beale&start=1,1.5&lane=adam,lr:0.1&lang=en").wait_until_shown()
    visitor.page.get_by_role("radiogroup", name=visitor.words("page.language")).get_by_text("中文").click()
    visitor.page.wait_for_url("**lang=zh*")
    expect(visitor.page.get_by_role("combobox", name=i18n.text("zh", "page.surface"))).to_be_visible()
    visitor.page.go_back()
    expect(visitor.page.get_by_role("combobox", name=visitor.words("page.surface"))).to_be_visible()
    visitor.page.wait_for_url("**lang=en*")
    expect(visitor.stage.locator(".moves")).to_be_visible()


TYPE = "parseFloat(getComputedStyle(document.documentElement).fontSize)"  # its size in pixels
OUTSIDE = """(stage) => Array.from(stage.querySelectorAll("button, input, select, canvas")).filter((node) => {
  const { left, top, right, bottom, width } = node.getBoundingClientRect();
  if (!width || !node.checkVisibility()) return false;
  return left < 0 || top < 0 || right > innerWidth || bottom > innerHeight;
}).map((node) => node.ariaLabel ?? node.outerHTML.slice(0, 80))"""
WIDER = """(stage) => { // what around the stage scrolls sideways
  const around = [];
  for (let at = stage; at; at = at.parentElement) around.push(at);
  return around.filter((at) => at.scrollWidth > at.clientWidth + 1).map((at) => at.outerHTML.slice(0, 80));
}"""
COVERED = """(stage) => Array.from(stage.querySelectorAll("button, input, select")).filter((node) => {
  const { left, top, width, height } = node.getBoundingClientRect();
  if (!width || !node.checkVisibility()) return false;
  const seen = document.elementFromPoint(left + width / 2, top + height / 2);
  return !seen || !stage.contains(seen);
}).map((node) => node.ariaLabel ?? node.outerHTML.slice(0, 80))"""


def check_fit(visitor, size):
    """All of the stage is in sight, and nothing lies over it or makes anything scroll."""
    header, box = visitor.page.get_by_test_id("stHeader").bounding_box(), visitor.stage.bounding_box()
    assert header["y"] + header["height"] <= visitor.stage.locator(".board").bounding_box()["y"]
    assert box["x"] >= 0 and box["y"] >= 0
    assert box["x"] + box["width"] <= size[0] and box["y"] + box["height"] <= size[1]
    assert box["width"] > 0.7 * size[0] and box["height"] > 0.85 * size[1]
    assert visitor.stage.evaluate(OUTSIDE) == []
    assert visitor.stage.evaluate(COVERED) == []
    assert visitor.stage.evaluate(WIDER) == []


@pytest.mark.parametrize("page", ["", "network", "lesson"])
@pytest.mark.long
def test_fits_without_scrolling_in_the_browser_s_theme(visit, page):
    """In windows of two sizes, to which the type grows; the theme is the browser's, whenever that changes."""
    visitor = visit(at=page).wait("stage?.run && stage.querySelector('[data-figure=shown]')").stop_at_end()
    types = []
    for size, theme in (((1280, 720), "light"), ((1920, 1080), "dark")):
        visitor.page.set_viewport_size(dict(zip(("width", "height"), size, strict=True)))
        visitor.page.emulate_media(color_scheme=theme)
        visitor.wait(f"data.theme === arg && innerWidth === {size[0]}", theme)
        check_fit(visitor, size)
        types.append(visitor.page.evaluate(TYPE))
        if not page:
            visitor.wait_until_shown()
            check_theme(visitor, theme)
    assert types[0] == 17 and 20 < types[1] < 24


def test_type_grows_with_the_window(play):
    page, sizes = play().page, []
    for width, height in ((1280, 720), (1920, 1080), (3840, 2160), (390, 844)):
        page.set_viewport_size({"width": width, "height": height})
        sizes.append(page.evaluate(TYPE))
    assert sizes[0] == sizes[3] == 17 and 20 < sizes[1] < sizes[2] <= 24
