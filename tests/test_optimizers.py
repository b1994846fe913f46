"""The table of optimizers, and what PyTorch has no say in: the chapter's forms, the dispatch, learning rates."""

import numpy as np
import pytest
from numba import njit

from speedup import OPTIMIZERS, SURFACES, Lane, RaceSpec, simulate
from speedup.decay import start, tick
from speedup.optimizers import update
from speedup.race.tuning import CHAPTER, RATES, best_lr, default_race, found, search
from speedup.schema.parameters import HYPERPARAMETERS, Hyper

NAMES = ["sgd", "momentum", "nesterov", "adagrad", "adadelta", "rmsprop", "adam", "amsgrad", "adamax", "nadam", "adamw", "lion"]


@njit
def one_step(k, w, g, state, h):
    return update(k, w, g, state, tick(start(h), h), h)


@pytest.mark.parametrize("row", OPTIMIZERS.values(), ids=OPTIMIZERS)
def test_the_number_calls_the_row_s_kernel(row):
    h = Hyper(**dict.fromkeys(HYPERPARAMETERS, 0.0) | row.defaults() | {"weight_decay": 0.0})
    w, state = one_step(row.index, 0.5, -0.3, (0.1, 0.2, 0.3), h)
    expected = row.kernel(0.5, -0.3, (0.1, 0.2, 0.3), tick(start(h), h), h)
    assert (w, state) == expected
    assert w != 0.5


def test_rows():
    assert list(OPTIMIZERS) == NAMES
    assert [row.index for row in OPTIMIZERS.values()] == list(range(len(NAMES)))
    looks = [(row.colour, row.dash, row.marker) for row in OPTIMIZERS.values()]
    assert len(set(looks)) == len({(colour, marker) for colour, _, marker in looks}) == len(NAMES)
    for row in OPTIMIZERS.values():
        assert row.source.endswith(str(row.year)) and row.latex
        for parameter in row.hyperparameters:
            assert parameter.low <= parameter.default <= parameter.high
            assert parameter.scale != "log" or parameter.low >= parameter.floor > 0 or parameter.low == 0


def test_the_chapter_s_adam_is_adam_without_eps_and_bias_correction():
    """m = b1 m + (1-b1) dx; v = b2 v + (1-b2) dx^2; W += -lr m / sqrt(v), as the chapter writes it."""
    lane = Lane("adam", {"lr": 0.05, "eps": 0.0, "bias_correction": 0})
    path = simulate(RaceSpec("matyas", (3.0, 1.0), 50, (lane,))).paths[0]
    w, m, v = np.array([3.0, 1.0]), np.zeros(2), np.zeros(2)
    for t in range(50):
        g = np.array([[0.52, -0.48], [-0.48, 0.52]]) @ w
        m, v = 0.9 * m + 0.1 * g, 0.999 * v + 0.001 * g * g
        w = w - 0.05 * m / np.sqrt(v)
        assert path[t + 1, :2] == pytest.approx(w, rel=1e-9)


@pytest.mark.parametrize("surface", SURFACES)
def test_learning_rates_keep_the_rule(surface):
    for optimizer in NAMES:
        rate = best_lr(surface, optimizer)
        assert rate in RATES
        assert Lane(optimizer, {"lr": rate})
        assert found()[surface].get(optimizer) == search(surface, optimizer), "what is committed is of another rule: make wasm"


def test_the_race_one_sees_first_is_worth_watching():
    race = simulate(default_race())
    assert [lane.optimizer for lane in race.spec.lanes] == list(CHAPTER)
    assert (race.diverged == -1).all() and (race.left == -1).all()
    assert sum(0 < step <= 300 for step in race.arrived) >= 4
    ends = race.paths[:, 20, :2]
    apart = [np.hypot(*(a - b)) for i, a in enumerate(ends) for b in ends[:i]]
    assert np.median(apart) > 0.3  # the paths are visibly different
