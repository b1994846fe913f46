"""speedup.numerics.rng: its published sequence, its distributions, and that a number depends on its arguments only."""

import math

import numba
import numpy as np
import pytest

from speedup.numerics import rng

N = 100_000


@numba.njit(error_model="numpy")
def fill_bits(seed, stream, first, out):
    for i in range(out.size):
        out[i] = rng.bits(np.int32(seed), np.int32(stream), np.int32(first + i))


@numba.njit(error_model="numpy")
def fill_uniform(seed, stream, first, out):
    for i in range(out.size):
        out[i] = rng.uniform(np.int32(seed), np.int32(stream), np.int32(first + i))


@numba.njit(error_model="numpy")
def fill_normal(seed, stream, first, out):
    for i in range(out.shape[0]):
        out[i, 0], out[i, 1] = rng.normal_pair(np.int32(seed), np.int32(stream), np.int32(first + i))


def bits(seed=0, stream=0, n=N, first=0):
    """uint64 (n,): the numbers first, first + 1, ... of a stream."""
    out = np.empty(n, np.uint64)
    fill_bits(seed, stream, first, out)
    return out


def uniform(seed=0, stream=0, n=N, first=0):
    """float64 (n,)"""
    out = np.empty(n)
    fill_uniform(seed, stream, first, out)
    return out


def normal(seed=0, stream=0, n=N, first=0):
    """float64 (n, 2)"""
    out = np.empty((n, 2))
    fill_normal(seed, stream, first, out)
    return out


def distance(sample, cdf):
    """Kolmogorov and Smirnov's statistic times the root of n: over 1.95 with probability 0.001."""
    values, n = np.sort(sample), len(sample)
    true = np.array([cdf(x) for x in values.tolist()])
    ranks = np.arange(n + 1) / n
    return max(np.max(ranks[1:] - true), np.max(true - ranks[:-1])) * math.sqrt(n)


def normal_cdf(x):
    return 0.5 * (1 + math.erf(x / math.sqrt(2)))


def test_sequence_of_seed_zero_is_splitmix64s():
    published = [0xE220A8397B1DCDAF, 0x6E789E6AA1B965F4, 0x06C45D188009454F, 0xF88BB8A8724C81EC]
    assert bits(n=4).tolist() == published


def splitmix64(seed, stream, index):
    """The same in Python's integers."""

    def mix(z):
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9 % 2**64
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB % 2**64
        return z ^ (z >> 31)

    start = mix((seed % 2**32) * 2**32 + stream % 2**32)
    return mix((start + 0x9E3779B97F4A7C15 * (index + 1)) % 2**64)


@pytest.mark.parametrize("seed", [1, -1, 2**31 - 1, -(2**31)])
@pytest.mark.parametrize("stream", [0, 7, -3, 2**31 - 1])
def test_arithmetic_is_that_of_64_bits(seed, stream):
    """All int32s are taken, and nothing passes through a float on the way."""
    for first in 0, 12_345, 2**31 - 3:
        expected = [splitmix64(seed, stream, first + i) for i in range(3)]
        assert bits(seed, stream, 3, first).tolist() == expected
        assert uniform(seed, stream, 3, first).tolist() == [b // 2**11 / 2**53 for b in expected]


def test_normal_pair_is_box_and_mullers_of_two_uniforms():
    u = uniform(5, 2, 2000)
    radius, angle = np.sqrt(-2 * np.log(1 - u[::2])), 2 * np.pi * u[1::2]
    expected = np.column_stack([radius * np.cos(angle), radius * np.sin(angle)])
    np.testing.assert_allclose(normal(5, 2, 1000), expected, rtol=1e-13, atol=1e-14)


def test_a_number_depends_on_its_index_only():
    np.testing.assert_array_equal(normal(3, 1, 1000)[700:], normal(3, 1, 300, first=700))
    np.testing.assert_array_equal(bits(3, 1, 1000), bits(3, 1, 1000))


def test_normal_pair_is_finite_and_different_up_to_the_last_index():
    last = normal(3, 1, 1000, first=2**31 - 1000)
    assert np.isfinite(last).all() and len(np.unique(last)) == 2000


def test_uniform_fills_zero_to_one():
    u = uniform(11)
    assert u.min() >= 0 and u.max() < 1
    assert distance(u, lambda x: x) < 1.95
    counts = np.bincount((u * 100).astype(int), minlength=100)
    assert np.sum((counts - N / 100) ** 2) / (N / 100) < 149  # chi-squared, 99 degrees of freedom, p = 0.001


def test_every_bit_is_fair():
    ones = np.unpackbits(bits(17).view(np.uint8)).reshape(N, 64).mean(axis=0)
    assert np.abs(ones - 0.5).max() < 4.5 * 0.5 / math.sqrt(N)


def test_normal_has_the_moments_and_the_cdf_of_a_normal():
    sample = normal(42).ravel()
    n = len(sample)
    assert abs(sample.mean()) < 4 / math.sqrt(n)
    assert abs(np.mean(sample**2) - 1) < 4 * math.sqrt(2 / n)
    assert abs(np.mean(sample**3)) < 4 * math.sqrt(15 / n)
    assert abs(np.mean(sample**4) - 3) < 4 * math.sqrt(96 / n)
    assert distance(sample, normal_cdf) < 1.95
    assert 3.5 < np.abs(sample).max() < 8.6


def correlation(a, b):
    """Pearson's, in standard deviations of that of independent samples."""
    return abs(np.corrcoef(a, b)[0, 1]) * math.sqrt(len(a))


def test_the_two_of_a_pair_and_neighbours_are_independent():
    a, b = normal(8).T
    for first, second in (a, b), (a[1:], a[:-1]), (a[1:], b[:-1]), (a**2, b**2), (a[1:] ** 2, b[:-1] ** 2):
        assert correlation(first, second) < 4
    u = uniform(8)
    for lag in 1, 2, 3, 64:
        assert correlation(u[lag:], u[:-lag]) < 4


def test_seeds_and_streams_are_independent():
    """Neighbouring ones above all, those swapped, and the same index of many of them."""
    pairs = [(0, 0), (0, 1), (1, 0), (1, 1), (0, 2), (2, 0), (-1, 0), (0, -1), (12, 34), (34, 12)]
    drawn = np.array([uniform(*pair, n=20_000) for pair in pairs])
    between = np.corrcoef(drawn)[np.triu_indices(len(pairs), 1)]
    assert np.abs(between).max() < 4.5 / math.sqrt(20_000)
    for across in ([uniform(s, 0, 1)[0] for s in range(5000)], [uniform(0, s, 1)[0] for s in range(5000)]):
        assert distance(np.array(across), lambda x: x) < 1.95
        assert correlation(across[1:], across[:-1]) < 4


def test_no_number_comes_twice():
    drawn = np.concatenate([bits(seed, stream, 5000) for seed in range(5) for stream in range(5)])
    assert len(np.unique(drawn)) == len(drawn)
