"""Why it was so: what the lesson says of speed limits, on the curvatures that the optimizers of its scenes feel."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import numpy as np
import pytest

from speedup import datasets, sharpness
from speedup.scenes.lesson import TELLINGS
from speedup.scenes.network_scene import PANELS as NET_PANELS
from speedup.scenes.surfaces_scene import PANELS, Scene
from tests.modules import evaluate
from tests.nets import final
from tests.test_lesson import says

WHY = {name: telling for name, telling in TELLINGS.items() if telling.why}


def felt(name):
    """(lr times curvature of each lane and step, the limits) of a scene."""
    found = sharpness(TELLINGS[name].scene.race)
    return found.share * found.limits[:, None], found.limits


def test_every_race_of_the_lesson_has_a_why():
    assert set(WHY) == {name for name, telling in TELLINGS.items() if isinstance(telling.scene, Scene)} | {"which"}
    assert all(telling.why in (PANELS if isinstance(telling.scene, Scene) else NET_PANELS) for telling in WHY.values())


def test_drunk():
    (drunk, sober), limits = felt("drunk")
    assert says("drunk", "why", 100, 1.9, 2, 0.4) and TELLINGS["drunk"].scene.race.params["condition"] == 100
    assert drunk == pytest.approx(1.9) and sober == pytest.approx(0.4) and (limits == 2).all()


def test_slope():
    (sgd, momentum), limits = felt("slope")
    assert says("slope", "why", 1.9, 2, 1, 3.2)
    assert sgd == pytest.approx(1.9) and momentum == pytest.approx(1.9) and limits == pytest.approx([2, 2 * (1 + 0.6)])


def test_shoes():
    (sgd, _, adagrad), limits = felt("shoes")
    assert says("shoes", "why", 0.2, 2, 0.1, 1.9) and sgd == pytest.approx(1.9) and limits[2] == 2
    assert round(adagrad[1], 1) == 0.2 and (adagrad[10:].round(1) == 0.1).all() and (np.diff(adagrad[1:]) < 1e-12).all()


def test_both():
    (adagrad, rmsprop), limits = felt("both")
    assert says("both", "why", 2, 2.3, 1.8, 1.2) and (limits == 2).all()
    assert sorted(rmsprop[-2:].round(1)) == [1.8, 2.3]
    assert (rmsprop[-60:].max(), rmsprop[-60:].min()) == pytest.approx((2.25, 1.8), abs=0.05)
    assert round(adagrad[-1], 1) == 1.2 and adagrad[20:].max() < 2


def test_adam():
    (_, rmsprop, adam), limits = felt("adam")
    assert says("adam", "why", 2, 1, 38, 33)
    assert limits[1:] == pytest.approx([2, 38]) and int(adam[-1]) == 33 and rmsprop[-1] > 2 and adam[-60:].max() < 38
    assert adam[-1] > 5 * adam[60]  # they grow at the star


SLIDER = """(async () => {
  const { tables } = await (await import("./base/load.js")).loadTables("held:/", "en");
  const { POSITIONS, toValue } = await import("./panel/scale.js");
  const row = tables.optimizers.sgd.hyperparameters.find(({ name }) => name === "lr");
  return Array.from({ length: it.COUNT }, (_, i) => toValue(row, (POSITIONS * i) / (it.COUNT - 1)));
})()"""


def test_which():
    """What the rates show: the median of eight seeds at each of 61 rates, on the same data."""
    spec, rates = TELLINGS["which"].scene.run, evaluate("model/rate_sweep", SLIDER)
    data = datasets.make(spec.dataset, spec.samples, spec.noise, spec.test, spec.seed)

    def ends(lane, rate):
        alone = replace(spec, lanes=(replace(lane, hyperparameters=lane.hyperparameters | {"lr": rate}),))
        return np.nan_to_num([final(replace(alone, seed=spec.seed + k), 0, data) for k in range(8)], nan=np.inf)

    with ThreadPoolExecutor() as pool:
        jobs = [[pool.submit(ends, lane, rate) for rate in rates] for lane in spec.lanes]
    with np.errstate(over="ignore"):  # the mean of two losses near the largest float is infinite
        median = np.median([[job.result() for job in row] for row in jobs], axis=2)
    best, near = median.min(axis=1), {}
    for lane, losses, least in zip(spec.lanes, median, best):
        good = np.flatnonzero(losses <= 1.1 * least)
        assert (np.diff(good) == 1).all()
        near[lane.optimizer] = rates[good[0]], rates[good[-1]]
    assert says("which", "why", 0.0101, 0.0110, 8, 10, *near["sgd"], *near["adam"], 0.01)
    assert (best.min(), best.max()) == pytest.approx((0.0101, 0.0110), abs=5e-5) and near["sgd"] == (0.3, 0.4)
    wide = {name: high / low for name, (low, high) in near.items()}
    assert max(wide, key=wide.get) == "adam" and all(lane.hyperparameters["lr"] == 0.01 for lane in spec.lanes)
    assert [name for name, (low, high) in near.items() if low <= 0.01 <= high] == ["adam"]
