"""Smoothing and quantiles, against NumPy."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from speedup.numerics import statistics


def test_smooth_is_the_weighted_mean():
    values, beta = np.random.default_rng(0).normal(size=50), 0.9
    out = np.empty(50)
    statistics.smooth(out, values, 50, beta)
    expected = [np.average(values[: i + 1], weights=beta ** np.arange(i, -1, -1.0)) for i in range(50)]
    np.testing.assert_allclose(out, expected, rtol=1e-12)


def test_smooth_ends_at_the_first_nan():
    out = np.empty(3)
    statistics.smooth(out, np.array([1.0, np.nan, 1.0]), 3, 0.9)
    assert out[0] == 1 and np.isnan(out[1:]).all()


@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=40), st.lists(st.floats(0, 1), min_size=1, max_size=5))
def test_quantiles(values, q):
    out = np.empty(len(q))
    statistics.quantiles(out, np.array(values), len(values), np.array(q), len(q))
    np.testing.assert_allclose(out, np.quantile(values, q), rtol=1e-9, atol=1e-9)


def test_what_diverged_counts_as_infinite():
    out = np.empty(3)
    statistics.quantiles(out, np.array([np.nan, 3.0, -np.inf, 1.0, 2.0]), 5, np.array([0, 0.5, 1.0]), 3)
    assert out.tolist() == [1, 3, np.inf]
