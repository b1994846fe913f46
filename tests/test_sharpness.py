"""Sharpness: what an optimizer feels of the curvature; at its limit a run neither shrinks nor grows."""

import pickle

import numpy as np
import pytest

from speedup import OPTIMIZERS, SURFACES, Lane, RaceSpec, SpecError, TrainSpec, sharpness, simulate
from speedup.decay import start, tick
from speedup.optimizers import DECOUPLED, UPDATES
from speedup.schema.parameters import Hyper, hyper_record
from tests.test_curvature import bent

LIMITS = {
    "sgd": 2, "momentum": 2 * 1.9, "nesterov": 2 * 1.9 / 2.8, "adagrad": 2, "adadelta": 2, "rmsprop": 2,
    "adam": 38, "amsgrad": 38, "adamax": 38, "nadam": 2, "adamw": 38, "lion": np.nan,
}  # fmt: skip
LIMITED = [row for row in OPTIMIZERS.values() if row.name != "lion"]
SMALL = 1e-40  # a weight so small that eps is all that is divided by: P stays as it is


def hyper(row, **values):
    return Hyper(*map(float, hyper_record(row.defaults() | {name: v for name, v in values.items() if name in row.defaults()})))


def grown(row, h, decay, curvature, steps=1200):
    """By how much a weight on a parabola has grown in the second half of many steps, by the optimizer's own update."""
    w, state, seen = SMALL, (0.0, 0.0, 0.0), []
    for _ in range(steps):
        w, state = UPDATES[row.index](w, curvature * w, state, decay, h)
        seen.append(abs(w))
    return max(seen[-100:]) / max(seen[steps // 2 : steps // 2 + 100])


@pytest.mark.parametrize("age", [3, 1500])  # of the decay, which is held: correcting for bias counts into P
@pytest.mark.parametrize("values", [{}, {"momentum": 0.5, "beta1": 0.6}, {"weight_decay": 0.3, "bias_correction": 0}], ids=str)
@pytest.mark.parametrize("row", LIMITED, ids=lambda row: row.name)
def test_below_the_limit_it_converges_above_it_diverges(row, values, age):
    curvature, h = 30.0, hyper(row, eps=1.0, **({"weight_decay": 0} | values))
    decay = start(h)
    for _ in range(age):
        decay = tick(decay, h)
    scale, limit = row.scale, row.limit
    felt = (curvature + (0 if row.name in DECOUPLED else h.weight_decay)) / scale(
        (0.0, 0.0, 1.0 if row.name == "adamax" else 0.0), decay, h
    )
    lr = limit(h) / felt
    for _ in range(50):  # a decay off the weight is of lr too
        lr = limit(h._replace(lr=lr)) / felt
    assert grown(row, h._replace(lr=0.999 * lr), decay, curvature) < 0.97
    assert grown(row, h._replace(lr=1.001 * lr), decay, curvature) > 1.03


@pytest.mark.parametrize("name, limit", LIMITS.items(), ids=LIMITS)
def test_limits_are_the_published_ones(name, limit):
    found = sharpness(RaceSpec("booth", steps=2, lanes=(Lane(name, weight_decay=0),))).limits
    assert found.tolist() == pytest.approx([limit], nan_ok=True)


@pytest.mark.parametrize("name", SURFACES)
def test_values_are_eigenvalues_of_the_scaled_hessian(name):
    """RMSProp and Adam, their states computed anew; with and without weight decay."""
    some = (
        Lane("sgd", lr=1e-3), Lane("sgd", lr=1e-3, weight_decay=0.1), Lane("rmsprop", lr=0.01, rho=0.8, weight_decay=0.1),
        Lane("adam", lr=0.02, beta2=0.9), Lane("adamw", lr=0.02, beta2=0.9, weight_decay=0.5), Lane("lion", weight_decay=0.5),
    )  # fmt: skip
    spec = RaceSpec(name, steps=12, lanes=some)
    race, found = simulate(spec), sharpness(spec)
    assert found.values.shape == (6, 13) and found.values.dtype == found.limits.dtype == np.float64
    for lane, path, values in zip(some, race.paths, found.values):
        row, h, v = SURFACES[name], lane.hyperparameters, np.zeros(2)
        decay = 0 if lane.optimizer in DECOUPLED else h["weight_decay"]
        for t, (dx, dy, xx, xy, yy) in enumerate(bent(row, path[:, :2])):
            scale = np.ones(2)
            if lane.optimizer == "rmsprop":
                scale = np.sqrt(v) + h["eps"]
                v = 0.8 * v + 0.2 * (np.array([dx, dy]) + 0.1 * path[t, :2]) ** 2
            elif "adam" in lane.optimizer:
                seen = 1 - 0.9**t
                scale = seen * (np.sqrt(v / seen) + h["eps"]) if t else [np.nan, np.nan]
                v = 0.9 * v + 0.1 * np.array([dx, dy]) ** 2
            if np.isnan([xx, *scale]).any():
                assert np.isnan(values[t])
                continue
            wanted = np.linalg.eigvals([[xx + decay, xy], [xy, yy + decay]] / np.array(scale)[:, None]).max()
            assert values[t] == pytest.approx(wanted, rel=1e-7, abs=1e-7 * abs(np.array([xx, yy])).max())


def test_the_share_is_one_at_the_limit():
    lr = 2 / 50  # the valley's curvatures are 1 and 50
    spec = RaceSpec("long_valley", steps=60, lanes=[Lane("sgd", lr=f * lr) for f in (0.95, 1, 1.05)] + [Lane("lion")])
    found, race = sharpness(spec), simulate(spec)
    assert found.share[:3, 0] == pytest.approx([0.95, 1, 1.05]) and np.isnan(found.share[3]).all()
    assert found.values[3] == pytest.approx(50)  # what has no limit feels the loss as it is
    across = abs(race.paths[:3, :, 1])
    assert (
        across[0, -1] < 0.01 * across[0, 0] and across[1, -1] == pytest.approx(across[1, 0]) and across[2, -1] > 9 * across[2, 0]
    )


def test_noise_is_remembered_as_the_race_draws_it():
    quiet, noisy = (sharpness(RaceSpec("booth", steps=9, noise=noise, lanes=(Lane("adam"),))).values for noise in (0, 5))
    assert quiet[0, 1] != noisy[0, 1] and np.isfinite(noisy[0, 1:]).all()


def test_after_divergence_there_is_nan():
    spec = RaceSpec("rosenbrock", steps=50, lanes=(Lane("momentum", lr=1.0), Lane("adam", bias_correction=0)))
    found, diverged = sharpness(spec), simulate(spec).diverged[0]
    assert np.isfinite(found.values[0, : diverged - 1]).all() and np.isnan(found.values[0, diverged:]).all()
    assert found.values[1, 0] > 1e6  # divided by eps alone


@pytest.mark.filterwarnings("error")
def test_a_training_that_flies_apart_warns_of_nothing():
    spec = TrainSpec(samples=30, steps=40, batch=10, activation="linear", lanes=(Lane("sgd", lr=10),))
    assert np.isnan(sharpness(spec).values[0, -1])


def test_before_the_first_step_there_is_nothing_to_divide_by():
    lanes = tuple(Lane(name) for name in ("adam", "amsgrad", "adamax", "adamw", "nadam"))
    assert np.isnan(sharpness(RaceSpec("booth", steps=1, lanes=lanes)).values[:, 0]).all()


def test_a_decay_that_alone_is_too_strong_leaves_no_room():
    found = sharpness(RaceSpec("booth", steps=3, lanes=(Lane("adamw", lr=10, weight_decay=1),)))
    assert found.limits == [0] and (found.share[0, 1:] == np.inf).all()


@pytest.mark.parametrize("wrong", [None, "booth", Lane("sgd")], ids=str)
def test_a_spec_is_wanted(wrong):
    with pytest.raises(TypeError, match="sharpness takes a"):
        sharpness(wrong)
    with pytest.raises(SpecError):
        RaceSpec("nowhere")


def test_it_is_a_value():
    spec = RaceSpec("booth", steps=3, lanes=(Lane("adam"),))
    one = sharpness(spec)
    assert (
        one == sharpness(spec) == pickle.loads(pickle.dumps(one))
        and hash(one) == hash(spec)
        and "Sharpness on booth" in repr(one)
    )
