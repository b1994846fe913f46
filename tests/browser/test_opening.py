"""The first seconds of a visit, and browsers that are special."""

import re

import numpy as np
import pytest
from playwright.sync_api import expect

from speedup import OPTIMIZERS, simulate
from speedup.scenes.surfaces_scene import default_scene

RATE, SECONDS = 40, 8  # steps a second; within which most lanes should have arrived


@pytest.mark.long
def test_plays_by_itself(visit):
    visitor = visit(fresh=True).wait_for_state("playing")
    assert visitor.race == default_scene().race
    visitor.wait_until_shown()
    arrived = visitor.stage.evaluate("(stage) => stage.run.lanes.map((lane) => lane.arrived)")
    assert len(arrived) == 5
    assert sum(0 <= step <= RATE * SECONDS for step in arrived) >= 4
    for lane in visitor.race.lanes:
        expect(visitor.slider(OPTIMIZERS[lane.optimizer].label, "lr")).to_be_visible()
    assert visitor.query == ""
    visitor.control("combobox", "speed").select_option("4")
    visitor.wait_for_state("ended")
    assert visitor.step == visitor.race.steps
    race = simulate(visitor.race)
    paths = visitor.stage.evaluate("(stage) => stage.run.lanes.map((lane) => Array.from(lane.path))")
    assert np.array_equal(np.array(paths).reshape(race.paths.shape), race.paths, equal_nan=True)
    for lane, step in zip(race.spec.lanes, race.arrived):
        row = visitor.stage.get_by_role("listitem").filter(has_text=OPTIMIZERS[lane.optimizer].label)
        if step >= 0:
            expect(row.filter(has_text=visitor.words("stage.arrived", step=step))).to_have_count(1)
    assert visitor.query == ""


@pytest.mark.long
def test_a_first_visit_asks_for_little(visit):
    """Files of ours, each once and for ever; of the player all there is, besides its page."""
    for at, most in {"play": 6, "play?page=network": 6, "network": 8}.items():
        answers = {}
        keep = lambda one, into=answers: into.setdefault(one.url, one)
        visitor = visit(at=at, fresh=True, prepare=lambda page, keep=keep: page.on("response", lambda one: keep(one)))
        visitor.wait_for_state("playing", "ended").wait("stage.querySelector('[data-figure=shown]')")
        ours = {url: one for url, one in answers.items() if at.startswith("play") or re.search("/(assets|api)/", url)}
        sizes = {url: one.request.sizes()["responseBodySize"] for url, one in ours.items()}
        assert len(ours) <= most and sum(sizes.values()) < 300_000, sizes
        kept = [url for url, one in ours.items() if "immutable" in one.headers["cache-control"]]
        assert kept == [url for url in ours if "/play" not in url]


@pytest.mark.long
def test_only_the_relief_needs_plotly(play):
    visitor = play(relief=True).wait_until_shown().wait_for_tools()
    heavy = lambda: [url for url in visitor.sent if "plotly" in url]
    assert heavy() == []
    visitor.press("v").wait_for_view("3d")
    assert [url.split("?")[0].split("/")[-1] for url in heavy()] == ["plotly.min.js"]


def test_reduced_motion_shows_whole_paths(play):
    visitor = play(reduced_motion="reduce")
    states = visitor.wait("data.state !== 'loading' && data.state").data("state")
    assert states == "ended" and visitor.step == visitor.race.steps
    visitor.wait_until_shown().press("Space").wait_for_state("playing")  # it plays if asked to


@pytest.mark.long
def test_a_browser_without_simd_is_told_which_browsers_work(visit):
    """Without SIMD a browser takes the module for invalid."""
    visitor = visit(prepare=lambda page: page.add_init_script("WebAssembly.validate = () => false"))
    visitor.wait_for_state("failed")
    notice = visitor.stage.get_by_role("status")
    for browser in ("Chrome", "Edge", "Firefox", "Safari"):
        expect(notice).to_contain_text(browser)
    expect(visitor.page.get_by_role("table")).to_be_visible()  # the page itself goes on
