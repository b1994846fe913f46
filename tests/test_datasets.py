"""Datasets: every row of the table, and the numbers that links to them rely on."""

import numpy as np
import pytest

from speedup import DATASETS
from speedup.datasets import make

ROWS = pytest.mark.parametrize("row", DATASETS.values(), ids=DATASETS)
REGRESSIONS = [row for row in DATASETS.values() if row.task == "regression"]

# make(name, 50, 0.3, 0.2, 0): inputs and target of sample 17; sums over all, sample i times cos i; the test samples.
FROZEN = {
    "parabola": (
        [-0.30612244897959184, 0.032163474639522543],
        [-1.2536700060781927, -1.3403042642550673],
        [7, 8, 12, 20, 25, 27, 33, 39, 40, 48],
    ),
    "sine": (
        [-0.30612244897959184, -0.8817197337266961],
        [-1.2536700060781927, -1.1372783670972262],
        [7, 8, 12, 20, 25, 27, 33, 39, 40, 48],
    ),
    "step": (
        [-0.30612244897959184, -0.06154747912974026],
        [-1.2536700060781927, -1.3422111897343945],
        [7, 8, 12, 20, 25, 27, 33, 39, 40, 48],
    ),
    "circle": (
        [-1.8455332962262703, -1.2163938354518864, 1.0],
        [-5.890652050205299, -10.881293888095126, -0.15590249601049977],
        [5, 13, 21, 23, 24, 26, 32, 34, 38, 40],
    ),
    "xor": (
        [-5.1925030069218625, 1.7170918894976896, 0.0],
        [-4.781702902640888, -2.353915091293346, 3.1189249268125963],
        [2, 20, 24, 29, 33, 37, 39, 40, 45, 49],
    ),
    "gaussians": (
        [1.4613340271601831, 2.35927895758793, 1.0],
        [1.5330468742510566, 0.3641719447362039, -0.15590249601049977],
        [0, 10, 14, 21, 26, 27, 28, 30, 34, 47],
    ),
    "spiral": (
        [0.851168097550776, 1.4529416669979494, 1.0],
        [3.3298789691423223, -0.24812049718327145, -0.15590249601049977],
        [4, 9, 14, 16, 26, 30, 35, 43, 46, 48],
    ),
    "moons": (
        [-0.04963466710299125, -1.832015349400397, 1.0],
        [3.9119412696185853, -0.7481330779463746, -0.15590249601049977],
        [4, 9, 14, 16, 26, 30, 35, 43, 46, 48],
    ),
}


@pytest.mark.parametrize("name", DATASETS)
def test_numbers_never_change(name):
    """Else a link would show other data than the day it was made."""
    inputs, targets, is_test = make(name, 50, 0.3, 0.2, 0)
    table = np.column_stack([inputs, targets])
    sample, sums, test = FROZEN[name]
    np.testing.assert_allclose(table[17], sample, rtol=1e-12, atol=1e-12)
    np.testing.assert_allclose(np.cos(np.arange(50)) @ table, sums, rtol=1e-12, atol=1e-12)
    assert np.flatnonzero(is_test).tolist() == test


@ROWS
@pytest.mark.parametrize("samples", [10, 333, 2000])
@pytest.mark.parametrize("noise", [0.0, 0.2])
def test_shapes_and_domains(row, samples, noise):
    inputs, targets, is_test = make(row.name, samples, noise, 0.3, 1)
    assert inputs.shape == (samples, len(row.domain)) and inputs.dtype == np.float64
    assert targets.shape == (samples,) and targets.dtype == np.float64
    assert is_test.shape == (samples,) and is_test.dtype == bool and is_test.sum() == round(0.3 * samples)
    low, high = np.transpose(row.domain)
    inside = ((inputs >= low) & (inputs <= high)).all(axis=1).mean()
    assert inside == 1 or (inside > 0.97 and (noise > 0 or row.name == "gaussians"))  # whose clouds have no edge
    assert np.ptp(inputs, axis=0).min() > 0.3 * (high - low).min()  # it fills a good part of it


