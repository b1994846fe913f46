"""The race: its events against definitions spelled out in NumPy, its bounds, its noise."""

import numpy as np
import pytest

from speedup import OPTIMIZERS, SURFACES, Lane, RaceSpec, SpecError, simulate
from speedup.race.tuning import default_race
from speedup.words import results


def run(surface, *lanes, **rest):
    return simulate(RaceSpec(surface, lanes=lanes, **rest))


def test_the_contract():
    lanes = (Lane("adam", {"lr": 0.02}), Lane("sgd", {"lr": 0.01}))
    race = simulate(RaceSpec(surface="beale", start=(1.0, 1.5), steps=200, lanes=lanes, noise=0.0, seed=0))
    assert race.paths.shape == (2, 201, 3) and race.paths.dtype == np.float64
    for events in (race.arrived, race.left, race.diverged):
        assert events.shape == (2,) and events.dtype == np.int64
    assert (race.paths[:, 0, :2] == (1.0, 1.5)).all()


@pytest.mark.parametrize("surface", SURFACES)
@pytest.mark.parametrize("lr", [1e-3, 0.1, 5.0])
def test_events_are_what_the_path_says(surface, lr):
    row = SURFACES[surface]
    race = run(surface, *(Lane(name, {"lr": lr}) for name in OPTIMIZERS), steps=400)
    (x0, x1), (y0, y1) = row.domain
    for path, arrived, left, diverged, inside in zip(race.paths, race.arrived, race.left, race.diverged, race.inside):
        x, y, loss = path.T
        with np.errstate(invalid="ignore"):
            if row.minima:
                goal = np.any([(x - u) ** 2 + (y - v) ** 2 <= row.radius**2 for u, v in row.minima], axis=0)
            else:
                goal = loss <= row.escaped
            outside = (x < x0) | (x > x1) | (y < y0) | (y > y1)
        broken = ~np.isfinite(path).all(axis=1)
        for event, where in ((arrived, goal), (left, outside), (diverged, broken)):
            assert event == (int(np.argmax(where)) if where.any() else -1)
        assert inside == goal[~broken][-1]
        assert np.isnan(path[broken]).all() and (diverged < 0 or broken[diverged:].all())


def test_a_lane_does_not_depend_on_the_others():
    lanes = [Lane(name, {"lr": 0.01}) for name in OPTIMIZERS]
    together = run("beale", *lanes, noise=0.5, seed=3)
    for i, lane in enumerate(lanes):
        assert np.array_equal(run("beale", lane, noise=0.5, seed=3).paths[0], together.paths[i], equal_nan=True)


def test_a_longer_race_begins_like_a_shorter_one():
    lanes = default_race().lanes
    short, long = (run("beale", *lanes, steps=steps, noise=1.0, seed=7) for steps in (50, 300))
    assert np.array_equal(short.paths, long.paths[:, :51])


def test_noise_is_added_to_the_gradient():
    """On a slope of 0 SGD's path is -lr times the running sum of the noise: N(0, noise^2) for each step."""
    row = SURFACES["saddle"]
    race = run("saddle", Lane("sgd", {"lr": 1e-6}), noise=2.0, seed=5, steps=2000, start=(0.0, 0.0))
    draws = -np.diff(race.paths[0, :, :2], axis=0) / 1e-6
    draws -= race.paths[0, :-1, :2] * [2, -2]
    assert abs(draws.mean()) < 0.15 and draws.std() == pytest.approx(2.0, rel=0.05)
    assert abs(np.corrcoef(draws.T)[0, 1]) < 0.07
    assert row.minima == ()


def test_seeds_differ_and_noise_is_the_same_for_all_lanes():
    lane = Lane("sgd", {"lr": 0.01})
    a, b = (run("beale", lane, lane, noise=0.3, seed=seed).paths for seed in (0, 1))
    assert np.array_equal(a[0], a[1]) and not np.array_equal(a, b)


def test_zero_over_zero_is_told_from_other_divergence():
    chapter = {"lr": 0.1, "eps": 0.0, "bias_correction": 0}
    race = run("saddle", Lane("adam", chapter), Lane("adam"), Lane("rmsprop", {"eps": 0}), start=(1.0, 0.0), steps=20)
    assert race.diverged.tolist() == [1, -1, 1] and race.zero.tolist() == [True, False, True]
    race = run("rosenbrock", Lane("sgd", {"lr": 0.1}))
    assert race.diverged[0] > 0 and not race.zero[0]


def test_what_has_left_the_goal_again_is_not_inside():
    race = run("ackley", *default_race("ackley").lanes)
    assert race.spec.lanes[1].optimizer == "momentum" and race.arrived[1] >= 0 and not race.inside[1]
    for lang, words in (("en", "left it again"), ("zh", "离开")):
        assert words in results.status(race, 1, lang)
    assert race.inside.dtype == bool


def test_missing_hyperparameters_take_the_defaults():
    assert Lane("adam").hyperparameters == OPTIMIZERS["adam"].defaults()
    assert Lane("adam", {"lr": 0.5}).hyperparameters["beta2"] == 0.999
    assert Lane("adam", {"lr": 0.5}) == Lane("adam", {"lr": "0.5"})
    assert hash(default_race()) == hash(default_race())


LANE = Lane("sgd")
BAD = [
    (dict(surface="nowhere"), "surface"),
    (dict(surface="beale", start=(99, 0)), "start"),
    (dict(surface="beale", start=(float("nan"), 0)), "start"),
    (dict(surface="beale", start=5), "start"),
    (dict(surface="beale", start=(1, 2, 3)), "start"),
    (dict(surface="beale", steps=0), "steps"),
    (dict(surface="beale", steps=2001), "steps"),
    (dict(surface="beale", steps=10.5), "steps"),
    (dict(surface="beale", steps=10**400), "steps"),
    (dict(surface="beale", noise=-1), "noise"),
    (dict(surface="beale", noise=float("inf")), "noise"),
    (dict(surface="beale", seed=-1), "seed"),
    (dict(surface="beale", seed=2**31), "seed"),
    (dict(surface="beale", lanes=()), "lanes"),
    (dict(surface="beale", lanes=(LANE,) * 13), "lanes"),
    (dict(surface="beale", lanes=("sgd",)), "lanes"),
    (dict(surface="beale", params={"condition": 5}), "surface beale"),
    (dict(surface="long_valley", params={"condition": 0}), "surface long_valley condition"),
]


@pytest.mark.parametrize("bad, field", BAD, ids=str)
def test_what_is_out_of_bounds_is_named(bad, field):
    with pytest.raises(SpecError) as error:
        RaceSpec(**{"lanes": (LANE,)} | bad)
    assert error.value.field == field and error.value.allowed and field in str(error.value)


@pytest.mark.parametrize(
    "optimizer, values, field",
    [
        ("adamm", {}, "lane"),
        ("adam", {"lr": -1}, "lane adam lr"),
        ("adam", {"lr": True}, "lane adam lr"),
        ("adam", {"rho": 0.5}, "lane adam"),
        ("adam", {"bias_correction": 0.5}, "lane adam bias_correction"),
        ("adam", 5, "lane adam"),
        (None, {}, "lane"),
    ],
)
def test_a_bad_lane_is_named(optimizer, values, field):
    with pytest.raises(SpecError) as error:
        Lane(optimizer, values)
    assert error.value.field == field
