"""speedup.numerics.elementary against mpmath with 50 digits: every function, over its whole range, at its edges."""

import math

import mpmath
import numba
import numpy as np
import pytest

from speedup.numerics import elementary

NAMES = "exp", "log", "sin", "cos", "tanh"
ULPS = 2.0
LARGEST, SUBNORMAL = 1.7976931348623157e308, 5e-324


def vectorised(function):
    """The kernel as a function of an array."""

    @numba.njit(error_model="numpy")
    def fill(x, y):
        for i in range(x.size):
            y[i] = function(x[i])

    def call(x):
        x = np.array(x, dtype=float)
        y = np.empty_like(x)
        fill(x, y)
        return y

    return call


COMPUTED = {name: vectorised(getattr(elementary, name)) for name in NAMES}


def worst(name, x):
    """(error in ulps of the true value, x) where the function errs most."""
    reference, worst = getattr(mpmath, name), (-1.0, None)
    with mpmath.workdps(50):
        for at, got in zip(x.tolist(), COMPUTED[name](x).tolist()):
            true = reference(mpmath.mpf(at))
            ulp = math.ulp(min(abs(float(true)), LARGEST))
            error = float(abs(mpmath.mpf(got) - true)) / ulp if math.isfinite(got) else math.inf
            worst = max(worst, (error, at))
    return worst


def any_bits(rng, n):
    """Finite floats of every magnitude alike, subnormals among them."""
    x = rng.integers(0, 2**64, n, dtype=np.uint64).view(float)
    return x[np.isfinite(x)]


def around(x):
    """The floats and their neighbours on both sides."""
    x = np.asarray(x, dtype=float)
    return np.concatenate([np.nextafter(x, -np.inf), x, np.nextafter(x, np.inf)])


def powers(n=4000, low=-1074, high=1023):
    """Floats of both signs whose exponents fill the range."""
    rng = np.random.default_rng(9)
    x = np.ldexp(rng.uniform(1, 2, n), rng.integers(low, high + 1, n).astype(int))
    return x * rng.choice([-1.0, 1.0], n)


def quarter_turns():
    """The floats nearest to the multiples n pi/2 that are reduced by Cody & Waite's way."""
    with mpmath.workdps(50):
        return np.array([float(n * mpmath.pi / 2) for n in range(1, 6400)])


def nearest_to_quarter_turns():
    """For every exponent the float m 2^e nearest to a multiple n pi/2: the hardest to reduce.

    m / n is a convergent of the continued fraction of 2^-e pi/2 (Kahan 1983, "Minimizing q*m - n").
    """
    found = []
    for e in range(-52, 972):
        numerator, denominator = mpmath.libmp.pi_fixed(1400) << max(-e, 0), 1 << (1401 + max(e, 0))
        (m, before), worst = (1, 0), None
        while denominator:
            quotient, rest = divmod(numerator, denominator)
            m, before = quotient * m + before, m
            if m >= 2**53:
                break
            worst, numerator, denominator = m, denominator, rest
        if worst:
            found.append(math.ldexp(worst, e))
    return found


def points(name):
    """About 20,000 arguments with a finite, nonzero value."""
    rng = np.random.default_rng(1)
    both = [rng.normal(0, 1, 4000), rng.uniform(-20, 20, 4000), powers(2000, -1074, 4)]
    if name == "exp":
        steps = np.arange(-1074, 1024) * math.log(2) / 2  # where the interval ends
        wide = rng.uniform(-745.1, 709.7, 6000), rng.uniform(-745.1, -708.3, 2000), around(steps)
    elif name == "log":
        one = 1 + rng.normal(0, 1, 3000) * 2.0 ** -rng.integers(5, 52, 3000)
        ends = around([math.sqrt(0.5), math.sqrt(2), 2.2250738585072014e-308, 0.5, 2, 4, 1e-5, 1e5])
        edges = np.array([SUBNORMAL, 1e-323, LARGEST])
        wide = any_bits(rng, 8000), one, rng.uniform(0.5, 2, 4000), ends, edges
    elif name == "tanh":
        edge, tiny = np.linspace(17, 20, 2000), powers(2000, -60, 5)
        wide = rng.uniform(-0.5, 0.5, 6000), edge, tiny, any_bits(rng, 1000)
    else:
        turns, hard = quarter_turns(), nearest_to_quarter_turns()
        limits = np.concatenate([around([elementary.LARGE, -elementary.LARGE, 2.0**30]), [LARGEST]])
        random = any_bits(rng, 3000), rng.uniform(-1e4, 1e4, 2000)
        wide = *random, turns, turns / 2, hard, np.negative(hard), limits
    x = np.concatenate([*both, *wide])
    return np.abs(x) if name == "log" else x[x != 0]


