"""Quarter turns in a large angle: x modulo pi/2 in integer arithmetic, exact however large x is.

x = m 2**e with an integer m < 2**53. In x (2/pi) only the bits from 2**1 down matter: those above are whole
turns. So take the 192 bits of 2/pi that m 2**e brings there, multiply, and two bits of the product are the
quadrant, the rest the fraction. No float64 comes nearer to a multiple of pi/2 than about 2**-61, so 126 bits
of fraction do. Payne & Hanek 1983, "Radian reduction for trigonometric functions".
"""

from numba import float64, int64, uint64

from speedup.kernels.bits import from_bits, to_bits
from speedup.kernels.native import kernel

LOW_32 = uint64(0xFFFFFFFF)
PI_2, PI_2_LOW = 1.5707963267948966, 6.123233995736766e-17  # pi/2 in two floats
PI_2_HEAD, PI_2_TAIL = 1.5707963109016418, 1.5893254712295857e-08  # the first of them, in halves of 26 bits


@kernel
def reduce_large(x):
    """Returns (n, r, low) with x = n pi/2 + r - low modulo 2 pi, |r| <= pi/4, low the rounding error of r.

    For |x| >= 2**13; infinity and NaN give r = NaN.
    """
    bits = to_bits(x)
    exponent = (bits >> 52) & 0x7FF
    if exponent == 0x7FF:
        return int64(0), x - x, 0.0
    mantissa = uint64((bits & 0xFFFFFFFFFFFFF) | 0x10000000000000)
    skip = exponent - 1075 + 62  # bits to pass over: e - 2 of 2/pi, and the 64 zeros before it
    i, shift = skip >> 6, uint64(skip & 63)
    a, b, c, d = _word(i), _word(i + 1), _word(i + 2), _word(i + 3)
    a, b, c = _join(a, b, shift), _join(b, c, shift), _join(c, d, shift)
    carried = _high(mantissa, c)
    low = mantissa * b + carried
    high = mantissa * a + _high(mantissa, b) + uint64(low < carried)
    # The quadrant is rounded to the nearest: what remains is a signed fraction of a quarter turn.
    fraction = _join(high, low, uint64(2))
    n = int64(high >> uint64(62)) + int64(fraction >> uint64(63))
    r, low_r = _radians(int64(fraction), low << uint64(2))
    return (-n, -r, -low_r) if x < 0.0 else (n, r, low_r)


@kernel
def _radians(high, low):
    """(r, low) with r - low = pi/2 (high 2**-64 + low 2**-128), in pairs of floats (Dekker 1971)."""
    first, second = float64(high >> 32) * 2.0**-32, float64(high & 0xFFFFFFFF) * 2.0**-64
    third = float64(int64(low >> uint64(11))) * 2.0**-117
    s = first + second
    t = ((first - s) + second) + third
    head = from_bits(to_bits(s) & -0x8000000)
    tail = s - head
    r = s * PI_2
    error = ((head * PI_2_HEAD - r) + head * PI_2_TAIL + tail * PI_2_HEAD) + tail * PI_2_TAIL
    return r, -(error + (s * PI_2_LOW + t * PI_2))


@kernel
def _join(high, low, shift):
    """The upper 64 bits of the 128 of (high, low), shifted left by 0 to 63."""
    return (high << shift) | ((low >> uint64(1)) >> (uint64(63) - shift))


@kernel
def _high(m, w):
    """The upper 64 bits of the 128 of the product m w, by halves (Knuth, TAOCP 2, 4.3.1)."""
    m1, m0, w1, w0 = m >> uint64(32), m & LOW_32, w >> uint64(32), w & LOW_32
    middle = m0 * w1 + ((m0 * w0) >> uint64(32))
    return m1 * w1 + (middle >> uint64(32)) + ((m1 * w0 + (middle & LOW_32)) >> uint64(32))


@kernel
def _word(i):
    """Word i of 2/pi, 64 bits each, a word of zeros first; i = 0..19.

    Products, since LLVM might make a table in memory of a chain of ifs, and the browser's module has none.
    """
    return (
        uint64(i == 1) * uint64(0xA2F9836E4E441529)
        | uint64(i == 2) * uint64(0xFC2757D1F534DDC0)
        | uint64(i == 3) * uint64(0xDB6295993C439041)
        | uint64(i == 4) * uint64(0xFE5163ABDEBBC561)
        | uint64(i == 5) * uint64(0xB7246E3A424DD2E0)
        | uint64(i == 6) * uint64(0x06492EEA09D1921C)
        | uint64(i == 7) * uint64(0xFE1DEB1CB129A73E)
        | uint64(i == 8) * uint64(0xE88235F52EBB4484)
        | uint64(i == 9) * uint64(0xE99C7026B45F7E41)
        | uint64(i == 10) * uint64(0x3991D639835339F4)
        | uint64(i == 11) * uint64(0x9C845F8BBDF9283B)
        | uint64(i == 12) * uint64(0x1FF897FFDE05980F)
        | uint64(i == 13) * uint64(0xEF2F118B5A0A6D1F)
        | uint64(i == 14) * uint64(0x6D367ECF27CB09B7)
        | uint64(i == 15) * uint64(0x4F463F669E5FEA2D)
        | uint64(i == 16) * uint64(0x7527BAC7EBE5F17B)
        | uint64(i == 17) * uint64(0x3D0739F78A5292EA)
        | uint64(i == 18) * uint64(0x6BFB5FB11F8D5D08)
        | uint64(i == 19) * uint64(0x56033046FC7B6BAB)
    )
