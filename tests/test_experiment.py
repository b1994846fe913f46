"""The tutorial's experiment on 100 seeds comes out as published: five optimizers fit a noisy parabola."""

import numpy as np
import pytest

from speedup import Lane, TrainSpec, train

LANES = {  # the lane; the median of its last loss, and the share of seeds that get below 0.015, as published
    "sgd": (Lane("sgd", {"lr": 0.01}), 0.051, 0.00),
    "adagrad": (Lane("adagrad", {"lr": 0.01}), 0.020, 0.24),
    "rmsprop": (Lane("rmsprop", {"lr": 0.01, "rho": 0.9}), 0.0137, 1.00),
    "momentum": (Lane("momentum", {"lr": 0.01, "momentum": 0.8}), 0.0129, 0.88),
    "adam": (Lane("adam", {"lr": 0.01, "beta2": 0.99}), 0.0106, 1.00),
}


@pytest.fixture(scope="module")
def losses():
    """{lane: float64 (seeds, measurements)}: the mean squared error of all samples."""
    lanes = tuple(lane for lane, _, _ in LANES.values())
    spec = dict(dataset="parabola", samples=1000, noise=0.1, hidden=(20,), activation="relu", batch=32, steps=384)
    found = [train(TrainSpec(**spec, lanes=lanes, init="default", seed=seed)).train_loss for seed in range(100)]
    return dict(zip(LANES, np.array(found).swapaxes(0, 1)))


@pytest.mark.parametrize("name", LANES)
def test_median_of_the_last_loss(losses, name):
    assert np.median(losses[name][:, -1]) == pytest.approx(LANES[name][1], rel=0.15)


@pytest.mark.parametrize("name", LANES)
def test_share_of_seeds_below_0_015(losses, name):
    """At any measurement: RMSProp's loss jumps about, and of its seeds that were below only some 63 % also end there."""
    assert (losses[name].min(axis=1) < 0.015).mean() == pytest.approx(LANES[name][2], abs=0.1)


def test_adam_ends_below_rmsprop(losses):
    assert (losses["adam"][:, -1] < losses["rmsprop"][:, -1]).mean() == pytest.approx(0.86, abs=0.1)
