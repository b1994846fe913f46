"""The loss surfaces: each a pure function (x, y, a, b) -> (z, dz/dx, dz/dy), and the table of them all.

a and b are the surface's parameters (`Surface.parameters`), ignored where it has none. All are float64; NaN or
infinite coordinates give NaN or infinite values, nothing is clipped or scaled. Formulas and minima are the published
ones (Jamil & Yang 2013, "A literature survey of benchmark functions", unless a docstring says otherwise).
"""

from itertools import count
from math import sqrt

from speedup.kernels.dispatch import dispatch
from speedup.kernels.native import kernel
from speedup.numerics.elementary import exp, log, sin, sincos, sincos_small, tanh
from speedup.schema.frozen import Table
from speedup.schema.parameters import Parameter, Surface

PI = 3.141592653589793
E = 2.718281828459045


@kernel
def rosenbrock(x, y, a, b):
    """Computes (1-x)^2 + 100 (y-x^2)^2. Rosenbrock 1960."""
    u, v = 1 - x, y - x * x
    return u * u + 100 * v * v, -2 * u - 400 * x * v, 200 * v


@kernel
def beale(x, y, a, b):
    """Computes (1.5-x+xy)^2 + (2.25-x+xy^2)^2 + (2.625-x+xy^3)^2. Beale 1958."""
    q, r, s = y - 1, y * y - 1, y * y * y - 1
    t, u, v = 1.5 + x * q, 2.25 + x * r, 2.625 + x * s
    return t * t + u * u + v * v, 2 * (t * q + u * r + v * s), 2 * x * (t + 2 * y * u + 3 * y * y * v)


@kernel
def himmelblau(x, y, a, b):
    """Computes (x^2+y-11)^2 + (x+y^2-7)^2. Himmelblau 1972."""
    u, v = x * x + y - 11, x + y * y - 7
    return u * u + v * v, 4 * x * u + 2 * v, 2 * u + 4 * y * v


@kernel
def saddle(x, y, a, b):
    """Computes x^2 - y^2."""
    return x * x - y * y, 2 * x, -2 * y


@kernel
def monkey_saddle(x, y, a, b):
    """Computes x^3 - 3 x y^2: three ways down, three up (two legs and a tail). Hilbert & Cohn-Vossen 1932."""
    return x * x * x - 3 * x * y * y, 3 * x * x - 3 * y * y, -6 * x * y


@kernel
def long_valley(x, y, condition, angle):
    """Computes (u^2 + condition v^2) / 2, where (u, v) is (x, y) turned by `angle` degrees: an ill-conditioned quadratic."""
    s, c = sincos_small(angle * PI / 180)
    u, v = c * x + s * y, c * y - s * x
    return (u * u + condition * v * v) / 2, c * u - condition * s * v, s * u + condition * c * v


@kernel
def rastrigin(x, y, a, b):
    """Computes 20 + x^2 - 10 cos 2 pi x + y^2 - 10 cos 2 pi y. Rastrigin 1974."""
    sin_x, cos_x = sincos(2 * PI * x)
    sin_y, cos_y = sincos(2 * PI * y)
    z = 20 + x * x - 10 * cos_x + y * y - 10 * cos_y
    return z, 2 * x + 20 * PI * sin_x, 2 * y + 20 * PI * sin_y


@kernel
def ackley(x, y, a, b):
    """Computes 20 + e - 20 exp(-r/5) - exp((cos 2 pi x + cos 2 pi y) / 2), r^2 = (x^2+y^2)/2. Ackley 1987.

    Its tip is a cone without a gradient at (0, 0); there it is given as 0.
    """
    r = sqrt((x * x + y * y) / 2)
    sin_x, cos_x = sincos(2 * PI * x)
    sin_y, cos_y = sincos(2 * PI * y)
    cone, bumps = 20 * exp(-r / 5), exp((cos_x + cos_y) / 2)
    slope = cone / (10 * r) if r > 0 else 0 * r
    return 20 + E - cone - bumps, slope * x + PI * sin_x * bumps, slope * y + PI * sin_y * bumps


@kernel
def three_hump_camel(x, y, a, b):
    """Computes 2 x^2 - 1.05 x^4 + x^6/6 + x y + y^2."""
    s = x * x
    return s * (2 - 1.05 * s + s * s / 6) + x * y + y * y, x * (4 - 4.2 * s + s * s) + y, x + 2 * y


@kernel
def six_hump_camel(x, y, a, b):
    """Computes (4 - 2.1 x^2 + x^4/3) x^2 + x y + 4 (y^2-1) y^2. Dixon & Szego 1978."""
    s, t = x * x, y * y
    z = s * (4 - 2.1 * s + s * s / 3) + x * y + 4 * (t - 1) * t
    return z, x * (8 - 8.4 * s + 2 * s * s) + y, x + y * (16 * t - 8)


@kernel
def styblinski_tang(x, y, a, b):
    """Computes (x^4 - 16 x^2 + 5x + y^4 - 16 y^2 + 5y) / 2. Styblinski & Tang 1990."""
    s, t = x * x, y * y
    z = (s * (s - 16) + 5 * x + t * (t - 16) + 5 * y) / 2
    return z, x * (2 * s - 16) + 2.5, y * (2 * t - 16) + 2.5