@ROWS
def test_classes_are_0_and_1_and_as_many(row):
    _, targets, is_test = make(row.name, 1000, 0.3, 0.3, 2)
    assert (set(targets) == {0.0, 1.0}) == (row.task == "classification")
    if row.task == "classification":
        assert abs(targets.mean() - 0.5) < 0.04 and abs(targets[is_test].mean() - 0.5) < 0.08


@pytest.mark.parametrize("row", REGRESSIONS, ids=lambda row: row.name)
def test_noise_is_added_to_the_curve(row):
    """Without it the targets lie on `truth`; with it they lie N(0, noise^2) beside it, at the same inputs."""
    inputs, targets, _ = make(row.name, 2000, 0.0, 0.0, 3)
    assert np.array_equal(targets, row.truth(inputs[:, 0]))
    noisy_inputs, noisy, _ = make(row.name, 2000, 0.5, 0.0, 3)
    assert np.array_equal(inputs, noisy_inputs) and np.array_equal(inputs[:, 0], np.linspace(-1, 1, 2000))
    assert (noisy - targets).std() == pytest.approx(0.5, rel=0.06) and abs((noisy - targets).mean()) < 0.04


@pytest.mark.parametrize("name, value", [("parabola", 0.25), ("sine", -1.0), ("step", 0.0)])
def test_curves_are_what_they_are_called(name, value):
    assert DATASETS[name].truth(np.array([-0.5]))[0] == pytest.approx(value, abs=1e-15)


@pytest.mark.parametrize("row", [row for row in DATASETS.values() if row.truth is None], ids=lambda row: row.name)
def test_noise_moves_points_and_not_classes(row):
    inputs, targets, _ = make(row.name, 2000, 0.0, 0.0, 4)
    moved, same, _ = make(row.name, 2000, 0.5, 0.0, 4)
    assert np.array_equal(targets, same)
    assert (moved - inputs).std(axis=0) == pytest.approx([0.5, 0.5], rel=0.06)
    assert row.task == "classification"


SHAPES = {  # the class by the place, without noise
    "circle": lambda x, y: np.select([np.hypot(x, y) <= 2.5, np.hypot(x, y) >= 3.5], [1.0, 0.0], np.nan),
    "xor": lambda x, y: x * y > 0,
    "spiral": lambda x, y: 0.5 - 0.5 * np.cos(np.arctan2(x, y) - 1.75 * 2 * np.pi * np.hypot(x, y) / 5),
    "moons": lambda x, y: np.isclose(np.hypot(x / 3 - 0.5, y / 3 - 0.25), 1),
}


@pytest.mark.parametrize("name", SHAPES)
def test_shapes_are_what_they_are_called(name):
    inputs, classes, _ = make(name, 1000, 0.0, 0.0, 5)
    np.testing.assert_allclose(SHAPES[name](*inputs.T), classes, atol=1e-9)


@ROWS
def test_a_seed_repeats_itself_and_others_differ(row):
    first, again, other = (make(row.name, 100, 0.2, 0.3, seed) for seed in (6, 6, 7))
    assert all(np.array_equal(a, b) for a, b in zip(first, again))
    assert not np.array_equal(np.column_stack(first[:2]), np.column_stack(other[:2]))
    assert not np.array_equal(first[2], other[2])


@ROWS
@pytest.mark.parametrize("test", [0.1, 0.5])
def test_the_test_share_does_not_alter_the_data(row, test):
    whole, split = make(row.name, 100, 0.2, 0.0, 8), make(row.name, 100, 0.2, test, 8)
    assert np.array_equal(whole[0], split[0]) and np.array_equal(whole[1], split[1])
    assert not whole[2].any() and split[2].sum() == 100 * test
    assert make(row.name, 100, 0.2, 0.5, 8)[2][split[2]].all()  # a smaller share is part of a larger one


def test_rows_are_complete():
    assert list(DATASETS) == list(FROZEN)
    for row in DATASETS.values():
        assert row.label and row.teaches.endswith(".") and row.most_noise > 0
        assert (row.truth is not None) == (row.task == "regression")
        assert len(row.domain) == (1 if row.task == "regression" else 2)
