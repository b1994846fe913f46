"""Sharpness of networks: products and eigenvalues of PyTorch's Hessians (golden/curvature.json, by golden/make_curvature.py)."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from speedup import OPTIMIZERS, Lane, SpecError, TrainSpec, sharpness, train
from speedup.network.hessian import hessian_product
from speedup.network.lanczos import largest
from tests.nets import Learner, rubbish
from tests.test_wasm import in_javascript, natively

GOLDEN = json.loads(Path(__file__).with_name("golden").joinpath("curvature.json").read_text("utf-8"))["networks"]
SMALL = TrainSpec("moons", samples=60, test=0.2, hidden=(4, 3), activation="tanh", batch=60, steps=60, lanes=(Lane("sgd"),))


def arguments(run, params, direction):
    net, data = run.spec.net, [one.reshape(-1) for one in Learner.of(run).data]
    scratch = rubbish(net.act), rubbish(net.act), rubbish(net.delta), rubbish(net.delta)
    return rubbish(net.parameters), params, direction, np.array(net.record()), *data, run.spec.train_samples, *scratch


def hessian(run, params):
    """All of it, a product a column."""
    columns = []
    for direction in np.eye(len(params)):
        found = arguments(run, params, direction)
        hessian_product(*found)
        columns.append(found[0])
    return np.array(columns).T


def of_setting(setting):
    return train(TrainSpec(steps=1, lanes=(Lane("sgd", lr=1e-6),), **setting))


@pytest.mark.parametrize("case", GOLDEN, ids=lambda case: "{dataset}-{activation}-{hidden}".format(**case["setting"]))
def test_hessians_equal_autograd_s(case):
    run = of_setting(case["setting"])
    signs = np.where(np.arange(len(run.initial)) % 2, -1.0, 1.0)
    product, *_ = found = arguments(run, run.initial, signs)
    hessian_product(*found)
    assert product == pytest.approx(np.array(case["product"]), rel=1e-10, abs=1e-12)
    whole = hessian(run, run.initial)
    assert abs(whole - whole.T).max() < 1e-12 * abs(whole).max()
    assert np.linalg.eigvalsh(whole) == pytest.approx(np.array(case["values"]), rel=1e-8, abs=1e-12)
    assert sharpness(run.spec).values[0, 0] == pytest.approx(case["values"][-1], rel=1e-9)


def test_both_targets_say_the_same():
    calls = [
        ("hessian_product", *arguments(run, run.initial, np.cos(np.arange(len(run.initial)) * 1.0)))
        for run in map(of_setting, (case["setting"] for case in GOLDEN))
    ]
    for ours, theirs in zip(natively(calls), in_javascript(calls), strict=True):
        assert theirs[0] == pytest.approx(ours[0], rel=1e-10, abs=1e-13)


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_values_are_those_of_the_dense_scaled_hessian(name):
    """At a frame in the middle; what the optimizer divides by, from its update: with g = 0 for one step it moves by m / P."""
    spec = replace(SMALL, lanes=(Lane(name, lr=0.02, weight_decay=0.01),))
    run, found = train(spec), sharpness(spec)
    frame = 30
    begun = Learner.of(train(replace(spec, steps=int(run.frames[frame]))))
    from speedup.network.learning import learn

    learn(*begun.arguments(0, int(run.frames[frame])))
    (m, v, u), beta1, beta2 = begun.kept[0].reshape(3, -1), begun.kept[1][0], begun.kept[1][1]
    scale = {
        "adagrad": np.sqrt(v) + 1e-10, "rmsprop": np.sqrt(v) + 1e-8, "adadelta": np.sqrt(v + 1e-6) / np.sqrt(u + 1e-6),
        "adam": (1 - beta1) * (np.sqrt(v / (1 - beta2)) + 1e-8), "amsgrad": (1 - beta1) * (np.sqrt(u / (1 - beta2)) + 1e-8),
        "adamax": (1 - beta1) * u,
    }  # fmt: skip
    scale = scale.get(name.replace("adamw", "adam"), np.ones_like(m))
    if name == "nadam":
        return
    decay = 0 if name in ("adamw", "lion") else 0.01
    dense = hessian(run, begun.params) + decay * np.eye(len(m))
    wanted = np.linalg.eigvals(dense / scale[:, None]).real.max()
    assert found.values.shape == (1, len(run.frames)) and found.values[0, frame] == pytest.approx(wanted, rel=1e-6)
    assert found.share[0, frame] == pytest.approx(0.02 * wanted / found.limits[0], nan_ok=True)


def test_full_batch_descent_climbs_to_its_limit_and_hovers():
    """Cohen et al. 2021: the sharpness rises to 2 / lr, whatever lr is, and stays there; the loss goes on falling."""
    setting = dict(samples=100, noise=0.05, hidden=(20, 20), activation="tanh", batch=100, steps=9600)
    spec = TrainSpec("sine", lanes=(Lane("sgd", lr=0.1), Lane("sgd", lr=0.05)), **setting)
    found, losses = sharpness(spec), train(spec).train_loss
    assert (found.share[:, 0] < 0.5).all() and abs(found.share[:, 24:] - 1).max() < 0.2
    assert abs(found.share[:, 24:].mean(axis=1) - 1).max() < 0.03 and (losses[:, -1] < losses[:, 24]).all()
    assert found.values[1, -1] == pytest.approx(2 * found.values[0, -1], rel=0.2)


def test_a_changed_rate_counts_from_its_frame_on():
    lanes = (Lane("sgd", lr=0.01),)
    found = sharpness(replace(SMALL, lanes=lanes, changes=((30, 0, "lr", 0.02),)))
    rates = found.share * 2 / found.values
    frames = train(found.spec).frames
    assert rates[0, frames < 30] == pytest.approx(0.01) and rates[0, frames >= 30] == pytest.approx(0.02)


def test_diverged_there_is_nan():
    found = sharpness(TrainSpec(samples=50, hidden=(5,), activation="linear", steps=96, lanes=(Lane("sgd", lr=10.0),)))
    assert np.isnan(found.values[0, -1]) and np.isfinite(found.values[0, 0])


def test_too_much_work_is_refused():
    with pytest.raises(SpecError, match="at most 2e"):
        sharpness(TrainSpec(samples=2000, hidden=(32, 32, 32), steps=100, lanes=(Lane("sgd"),) * 12))


@pytest.mark.parametrize("n", [1, 2, 7, 150])
def test_lanczos_finds_the_largest(n):
    rng = np.random.default_rng(n)
    matrix = rng.normal(size=(n, n))
    matrix = matrix + matrix.T
    wanted = np.append(np.linalg.eigvalsh(matrix)[::-1][:3], [np.nan] * 3)[:3]
    assert largest(lambda v: matrix @ v, n, 3) == pytest.approx(wanted, rel=1e-9, nan_ok=True)
    assert largest(lambda v: 0 * v, n) == [0] and np.isnan(largest(lambda v: np.nan * v, n)).all()