@pytest.mark.parametrize("name", NAMES)
def test_within_two_ulps(name):
    x = points(name)
    error, at = worst(name, x)
    assert len(x) > 17_000 and error <= ULPS, f"{name}({at!r}) is off by {error:.3f} ulp"


@pytest.mark.parametrize("name", NAMES)
def test_nan_gives_nan(name):
    assert np.isnan(COMPUTED[name]([math.nan, -math.nan])).all()


def same(name, x, expected):
    """Whether the values are those expected, and so are the signs of zeros."""
    got, expected = COMPUTED[name](x), np.array(expected, dtype=float)
    np.testing.assert_array_equal(got, expected)
    np.testing.assert_array_equal(np.signbit(got), np.signbit(expected))


def test_exp_is_exact_at_its_edges():
    same("exp", [0.0, -0.0, SUBNORMAL, 1e-17, -1e-17], [1, 1, 1, 1, 1])
    same("exp", [math.inf, -math.inf, 710.0, 1e300, -1e300], [math.inf, 0, math.inf, math.inf, 0])


def test_exp_overflows_and_underflows_where_it_should():
    above, below = 709.782712893384, -745.1332191019411  # the last with a finite, a nonzero value
    assert worst("exp", np.array([above]))[0] <= ULPS
    same("exp", [math.nextafter(above, math.inf)], [math.inf])
    same("exp", [below, math.nextafter(below, -math.inf)], [SUBNORMAL, 0])


def test_log_is_exact_at_its_edges():
    same("log", [1.0, 0.0, -0.0, math.inf], [0, -math.inf, -math.inf, math.inf])
    assert np.isnan(COMPUTED["log"]([-SUBNORMAL, -1.0, -LARGEST, -math.inf])).all()


def test_sin_and_cos_are_exact_at_zero_and_nan_at_infinity():
    tiny = [0.0, -0.0, SUBNORMAL, -SUBNORMAL, 1e-9, -1e-9]
    same("sin", tiny, tiny)
    same("cos", tiny, np.ones(6))
    for name in "sin", "cos":
        assert np.isnan(COMPUTED[name]([math.inf, -math.inf])).all()


def test_tanh_is_exact_at_its_edges():
    tiny = [0.0, -0.0, SUBNORMAL, -SUBNORMAL, 2.3e-308, -1e-9]
    same("tanh", tiny, tiny)
    same("tanh", [20.0, -20.0, LARGEST, math.inf, -math.inf], [1, -1, 1, 1, -1])
    assert np.abs(COMPUTED["tanh"](np.linspace(-25, 25, 100_001))).max() == 1


@pytest.mark.parametrize("name, sign", [("sin", -1), ("cos", 1), ("tanh", -1)])
def test_odd_and_even(name, sign):
    x = np.concatenate([powers(), np.random.default_rng(2).uniform(-30, 30, 4000)])
    same(name, -x, sign * COMPUTED[name](x))


def test_sin_cos_and_tanh_stay_within_one():
    x = np.concatenate([any_bits(np.random.default_rng(3), 20_000), np.arange(-9999, 9999) * (math.pi / 2)])
    for name in "sin", "cos", "tanh":
        assert np.abs(COMPUTED[name](x)).max() <= 1


def test_sincos_gives_what_sin_and_cos_give():
    x = np.concatenate([powers(), np.linspace(-50, 50, 9999), [0.0, -0.0, math.nan, math.inf]])
    for i, name in enumerate(("sin", "cos")):
        pick = vectorised(numba.njit(lambda x, i=i: elementary.sincos(x)[i]))
        np.testing.assert_array_equal(pick(x).view(np.int64), COMPUTED[name](x).view(np.int64))


def test_what_has_no_branch_is_the_same_where_it_holds():
    """Of sin and cos for small numbers: bit for bit, -0 too, and NaN beyond."""
    x = np.concatenate([np.random.default_rng(3).uniform(-1e4, 1e4, 20_000), [0.0, -0.0, 5e-324, np.nextafter(1e4, 0)]])
    small = vectorised(elementary.sin_small)
    assert small(x).tobytes() == COMPUTED["sin"](x).tobytes() and np.isnan(small([1e4, -1e4, np.inf, np.nan])).all()
    cosine = numba.njit(error_model="numpy")(lambda x: elementary.sincos_small(x)[1])
    assert vectorised(cosine)(x).tobytes() == COMPUTED["cos"](x).tobytes()
