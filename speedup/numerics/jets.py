"""The arithmetic of jets: a number with its derivatives by x and by y, (value, along_x, along_y), all float64.

Each function here stands for one of ordinary numbers (Griewank & Walther 2008, "Evaluating Derivatives", 3.1); its value is
that one's, bit for bit. Where there is no derivative, as of sqrt at 0, it is NaN or infinite.
"""

import ast
from math import copysign, sqrt

from speedup.kernels.native import kernel
from speedup.numerics.elementary import cos, exp, log, sin, sincos, sincos_small, tanh


@kernel
def constant(number):
    """Returns a number that depends on nothing."""
    return float(number), 0.0, 0.0


@kernel
def chain(value, slope, a):
    """Returns f(a) from its value and its slope f'(a)."""
    return value, slope * a[1], slope * a[2]


@kernel
def add(a, b):
    """Computes a + b."""
    return a[0] + b[0], a[1] + b[1], a[2] + b[2]


@kernel
def subtract(a, b):
    """Computes a - b."""
    return a[0] - b[0], a[1] - b[1], a[2] - b[2]


@kernel
def multiply(a, b):
    """Computes a b."""
    return a[0] * b[0], a[1] * b[0] + a[0] * b[1], a[2] * b[0] + a[0] * b[2]


@kernel
def divide(a, b):
    """Computes q = a / b, whose derivative is (a' - q b') / b."""
    q = a[0] / b[0]
    return q, (a[1] - q * b[1]) / b[0], (a[2] - q * b[2]) / b[0]


@kernel
def negate(a):
    """Computes -a."""
    return -a[0], -a[1], -a[2]


@kernel
def _abs(a):
    return chain(abs(a[0]), copysign(1.0, a[0]), a)


@kernel
def _max(a, b):
    return b if b[0] > a[0] else a


@kernel
def _min(a, b):
    return b if b[0] < a[0] else a


@kernel
def _sqrt(a):
    root = sqrt(a[0])
    return chain(root, 0.5 / root, a)


@kernel
def _exp(a):
    power = exp(a[0])
    return chain(power, power, a)


@kernel
def _log(a):
    return chain(log(a[0]), 1 / a[0], a)


@kernel
def _sincos(a):
    s, c = sincos(a[0])
    return chain(s, c, a), chain(c, -s, a)


@kernel
def _sin(a):
    return _sincos(a)[0]


@kernel
def _cos(a):
    return _sincos(a)[1]


@kernel
def _tanh(a):
    t = tanh(a[0])
    return chain(t, 1 - t * t, a)


BINARY = {ast.Add: add, ast.Sub: subtract, ast.Mult: multiply, ast.Div: divide}
# What a kernel may call, and what takes its place; other kernels are differentiated themselves.
FUNCTIONS = {
    abs: _abs, max: _max, min: _min, sqrt: _sqrt, exp: _exp, log: _log, sin: _sin, cos: _cos, tanh: _tanh,
    sincos: _sincos, sincos_small: _sincos,
}  # fmt: skip
