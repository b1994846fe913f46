"""The lines of every update along a race's path, with the value of each: what the kernels compute on their way."""

from speedup.decay import start, tick
from speedup.kernels.apart import take_apart
from speedup.kernels.dispatch import dispatch
from speedup.kernels.native import entry
from speedup.numerics.rng import normal_pair
from speedup.optimizers import UPDATES
from speedup.race.race import GRADIENT_NOISE
from speedup.schema.parameters import SURFACE, read_hyper
from speedup.surfaces import surface

noting = dispatch([take_apart(one).noting for one in UPDATES])  # as `update`, with the page on which lines are noted


ARGUMENTS = "values:f64* path:f64* h:f64* p:f64* noise:f64 lines:i32 steps:i32 surface_index:i32 optimizer:i32 seed:i32"


@entry(ARGUMENTS, early=False)
def lines_along(values, path, h, p, noise, lines, steps, surface_index, optimizer, seed):
    """Computes values (1 + 2 lines, steps, 2): of each update, x and y, the gradient, each line of `take_apart`, and each
    line once more as it would be if m had been 0: what is missing then is what past gradients carry.

    The gradient has the race's noise, but no weight decay. What a line doesn't come to is left as it is. path (steps + 1, 3),
    h, p, noise, seed as in `race`; from the step that diverged on it is NaN, and so are they.
    """
    hyper = read_hyper(h)
    for i in range(2):  # one after the other: so every update stands in the module once
        decay = start(hyper)
        state = (0.0, 0.0, 0.0)
        for t in range(steps):
            _, dx, dy = surface(surface_index, path[3 * t], path[3 * t + 1], p[SURFACE.a], p[SURFACE.b])
            g = dx if i == 0 else dy
            if noise > 0:
                nx, ny = normal_pair(seed, GRADIENT_NOISE, t)
                g = g + noise * (nx if i == 0 else ny)
            decay = tick(decay, hyper)
            values[2 * t + i] = g
            before = state
            for forgets in range(1, -1, -1):
                page = values, 2 * (steps * (1 + forgets * lines) + t) + i, 2 * steps
                m = 0.0 if forgets == 1 else before[0]
                _, state = noting(optimizer, page, path[3 * t + i], g, (m, before[1], before[2]), decay, hyper)