@kernel
def goldstein_price(x, y, a, b):
    """Computes (1 + u^2 p)(30 + v^2 q), u = x+y+1, v = 2x-3y, p and q quadratic. Goldstein & Price 1971."""
    u, v = x + y + 1, 2 * x - 3 * y
    p = 19 - 14 * x + 3 * x * x - 14 * y + 6 * x * y + 3 * y * y
    q = 18 - 32 * x + 12 * x * x + 48 * y - 36 * x * y + 27 * y * y
    f, g = 1 + u * u * p, 30 + v * v * q
    df = 2 * u * p + u * u * (-14 + 6 * x + 6 * y)  # the same along x and y
    dgx, dgy = 4 * v * q + v * v * (-32 + 24 * x - 36 * y), -6 * v * q + v * v * (48 - 36 * x + 54 * y)
    return f * g, df * g + f * dgx, df * g + f * dgy


@kernel
def booth(x, y, a, b):
    """Computes (x+2y-7)^2 + (2x+y-5)^2."""
    u, v = x + 2 * y - 7, 2 * x + y - 5
    return u * u + v * v, 2 * u + 4 * v, 4 * u + 2 * v


@kernel
def matyas(x, y, a, b):
    """Computes 0.26 (x^2+y^2) - 0.48 x y."""
    return 0.26 * (x * x + y * y) - 0.48 * x * y, 0.52 * x - 0.48 * y, 0.52 * y - 0.48 * x


@kernel
def mccormick(x, y, a, b):
    """Computes sin(x+y) + (x-y)^2 - 1.5x + 2.5y + 1. McCormick 1976."""
    d = x - y
    wave, slope = sincos(x + y)
    return wave + d * d - 1.5 * x + 2.5 * y + 1, slope + 2 * d - 1.5, slope - 2 * d + 2.5


@kernel
def levy13(x, y, a, b):
    """Computes sin^2 3 pi x + (x-1)^2 (1 + sin^2 3 pi y) + (y-1)^2 (1 + sin^2 2 pi y). Levy & Montalvo 1985."""
    u, v = x - 1, y - 1
    p, q, r = sin(3 * PI * x), sin(3 * PI * y), sin(2 * PI * y)
    dx = 3 * PI * sin(6 * PI * x) + 2 * u * (1 + q * q)
    dy = u * u * 3 * PI * sin(6 * PI * y) + 2 * v * (1 + r * r) + v * v * 2 * PI * sin(4 * PI * y)
    return p * p + u * u * (1 + q * q) + v * v * (1 + r * r), dx, dy


@kernel
def easom(x, y, a, b):
    """Computes -cos x cos y exp(-(x-pi)^2 - (y-pi)^2). Easom 1990."""
    u, v = x - PI, y - PI
    sin_x, cos_x = sincos(x)
    sin_y, cos_y = sincos(y)
    bell = exp(-u * u - v * v)
    return -cos_x * cos_y * bell, (sin_x + 2 * u * cos_x) * cos_y * bell, (sin_y + 2 * v * cos_y) * cos_x * bell


@kernel
def plateau(x, y, a, b):
    """Computes 1 - tanh 4x + 0.1 log(1 + (x-3)^2 + y^2): a flat step, a cliff at x = 0, a wide basin behind it. Our own."""
    cliff, u = tanh(4 * x), x - 3
    q = 1 + u * u + y * y
    return 1 - cliff + 0.1 * log(q), 0.2 * u / q - 4 * (1 - cliff * cliff), 0.2 * y / q


def _row(kernel, label, domain, start, teaches, **rest):
    """A row; a domain of one pair holds for x and y."""
    domain = domain if isinstance(domain[0], tuple) else (domain, domain)
    return Surface(kernel.__name__, label, kernel, next(_indices), domain, start, teaches, **rest)


_indices = count()
_CAMEL, _TANG = (0.0898420131003, -0.7126564032704), -2.9035340277711771

