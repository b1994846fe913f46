"""What is drawn of many numbers: a loss made smooth, the quantiles of many seeds."""

from math import floor, inf, isfinite

from speedup.kernels.native import entry


@entry("out:f64* values:f64* n:i32 beta:f64")
def smooth(out, values, n, beta):
    """Computes out[i] = the exponential average of values[: i + 1], an older one weighs beta times as much; NaN after a NaN."""
    average, weight = 0.0, 0.0
    for i in range(n):
        average = beta * average + (1 - beta) * values[i]
        weight = beta * weight + (1 - beta)
        out[i] = average / weight


@entry("out:f64* values:f64* n:i32 q:f64* m:i32")
def quantiles(out, values, n, q, m):
    """Computes out[j] = the q[j]-quantile of n values, between two of them in proportion; what isn't finite counts as infinite.

    Sorts `values` in place.
    """
    for i in range(n):
        value, j = values[i] if isfinite(values[i]) else inf, i
        while j > 0 and values[j - 1] > value:
            values[j] = values[j - 1]
            j -= 1
        values[j] = value
    for j in range(m):
        at = q[j] * (n - 1)
        low = min(int(floor(at)), n - 1)
        part = at - low
        out[j] = values[low] if part == 0 else values[low] + part * (values[low + 1] - values[low])
