"""exp, log, sin, cos and tanh of a float64 in plain arithmetic.

C's libraries and browsers differ in the last bit of these functions; +, -, *, / and operations on integers
are the same everywhere, so a path is too. Each is at most 2 ulp from the true value for every float64; NaN
gives NaN, subnormals count in full, what overflows gives inf.

All go the same way: bring the argument into a short interval, exactly or as a difference of two floats (Cody
& Waite 1980, "Software Manual for the Elementary Functions"), then evaluate a polynomial there. exp, log and
tanh have no branches, so that LLVM can vectorise a loop over them. There are no tables of values (Tang 1989),
for which the browser's module has no place.
"""

from math import copysign, inf, nan

from speedup.kernels.bits import from_bits, to_bits
from speedup.kernels.native import kernel
from speedup.numerics.payne_hanek import reduce_large

# Adding 1.5 * 2**52 rounds to an integer, which the sum's lowest bits then hold; taking it away leaves it.
ROUND = 6755399441055744.0
TWO_52 = 4503599627370496.0

LOG2_E = 1.4426950408889634
LN2_HIGH, LN2_LOW = 0.6931471805598903, 5.497923018708371e-14  # 42 bits: k LN2_HIGH is exact for |k| < 2**11

ONE_BITS, SQRT_HALF_BITS, TWO_52_BITS = 0x3FF0000000000000, 0x3FE6A09E667F3BCD, 0x4330000000000000
FRACTION_BITS = 0xFFFFFFFFFFFFF
SMALLEST_NORMAL, TWO_54 = 2.2250738585072014e-308, 18014398509481984.0

TWO_OVER_PI = 0.6366197723675814
# pi/2 in three parts: k times the first (40 bits) or second (38 bits) is exact for |k| < 2**13.
PI_2_HIGH, PI_2_MIDDLE, PI_2_LOW = 1.5707963267941523, 7.443547480480255e-13, 6.36831716351095e-25
LARGE = 10000.0


@kernel
def exp(x):
    """Computes e^x = 2^k e^r, |r| <= ln(2)/2. Cody & Waite's reduction."""
    x = 710.0 if x > 710.0 else x  # inf from here on
    x = -746.0 if x < -746.0 else x  # 0 from here on
    k, r, tail = _exp_parts(x)
    half = (0.5 * k + ROUND) - ROUND  # in two steps: 2^k itself may overflow or be subnormal
    return (1.0 + (r + tail)) * _power_of_two(half) * _power_of_two(k - half)


@kernel
def tanh(x):
    """Computes tanh x = e / (e + 2) with the sign of x, e = exp(2|x|) - 1 without cancellation, as fdlibm's expm1.

    What the roundings of e and d = e + 2 took away moves the quotient t by (e_low - t d_low) / d, and
    1/d = (1 - t) / 2.
    """
    a = abs(x)
    k, r, tail = _exp_parts(2.0 * (20.0 if a > 20.0 else a))  # 1 from about 19.1 on
    scale = _power_of_two(k)
    s = (scale - 1.0) + scale * r
    e = s + scale * tail
    e_low = (((scale - 1.0) - s) + scale * r) + ((s - e) + scale * tail)
    d = e + 2.0
    two = d - e
    d_low = ((2.0 - two) + (e - (d - two))) + e_low  # Knuth's two-sum
    t = e / d
    return copysign(t + (e_low - t * d_low) * (0.5 - 0.5 * t), x)


@kernel
def _exp_parts(x):
    """(k, r, tail) with e^x = 2^k (1 + r + tail), r exact, k an integer as a float; |x| < 1000.

    The polynomial is the minimax one of degree 10 for (e^t - 1 - t) / t^2: e^t - 1 is off by 2^-61 t at most.
    """
    k = (x * LOG2_E + ROUND) - ROUND
    r = x - k * LN2_HIGH
    low = k * LN2_LOW
    t = r - low
    t2 = t * t
    t4 = t2 * t2
    p = 0.5 + 0.16666666666666677 * t + t2 * (0.0416666666666667 + 0.008333333333321598 * t)
    q = 0.0013888888888866809 + 0.00019841269886209826 * t
    q += t2 * (2.480158736061557e-05 + 2.755724412484605e-06 * t)
    s = 2.755724270695182e-07 + 2.5109066524039225e-08 * t + 2.092446010258393e-09 * t2
    return k, r, t2 * (p + t4 * (q + t4 * s)) - low


