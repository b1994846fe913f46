"""The largest eigenvalue of a matrix of second derivatives."""

from math import sqrt

from speedup.kernels.native import kernel


@kernel
def largest(xx, xy, yy, scale_x, scale_y):
    """Computes the largest eigenvalue of P⁻¹H, which is that of P^(-½) H P^(-½); H = ((xx, xy), (xy, yy)), P = diag(scales)."""
    a, b, c = xx / scale_x, xy / (sqrt(scale_x) * sqrt(scale_y)), yy / scale_y
    half = (a - c) / 2
    return (a + c) / 2 + sqrt(half * half + b * b)
