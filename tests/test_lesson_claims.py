"""What each scene of the lesson says, on the numbers of its runs."""

from dataclasses import replace

import numpy as np
import pytest

from speedup import SURFACES, datasets, train
from speedup.network.training import every_of
from speedup.race.tuning import RATES
from speedup.scenes.lesson import TELLINGS, moved
from speedup.words import i18n
from tests.answers import answer, first, lowest, straightest
from tests.test_lesson import NOISE, numbers, run_of, says, turned, words


def test_slow():
    telling = TELLINGS["slow"]
    run, tried = run_of(telling.scene), run_of(telling.tried)
    sgd, adam = run.train_loss[:, -1]
    down = int(run.frames[np.argmax(run.train_loss[1] < 1.5 * NOISE)]) * 1000
    assert telling.scene.run.steps * telling.scene.run.batch == 300_000 and 45_000 <= down <= 55_000
    assert says("slow", "reveal", 50_000, round(adam, 4), 300_000, round(sgd, 3)) and 6 <= sgd / adam < 7
    assert tried.diverged.tolist() == [119, -1] and says("slow", "outcome", 119)
    assert (np.diff(tried.batch_loss[0, :100]) > 0).all()
    assert i18n.text("en", "stage.network.floor") in words("slow")["words"]  # the chart's dashed line, not the fit's


def test_minibatch():
    telling = TELLINGS["minibatch"]
    small, large = telling.scene.lanes
    assert (small.batch, large.batch, small.batch * 480) == (50, 600, 24_000) and 24_000 % (
        600 * every_of(telling.scene.run)
    ) == 0
    at, ends = lowest(telling.scene), run_of(telling.scene).train_loss[:, -1]
    assert says("minibatch", "reveal", round(at[0], 3), 480, 40, round(at[1], 3)) and 24_000 in numbers(
        words("minibatch")["words"]
    )
    assert at[0] < 1.2 * NOISE and ends[1] == pytest.approx(ends[0], rel=0.1)
    faster = lowest(telling.tried)
    assert says("minibatch", "outcome", 24_000, round(faster[1], 3), round(at[1], 3), 1)
    assert faster[0] == at[0] < faster[1] / 2
    for lr in (0.3, 0.5, 1.0):  # the large batch at no rate gets there as early
        assert not lowest(moved(telling.scene, ("hyper", 1, "lr", lr)))[1] < 1.05 * at[0]
    assert not lowest(moved(telling.scene, ("hyper", 1, "lr", 1.0)))[1] < 10


def test_minibatch_over_many_seeds():
    one = TELLINGS["minibatch"].scene
    found = np.array([lowest(replace(one, run=replace(one.run, seed=seed))) for seed in range(20)])
    assert (3 * found[:, 0] < found[:, 1]).mean() > 0.9


def test_drunk():
    telling = TELLINGS["drunk"]
    race, tried = run_of(telling.scene), run_of(telling.tried)
    straight = np.hypot(*telling.scene.race.start)
    way = straightest(telling.scene)
    assert [lane.hyperparameters["lr"] for lane in telling.scene.lanes] == [0.019, 0.004]
    assert race.arrived.tolist() == [193, -1]
    assert says("drunk", "reveal", 0.019, 193, round(way[0]), round(straight, 1), 0.004)
    assert (np.diff(np.sign(race.paths[0, :100, 1])) != 0).all() and (race.paths[1, :, 1] > 0).all()  # one reels, one doesn't
    beeline = np.hypot(*(tried.paths[0, tried.arrived[0], :2] - tried.paths[0, 0, :2]))
    assert straightest(telling.tried)[0] == pytest.approx(beeline, rel=1e-9) and tried.arrived[1] == -1
    assert np.ptp(tried.paths[1, :, 1] / tried.paths[1, :, 0]) < 1e-9


def test_slope():
    telling = TELLINGS["slope"]
    sgd, momentum = telling.scene.lanes
    assert sgd == TELLINGS["drunk"].scene.lanes[0] and sgd.hyperparameters["lr"] == momentum.hyperparameters["lr"]
    steps, way, tried = first(telling.scene), straightest(telling.scene), run_of(telling.tried)
    assert says("slope", "reveal", *steps, *np.round(way)) and way[1] < way[0] / 2
    assert (steps[1], momentum.hyperparameters["momentum"]) == (72, 0.6) and 0.6 in numbers(words("slope")["words"])
    assert (first(moved(telling.scene, ("hyper", 1, "momentum", "low"))) == steps[0]).all()  # β is all the difference
    assert tried.arrived[1] == -1 == tried.left[1]
    assert (np.diff(np.sign(tried.paths[1, :, 0])) != 0).sum() > 5


