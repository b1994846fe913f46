"""The browser's paths are the server's, bit for bit."""

import base64
from dataclasses import replace

import numpy as np
import pytest

from speedup import OPTIMIZERS, SURFACES, Lane, RaceSpec, simulate
from speedup.scenes.surfaces_scene import Scene, scene_json
from speedup.race.tuning import best_lr, default_race
from tests.browser.visitor import Visitor

STEPS = 150
# Calls the kernels as the stage does; a race's numbers, 5 events and the path of each lane, as base64.
RUN = """async (specs) => {
  const resources = performance.getEntriesByType("resource").map(({ name }) => name);
  const base = resources.find((name) => name.endsWith("/model/kernels.js")).replace("model/kernels.js", "");
  const { loadKernels } = await import(`${base}model/kernels.js`);
  const tables = await (await fetch(`${base}tables.json`)).json();
  const kernels = await loadKernels(base, tables);
  const numbers = ({ arrived, left, diverged, zero, inside, path }) =>
    [arrived, left, diverged, Number(zero), Number(inside), ...path];
  const text = (numbers) => {
    const bytes = new Uint8Array(Float64Array.from(numbers).buffer);
    return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
  };
  return specs.map((spec) => kernels.race(spec).lanes.map((lane) => text(numbers(lane))));
}"""


@pytest.fixture(scope="module")
def page(browser, server):
    """The app's, with a run on its stage."""
    visitor = Visitor(browser, server.url).open()
    yield visitor.wait("stage?.run").page
    visitor.close()
    assert visitor.complaints == []


@pytest.fixture
def in_browser(page):
    """in_browser(races) -> for each race, for each lane, its numbers: events, then the path."""

    def run(races):
        answers = page.evaluate(RUN, [scene_json(Scene(race)) for race in races])
        return [[np.frombuffer(base64.b64decode(lane), "<f8") for lane in answer] for answer in answers]

    return run


def native(race):
    """The same numbers from Python, a row a lane."""
    ran = simulate(race)
    events = np.stack([ran.arrived, ran.left, ran.diverged, ran.zero, ran.inside], axis=1).astype(float)
    return np.concatenate([events, ran.paths.reshape(len(events), -1)], axis=1)


def same(a, b):
    """Whether two arrays have the same bits; NaN equals NaN."""
    bits = a.shape == b.shape and a.view(np.int64) == b.view(np.int64)
    return bool(np.all(bits | (np.isnan(a) & np.isnan(b))))


def check(in_browser, races):
    """Fails with the races and lanes that differ."""
    differ = [
        (race.surface, lane.optimizer, race.noise)
        for race, answer in zip(races, in_browser(races), strict=True)
        for lane, here, there in zip(race.lanes, native(race), answer, strict=True)
        if not same(here, there)
    ]
    assert differ == []


def lanes(surface, factor=1):
    """One lane of every optimizer, as on the page or with a multiple of that learning rate."""
    high = {name: row.hyperparameters[0].high for name, row in OPTIMIZERS.items()}
    return tuple(Lane(name, {"lr": min(high[name], factor * best_lr(surface, name))}) for name in OPTIMIZERS)


@pytest.mark.parametrize("noise", [0, 1.5], ids=["quiet", "noisy"])
def test_every_optimizer_on_every_surface(in_browser, noise):
    check(in_browser, [RaceSpec(name, None, STEPS, lanes(name), noise, seed=7) for name in SURFACES])


def test_paths_that_diverge(in_browser):
    races = [RaceSpec(name, None, STEPS, lanes(name, 1000)) for name in SURFACES]
    assert sum((simulate(race).diverged >= 0).sum() for race in races) > 20
    check(in_browser, races)


def test_parameters_and_zero_over_zero(in_browser):
    params = {"condition": 77.7, "angle": 33.3}
    valley = RaceSpec("long_valley", (-8, 2), STEPS, lanes("long_valley"), params=params)
    divide = [name for name, row in OPTIMIZERS.items() if "eps" in row.defaults()]
    still = RaceSpec("long_valley", (0, 0), STEPS, tuple(Lane(name, {"eps": 0}) for name in divide))
    assert simulate(still).zero.any()
    check(in_browser, [valley, replace(valley, noise=0.3, seed=2**31 - 1), still])


def test_what_is_drawn(page):
    """The run that the stage shows, not only what the module computes."""
    stage = page.get_by_test_id("stage")
    paths = stage.evaluate("(stage) => stage.run.lanes.map((lane) => Array.from(lane.path))")
    ran = simulate(default_race())
    assert np.array_equal(np.array(paths).reshape(ran.paths.shape), ran.paths, equal_nan=True)