# fmt: off
_ROWS = (
    _row(rosenbrock, "Rosenbrock", ((-2.0, 2.0), (-1.0, 3.0)), (-1.1, 0.5),
         "A bent valley: falling into it is easy, walking along its flat floor is the hard part.",
         minima=((1.0, 1.0),), minimum=0.0, radius=0.1, scale="log", unit=0.5),
    _row(beale, "Beale", (-4.5, 4.5), (0.7, -1.7),
         "Steep walls, a flat floor and a sharp turn: one learning rate can't suit all three.",
         minima=((3.0, 0.5),), minimum=0.0, radius=0.1, scale="log", unit=0.2),
    _row(himmelblau, "Himmelblau", (-5.5, 5.5), (-0.3, -0.7),
         "Four equal minima: from one start, different optimizers end in different valleys.",
         minima=((3.0, 2.0), (-2.805118086953, 3.131312518250), (-3.779310253378, -3.283185991286),
                 (3.584428340330, -1.848126526964)), minimum=0.0, radius=0.15, scale="log", unit=5.0),
    _row(saddle, "Saddle", (-2.0, 2.0), (-1.6, -0.01),
         "The gradient all but vanishes in the middle: who notices the faint slope sideways and escapes first?",
         escaped=-1.0),
    _row(monkey_saddle, "Monkey saddle", (-1.5, 1.5), (1.2, 0.05),
         "Flatter than a saddle: gradient and curvature vanish at the centre; inertia carries, or tiny gradients are "
         "made to count.",
         escaped=-1.0),
    _row(long_valley, "Long valley", ((-10.0, 10.0), (-7.0, 7.0)), (-8.0, 5.0),
         "A bowl stretched far in one direction: plain gradient descent zig-zags or creeps; turn it, and the "
         "per-coordinate methods lose their edge.",
         minima=((0.0, 0.0),), minimum=0.0, radius=0.2, scale="log", unit=10.0,
         parameters=(Parameter("condition", "κ", 50.0, 1.0, 1000.0, "log", 1.0),
                     Parameter("angle", "angle", 0.0, -90.0, 90.0))),
    _row(rastrigin, "Rastrigin", (-5.12, 5.12), (1.2, -1.2),
         "A bowl full of dents: a gradient knows only the nearest one; speed or noise may carry over the rims.",
         minima=((0.0, 0.0),), minimum=0.0, radius=0.15),
    _row(ackley, "Ackley", (-5.0, 5.0), (-3.6, 2.4),
         "A nearly flat, bumpy plain around one deep funnel: from most starts one gets caught before finding it.",
         minima=((0.0, 0.0),), minimum=0.0, radius=0.15),
    _row(three_hump_camel, "Three-hump camel", (-2.2, 2.2), (-1.2, -1.6),
         "Two false valleys beside the true one: a little speed decides where a path ends.",
         minima=((0.0, 0.0),), minimum=0.0, radius=0.06, scale="log", unit=0.2),
    _row(six_hump_camel, "Six-hump camel", ((-2.0, 2.0), (-1.2, 1.2)), (-1.4, -1.1),
         "Six valleys, two of them the deepest: the start and the speed choose among them.",
         minima=(_CAMEL, (-_CAMEL[0], -_CAMEL[1])), minimum=-1.031628453489877, radius=0.06, scale="log", unit=0.3),
    _row(styblinski_tang, "Styblinski-Tang", (-4.5, 4.5), (-0.2, -4.0),
         "Four valleys of unequal depth: from most starts one settles for a good one and misses the best.",
         minima=((_TANG, _TANG),), minimum=-78.33233140754282, radius=0.1, scale="log", unit=20.0),
    _row(goldstein_price, "Goldstein-Price", ((-2.0, 2.0), (-3.0, 1.0)), (-1.2, -1.3),
         "Slopes that differ a million-fold: a learning rate safe at the rim is hopeless at the bottom.",
         minima=((0.0, -1.0),), minimum=3.0, radius=0.06, scale="log", unit=10.0),
    _row(booth, "Booth", (-10.0, 10.0), (5.8, -8.9),
         "A plain, tilted bowl: every method gets there, so look at how.",
         minima=((1.0, 3.0),), minimum=0.0, radius=0.15, scale="log", unit=20.0),
    _row(matyas, "Matyas", (-10.0, 10.0), (-8.0, -3.0),
         "A gentle diagonal valley: the slope along it is tiny, so patience or inertia wins.",
         minima=((0.0, 0.0),), minimum=0.0, radius=0.2, scale="log", unit=0.5),
    _row(mccormick, "McCormick", ((-1.5, 4.0), (-3.0, 4.0)), (-0.7, 2.5),
         "A tilted, rippled trough: a shallow rest stop lies above the real minimum.",
         minima=((-0.547197551197, -1.547197551197),), minimum=-1.913222954981037, radius=0.08),
    _row(levy13, "Lévy 13", (-2.0, 4.0), (-0.7, 2.2),
         "A corrugated valley: ridge after ridge across the way; inertia rides over them.",
         minima=((1.0, 1.0),), minimum=0.0, radius=0.08),
    _row(easom, "Easom", (0.0, 6.3), (1.4, 1.9),
         "A pinhole in a flat plain: almost no gradient tells where it is, so small gradients must be made to count.",
         minima=((PI, PI),), minimum=-1.0, radius=0.1),
    _row(plateau, "Plateau", ((-3.0, 5.0), (-3.0, 3.0)), (-2.0, 1.8),
         "A flat step, then a cliff: creep along the step, and the cliff may throw you out of the basin behind it.",
         minima=((3.0, 0.0),), minimum=0.0, radius=0.15),
)
# fmt: on
SURFACES = Table(_ROWS)
# Those with waves: each sine takes longer than a call.
_LONG = (rastrigin, ackley, mccormick, levy13, easom, plateau)
surface = dispatch([row.kernel for row in _ROWS], apart=_LONG)  # (k, x, y, a, b) -> (z, dz/dx, dz/dy) of surface number k