def test_shoes():
    telling = TELLINGS["shoes"]
    race, tried = run_of(telling.scene), run_of(telling.tried)
    sgd, momentum, adagrad = straightest(telling.scene)
    straight = np.hypot(*telling.scene.race.start)
    assert says("shoes", "reveal", round(adagrad, 1), round(straight, 1), round(momentum), round(sgd), 45)
    assert tried.left.tolist() == [1, 1, -1] and (tried.diverged[:2] > 0).all()
    assert tried.paths[2, :, :2] == pytest.approx(race.paths[2, :, :2], abs=1e-6)
    assert [turned("shoes", angle=angle).arrived[2] for angle in (45.0, 30.0, -45.0)] == [-1] * 3  # they know x and y only


def test_both():
    telling = TELLINGS["both"]
    race, tried = run_of(telling.scene), run_of(telling.tried)
    steps = np.hypot(*np.diff(race.paths[0, :, :2], axis=0).T)
    assert says("both", "reveal", *race.arrived) and steps[race.arrived[0] - 1] < 1e-3 < steps[100]
    assert telling.scene.lanes[0].hyperparameters["lr"] == 10 * telling.scene.lanes[1].hyperparameters["lr"]
    assert all(first(moved(telling.scene, ("hyper", 0, "lr", lr)))[0] > 200 for lr in RATES)  # AdaGrad's is its best
    hops = np.diff(race.paths[1, 200:, :2], axis=0)
    assert (hops[1:] * hops[:-1] < 0).all() and (abs(hops) > 0.09).all() and not race.inside[1]
    assert abs(np.diff(tried.paths[1, :, :2], axis=0)) == pytest.approx(0.1, abs=1e-6)
    assert tried.arrived[1] == -1 and says("both", "outcome", 0.1)


def test_adam():
    telling = TELLINGS["adam"]
    _, rmsprop, adam = (lane.hyperparameters for lane in telling.scene.lanes)
    assert (rmsprop["lr"], rmsprop["rho"]) == (adam["lr"], adam["beta2"]) == (0.1, 0.9)
    race, tried, way = run_of(telling.scene), run_of(telling.tried), straightest(telling.scene)
    assert says("adam", "reveal", *race.arrived) and 4.5 < way[0] / way[2] < 5 and way[2] == way.min()
    (star,) = SURFACES["beale"].minima
    hops, stays = np.hypot(*(race.paths[1:, 200:, :2] - star).T).T
    assert hops.min() > 0.15 and stays.max() < 0.02
    assert says("adam", "outcome", tried.arrived[2], race.arrived[2]) and abs(tried.arrived[2] - race.arrived[1]) < 5
    assert tried.paths[2, 200:, :2] == pytest.approx(race.paths[1, 200:, :2], abs=2e-3)
    as_told = moved(moved(telling.scene, ("hyper", 2, "bias_correction", "low")), ("hyper", 2, "eps", "low"))
    assert answer(replace(telling, scene=as_told)) == 2  # by the chapter's own formula too


def test_which():
    telling = TELLINGS["which"]
    (sgd, momentum, rmsprop, adam), tried = lowest(telling.scene), lowest(telling.tried)
    assert says("which", "reveal", round(rmsprop, 4), round(adam, 4), 100, 86)
    assert says("which", "outcome", round(tried[0], 4), round(sgd, 3), 100) and 4.5 < sgd / tried[0] < 5
    assert tried[0] < 0.95 * min(adam, momentum) and tried[0] == pytest.approx(rmsprop, rel=0.03)
    assert max(momentum, adam) < 1.25 * rmsprop


def test_which_over_a_hundred_seeds(monkeypatch):
    """As "many seeds" on the stage has it: the data stay, first weights and batches are other ones."""
    spec = TELLINGS["which"].scene.run
    data = datasets.make(spec.dataset, spec.samples, spec.noise, spec.test, spec.seed)
    monkeypatch.setattr(datasets, "make", lambda *_: data)
    good = TELLINGS["which"].tried.run.lanes[0]
    spec = replace(spec, lanes=(*spec.lanes, good))
    ends = np.array([train(replace(spec, seed=spec.seed + k)).train_loss[:, -1] for k in range(100)])
    assert (ends[:, 3] < ends[:, 2]).mean() == pytest.approx(0.86, abs=0.03)
    assert (ends[:, :4].argmin(axis=1) == 3).mean() == pytest.approx(0.86, abs=0.03)  # lowest of the four, as the panel says
    _, _, rmsprop, adam, tuned = np.median(ends, axis=0)
    assert 1.04 * adam < tuned < 0.96 * rmsprop
