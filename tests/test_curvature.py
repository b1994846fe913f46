"""Hessians of surfaces: PyTorch's (golden/curvature.json, made by golden/make_curvature.py), from the surfaces' own functions."""

import json
from math import sqrt
from pathlib import Path

import numpy as np
import pytest

from speedup import OPTIMIZERS, SURFACES, RaceSpec, simulate
from speedup.kernels.native import kernel
from speedup.numerics.derivative import derivative
from speedup.numerics.elementary import exp, log, sin, sincos, tanh
from speedup.race.curvature import BEND, bends
from speedup.schema.parameters import hyper_record
from tests.test_same_paths import lanes
from tests.test_surfaces import evaluate
from tests.test_wasm import assert_same_bits, in_javascript, natively

GOLDEN = json.loads(Path(__file__).with_name("golden").joinpath("curvature.json").read_text("utf-8"))["surfaces"]
TWO = 2.5


def bent(row, points, params=()):
    path = np.array([[x, y, 0] for x, y in points], float)
    found = np.empty((len(path), len(BEND)))
    bends(found, path, np.array(row.record(dict(params))), len(path) - 1, row.index)
    return found


@pytest.mark.parametrize("case", GOLDEN, ids=lambda case: case["surface"])
def test_hessians_equal_autograd_s(case):
    rows = np.array(case["rows"])
    ours, theirs = bent(SURFACES[case["surface"]], rows[:, :2], case["params"])[:, 2:], rows[:, 2:]
    assert abs(ours - theirs).max() <= 1e-10 * max(1, abs(theirs).max())


def test_every_surface_has_been_compared():
    assert {case["surface"] for case in GOLDEN} == set(SURFACES)


@pytest.mark.parametrize("row", SURFACES.values(), ids=SURFACES)
def test_the_gradient_on_the_way_is_the_surface_s(row):
    points = np.random.default_rng(1).uniform(-5, 5, (50, 2))
    assert bent(row, points)[:, :2].tolist() == [list(evaluate(row, x, y)[1:]) for x, y in points]
    assert np.isnan(bent(row, [(np.nan, 0.5)])).any()


def test_the_tip_of_a_cone_has_no_curvature():
    assert np.isnan(bent(SURFACES["ackley"], [(0, 0)])[0, 2:]).all()


def test_both_targets_say_the_same():
    calls = []
    for row in SURFACES.values():
        race = simulate(RaceSpec(row.name, steps=40, lanes=lanes(row.name), noise=0.5))
        p, seed = np.array(row.record({})), race.spec.seed
        for path, lane in zip(race.paths, race.spec.lanes):
            path, found = np.ascontiguousarray(path).reshape(-1), np.zeros(41 * len(BEND))
            calls.append(("bends", found, path, p, 40, row.index))
            h, of = np.array(hyper_record(lane.hyperparameters)), bent(row, race.paths[0, :, :2]).reshape(-1)
            calls.append(("sharpness_along", np.zeros(42), path, of, h, 0.5, 40, OPTIMIZERS[lane.optimizer].index, seed))
    for ours, theirs in zip(natively(calls), in_javascript(calls), strict=True):
        assert_same_bits(ours[0], theirs[0])


@kernel
def helped(x, y):
    return x / y


@kernel
def anything(x, y, a):
    """All that a surface may be written with."""
    u, (v, w) = helped(x, TWO + y * y), sincos(x * y)
    w += exp(-u) - log(1 + x * x)
    w *= 2
    if not x < 0 and -1 < y <= 9:
        z = max(u, v) * tanh(w) + a
    else:
        z = min(u, v) - abs(w)
    return z + sqrt(1 + (x + y) ** 3 * (x + y)) + (sin(a * y) if x > 0.2 or y > 0 else 0)


@pytest.mark.parametrize("x, y", [(0.3, 0.4), (-0.3, 0.4), (0.1, -0.7), (1.2, -3.0), (-2.0, -0.1)])
def test_a_kernel_of_any_such_form_is_differentiated(x, y):
    value, along_x, along_y = derivative(anything)((x, 1.0, 0.0), (y, 0.0, 1.0), (0.7, 0.0, 0.0))
    step = 1e-6
    assert value == anything(x, y, 0.7)
    assert along_x == pytest.approx((anything(x + step, y, 0.7) - anything(x - step, y, 0.7)) / (2 * step), rel=1e-7)
    assert along_y == pytest.approx((anything(x, y + step, 0.7) - anything(x, y - step, 0.7)) / (2 * step), rel=1e-7)


@kernel
def looping(x, y):
    for _ in range(3):
        x += y
    return x


@kernel
def odd(x, y):
    return x // y


@kernel
def foreign(x, y):
    return round(x) + y


@pytest.mark.parametrize("function, named", [(looping, "for _ in"), (odd, "x // y"), (foreign, r"round\(x\)")])
def test_what_cannot_be_differentiated_is_named(function, named):
    with pytest.raises(TypeError, match=rf"{function.py_func.__name__}: .*{named}"):
        derivative(function)
