"""The paths of the stage's modules are the library's, bit for bit. That they are the ones drawn: browser/test_opening.py."""

import base64
from dataclasses import replace

import numpy as np
import pytest

from speedup import OPTIMIZERS, SURFACES, Lane, RaceSpec, simulate
from speedup.race.tuning import best_lr
from speedup.scenes.surfaces_scene import Scene, scene_json
from tests.modules import evaluate

STEPS = 150
# Calls the kernels as the stage does; a race's numbers, 5 events and the path of each lane, as base64.
RUN = """(async () => {
  const { loadTables } = await import("./base/load.js");
  const kernels = await it.loadKernels("held:/", (await loadTables("held:/", "en")).tables);
  const numbers = ({ arrived, left, diverged, zero, inside, path }) =>
    [arrived, left, diverged, Number(zero), Number(inside), ...path];
  const text = (numbers) => Buffer.from(Float64Array.from(numbers).buffer).toString("base64");
  return arg.map((spec) => kernels.race(spec).lanes.map((lane) => text(numbers(lane))));
})()"""


def in_browser(races):
    """For each race, for each lane, its numbers as the stage's modules compute them: events, then the path."""
    answers = evaluate("model/kernels", RUN, [scene_json(Scene(race)) for race in races])
    return [[np.frombuffer(base64.b64decode(lane), "<f8") for lane in answer] for answer in answers]


def native(race):
    """The same numbers from Python, a row a lane."""
    ran = simulate(race)
    events = np.stack([ran.arrived, ran.left, ran.diverged, ran.zero, ran.inside], axis=1).astype(float)
    return np.concatenate([events, ran.paths.reshape(len(events), -1)], axis=1)


def same(a, b):
    """Whether two arrays have the same bits; NaN equals NaN."""
    bits = a.shape == b.shape and a.view(np.int64) == b.view(np.int64)
    return bool(np.all(bits | (np.isnan(a) & np.isnan(b))))


def check(races):
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
def test_every_optimizer_on_every_surface(noise):
    check([RaceSpec(name, None, STEPS, lanes(name), noise, seed=7) for name in SURFACES])


def test_paths_that_diverge():
    races = [RaceSpec(name, None, STEPS, lanes(name, 1000)) for name in SURFACES]
    assert sum((simulate(race).diverged >= 0).sum() for race in races) > 20
    check(races)


def test_parameters_and_zero_over_zero():
    params = {"condition": 77.7, "angle": 33.3}
    valley = RaceSpec("long_valley", (-8, 2), STEPS, lanes("long_valley"), params=params)
    divide = [name for name, row in OPTIMIZERS.items() if "eps" in row.defaults()]
    resting = RaceSpec("long_valley", (0, 0), STEPS, tuple(Lane(name, {"eps": 0}) for name in divide))
    assert simulate(resting).zero.any()
    check([valley, replace(valley, noise=0.3, seed=2**31 - 1), resting])


def test_stages_of_a_page_share_one_memory():
    """A browser has room for about a hundred, and each change of the page makes a stage."""
    once = """(async () => {
      const { loadTables } = await import("./base/load.js");
      const load = async () => it.loadKernels("held:/", (await loadTables("held:/", "en")).tables);
      return (await load()) === (await load());
    })()"""
    assert evaluate("model/kernels", once, None)
