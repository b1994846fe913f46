"""Surfaces against finite differences, their published minima, and their own rows."""

import numpy as np
import pytest
from numba import njit

from speedup import SURFACES
from speedup.surfaces import surface

PUBLISHED = {  # minima and the value there, from the literature; plateau is ours
    "rosenbrock": ([(1, 1)], 0),
    "beale": ([(3, 0.5)], 0),
    "himmelblau": ([(3, 2), (-2.805118, 3.131312), (-3.779310, -3.283186), (3.584428, -1.848126)], 0),
    "long_valley": ([(0, 0)], 0),
    "rastrigin": ([(0, 0)], 0),
    "ackley": ([(0, 0)], 0),
    "three_hump_camel": ([(0, 0)], 0),
    "six_hump_camel": ([(0.089842, -0.712656), (-0.089842, 0.712656)], -1.031628),
    "styblinski_tang": ([(-2.903534, -2.903534)], -78.33233),
    "goldstein_price": ([(0, -1)], 3),
    "booth": ([(1, 3)], 0),
    "matyas": ([(0, 0)], 0),
    "mccormick": ([(-0.547198, -1.547198)], -1.913223),
    "levy13": ([(1, 1)], 0),
    "easom": ([(np.pi, np.pi)], -1),
}


@njit
def at(k, x, y, a, b):
    return surface(k, x, y, a, b)


def evaluate(row, x, y):
    return at(row.index, float(x), float(y), *row.record({})[:2])


def points(row, n, seed=0):
    rng = np.random.default_rng(seed)
    (x0, x1), (y0, y1) = row.domain
    return zip(rng.uniform(x0, x1, n), rng.uniform(y0, y1, n))


@pytest.mark.parametrize("row", SURFACES.values(), ids=SURFACES)
def test_gradient_equals_finite_differences(row):
    for x, y in points(row, 200):
        z, dx, dy = evaluate(row, x, y)
        step = 1e-5
        along_x = (evaluate(row, x + step, y)[0] - evaluate(row, x - step, y)[0]) / (2 * step)
        along_y = (evaluate(row, x, y + step)[0] - evaluate(row, x, y - step)[0]) / (2 * step)
        scale = 1 + abs(z) + np.hypot(dx, dy)
        assert abs(dx - along_x) < 1e-6 * scale and abs(dy - along_y) < 1e-6 * scale, (x, y)


@pytest.mark.parametrize("name", PUBLISHED)
def test_minima_are_the_published_ones(name):
    row, (minima, value) = SURFACES[name], PUBLISHED[name]
    assert sorted(np.round(row.minima, 5).tolist()) == sorted(np.round(minima, 5).tolist())
    assert row.minimum == pytest.approx(value, abs=1e-5)


@pytest.mark.parametrize("row", [row for row in SURFACES.values() if row.minima], ids=lambda row: row.name)
def test_nothing_on_the_map_lies_below_the_minimum(row):
    for x, y in row.minima:
        z, dx, dy = evaluate(row, x, y)
        assert z == pytest.approx(row.minimum, abs=1e-8)
        assert np.hypot(dx, dy) < 1e-5
        around = [evaluate(row, x + 1e-3 * np.cos(a), y + 1e-3 * np.sin(a))[0] for a in np.linspace(0, 6.28, 12)]
        assert min(around) > z
    assert min(evaluate(row, x, y)[0] for x, y in points(row, 5000)) >= row.minimum


def test_every_published_minimum_has_been_checked():
    assert set(PUBLISHED) | {"plateau"} == {row.name for row in SURFACES.values() if row.minima}


@pytest.mark.parametrize("row", SURFACES.values(), ids=SURFACES)
def test_row(row):
    assert list(SURFACES)[row.index] == row.name
    expected = row.kernel(0.3, -0.2, *row.record({})[:2])
    assert evaluate(row, 0.3, -0.2) == expected
    for (low, high), value in zip(row.domain, row.start):
        assert low < value < high
    assert row.teaches[-1] in ".?" and len(row.parameters) <= 2
    assert bool(row.minima) == (row.minimum is not None)
    if row.minima:
        distances = [np.hypot(row.start[0] - x, row.start[1] - y) for x, y in row.minima]
        assert 0 < row.radius < min(distances)
        assert all(low < value < high for point in row.minima for (low, high), value in zip(row.domain, point))
    else:
        assert evaluate(row, *row.start)[0] > row.escaped


def test_long_valley_has_the_condition_number_and_direction_asked_for():
    row = SURFACES["long_valley"]
    hessian = [at(row.index, x, y, 80.0, 30.0)[1:] for x, y in ((1.0, 0.0), (0.0, 1.0))]
    values, vectors = np.linalg.eigh(np.array(hessian))
    assert values == pytest.approx([1, 80])
    assert abs(vectors[:, 0] @ [np.cos(np.pi / 6), np.sin(np.pi / 6)]) == pytest.approx(1)


@pytest.mark.parametrize("row", SURFACES.values(), ids=SURFACES)
def test_nan_in_nan_out(row):
    assert np.isnan(evaluate(row, np.nan, 0.5)).any() and np.isnan(evaluate(row, np.nan, 0.5)[0])