@kernel
def _power_of_two(k):
    """2^k for an integer as a float, -1022 <= k <= 1023: k + 1023 becomes the exponent's bits."""
    return from_bits(to_bits(k + (TWO_52 + 1023.0)) << 52)


@kernel
def log(x):
    """Computes ln x = k ln 2 + ln(1 + f), sqrt(1/2) <= 1 + f < sqrt(2). fdlibm's e_log.c.

    ln(1 + f) = f - f^2/2 + s (f^2/2 + R(s^2)), s = f / (2 + f). ln 0 = -inf, NaN below.
    """
    subnormal = x < SMALLEST_NORMAL
    bits = to_bits(x * TWO_54 if subnormal else x) + (ONE_BITS - SQRT_HALF_BITS)
    k = from_bits((bits >> 52) + TWO_52_BITS) - (TWO_52 + (1077.0 if subnormal else 1023.0))
    f = from_bits((bits & FRACTION_BITS) + SQRT_HALF_BITS) - 1.0
    s = f / (2.0 + f)
    z = s * s
    w = z * z
    p = 0.6666666666666735 + w * (0.2857142874366239 + w * (0.1818357216161805 + w * 0.14798198605116586))
    q = 0.3999999999940942 + w * (0.22222198432149784 + w * 0.15313837699209373)
    half = 0.5 * f * f
    y = k * LN2_HIGH - ((half - (s * (half + (z * p + w * q)) + k * LN2_LOW)) - f)
    y = y if x < inf else x  # inf, NaN
    y = y if x != 0.0 else -inf
    return nan if x < 0.0 else y


@kernel
def sin(x):
    """Computes sin x = sin(n pi/2 + r), |r| <= pi/4."""
    n, r, low = _quarter_turns(x)
    return _sin_of(n, r, low)


@kernel
def cos(x):
    """Computes cos x = sin((n + 1) pi/2 + r), |r| <= pi/4."""
    n, r, low = _quarter_turns(x)
    return _sin_of(n + 1, r, low)


@kernel
def sincos(x):
    """Returns (sin x, cos x), the same numbers as from sin and cos in the time of one."""
    n, r, low = _quarter_turns(x)
    return _sin_of(n, r, low), _sin_of(n + 1, r, low)


@kernel
def sincos_small(x):
    """Returns what sincos does, of |x| < 10000; else NaN. It has no branch: loops become SIMD, and what stays leaves them."""
    n, r, low = _few_quarter_turns(x)
    r = r if abs(x) < LARGE else nan
    return _sin_of(n, r, low), _sin_of(n + 1, r, low)


@kernel
def sin_small(x):
    """Returns what sin does, of |x| < 10000; else NaN. See sincos_small."""
    return sincos_small(x)[0]


@kernel
def _quarter_turns(x):
    """(n, r, low) with x = n pi/2 + r - low, n modulo 4, low tiny. Cody & Waite, or Payne & Hanek."""
    return _few_quarter_turns(x) if abs(x) < LARGE else reduce_large(x)


@kernel
def _few_quarter_turns(x):
    rounded = x * TWO_OVER_PI + ROUND
    k = rounded - ROUND
    y = x - k * PI_2_HIGH
    w = k * PI_2_MIDDLE
    r = y - w
    return to_bits(rounded), r, k * PI_2_LOW - ((y - r) - w)


@kernel
def _sin_of(n, r, low):
    """sin(n pi/2 + r - low): the sine or cosine of r - low, or its negative. fdlibm's k_sin.c and k_cos.c."""
    z = r * r
    w = z * z
    p = -0.0001984126982985795 + z * 2.7557313707070068e-06
    p += w * (-2.5050760253406863e-08 + z * 1.58969099521155e-10)
    p = -0.16666666666666632 + z * 0.00833333333332249 + w * p
    sine = r - (low - r * z * p)  # in this order -0 gives -0
    q = 2.480158728947673e-05 - z * 2.7557314351390663e-07
    q += w * (2.087572321298175e-09 - z * 1.1359647557788195e-11)
    q = 0.0416666666666666 - z * 0.001388888888887411 + w * q
    half = 0.5 * z
    near = 1.0 - half
    cosine = near + (((1.0 - near) - half) + (w * q + r * low))
    # No ifs: a processor would guess wrong half of the time.
    odd = -(n & 1)  # all bits or none
    y = (to_bits(cosine) & odd) | (to_bits(sine) & ~odd)
    return from_bits(y ^ ((n & 2) << 62))
