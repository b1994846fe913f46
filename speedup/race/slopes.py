"""The gradients along a race's path, as its lanes were given them."""

from speedup.kernels.native import entry
from speedup.numerics.rng import normal_pair
from speedup.race.race import GRADIENT_NOISE
from speedup.schema.parameters import SURFACE
from speedup.surfaces import surface


@entry("slopes:f64* path:f64* p:f64* noise:f64 steps:i32 surface_index:i32 seed:i32", early=False)
def slopes_along(slopes, path, p, noise, steps, surface_index, seed):
    """Computes slopes (2, steps): the loss's along x and y at each point of a path (steps + 1, 3) but the last.

    They have the race's noise, but no weight decay. p, noise, seed as in `race`; NaN from the step that diverged on.
    """
    for t in range(steps):
        _, dx, dy = surface(surface_index, path[3 * t], path[3 * t + 1], p[SURFACE.a], p[SURFACE.b])
        if noise > 0:
            nx, ny = normal_pair(seed, GRADIENT_NOISE, t)
            dx, dy = dx + noise * nx, dy + noise * ny
        slopes[t], slopes[steps + t] = dx, dy
