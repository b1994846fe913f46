"""What a map of a surface needs: values, the heights drawn, what the surface hides, and what a ray meets.

An *extent*, a record of float64, says how a surface is drawn: x0, x1, y0, y1 (the domain), low, high (the heights drawn),
log (1 or 0), floor, unit. A height is the loss itself or, where the loss spans many powers of ten,
log(1 + (loss - floor) / unit). p is `Surface.record`. Points lie flat in memory: x, y, x, y, … or
x, y, height, x, y, height, …
"""

from math import nan

from speedup.kernels.native import entry, kernel
from speedup.numerics.elementary import log
from speedup.schema.parameters import SURFACE
from speedup.schema.records import positions
from speedup.surfaces import surface

EXTENT = positions("Extent", "x0 x1 y0 y1 low high log floor unit")

SIGHT_STEPS = 64  # on the way from a point to where the line of sight leaves the extent
RAY_STEPS = 256  # on the way of a ray through the extent
HALVINGS = 40  # of the step in which a ray meets the surface
MARGIN = 0.05  # of the extent's height, on top and below: a surface may be higher than the points that it is drawn by
LIFT = 0.006  # of the extent's height: what lies on the surface isn't hidden by it


@kernel
def loss(k, x, y, p):
    """Returns the value of surface number k at (x, y)."""
    z, _, _ = surface(k, x, y, p[SURFACE.a], p[SURFACE.b])
    return z


@kernel
def height(z, extent):
    """Returns the height at which a loss of z is drawn; NaN for one below the floor of a logarithmic extent."""
    if extent[EXTENT.log] == 0:
        return z
    return log(1 + (z - extent[EXTENT.floor]) / extent[EXTENT.unit])


@kernel
def above(k, point, p, extent):
    """Returns how far a point (x, y, height) is above the surface; negative beneath it."""
    x, y, h = point
    return h - height(loss(k, x, y, p), extent)


@kernel
def within(start, end, x, dx, low, high):
    """Returns the part of start <= t <= end in which low <= x + t dx <= high; start > end if there is none."""
    enter, leave = (low - x) / dx, (high - x) / dx  # ±inf if level; NaN along a border, which changes nothing
    if enter > leave:
        enter, leave = leave, enter
    return (enter if enter > start else start), (leave if leave < end else end)


@kernel
def within_extent(point, direction, end, extent):
    """Returns the part of 0 <= t <= end in which point + t direction is inside of the extent and its MARGIN."""
    low, high = extent[EXTENT.low], extent[EXTENT.high]
    margin = MARGIN * (high - low)
    start, end = within(0.0, end, point[0], direction[0], extent[EXTENT.x0], extent[EXTENT.x1])
    start, end = within(start, end, point[1], direction[1], extent[EXTENT.y0], extent[EXTENT.y1])
    return within(start, end, point[2], direction[2], low - margin, high + margin)


@kernel
def along(point, direction, t):
    """Returns point + t direction."""
    return point[0] + t * direction[0], point[1] + t * direction[1], point[2] + t * direction[2]


@entry("out:f64* points:f64* n:i32 surface_index:i32 p:f64*")
def values(out, points, n, surface_index, p):
    """Computes out[i] = the loss at the i-th of n points (x, y)."""
    for i in range(n):
        out[i] = loss(surface_index, points[2 * i], points[2 * i + 1], p)


@entry("out:f64* z:f64* n:i32 extent:f64*")
def heights(out, z, n, extent):
    """Computes out[i] = the height at which a loss of z[i] is drawn."""
    for i in range(n):
        out[i] = height(z[i], extent)


@entry("out:f64* points:f64* n:i32 surface_index:i32 p:f64* extent:f64* eye:f64*", early=False)
def hidden(out, points, n, surface_index, p, extent, eye):
    """Computes out[i] = 1 where the surface stands between the i-th point and the eye (x, y, height each), else 0.

    The line of sight is walked in even steps, from the point to where it leaves the extent.
    """
    lift = LIFT * (extent[EXTENT.high] - extent[EXTENT.low])
    for i in range(n):
        point = points[3 * i], points[3 * i + 1], points[3 * i + 2]
        sight = eye[0] - point[0], eye[1] - point[1], eye[2] - point[2]
        start, end = within_extent(point, sight, 1.0, extent)
        step = (end - start) / SIGHT_STEPS
        out[i] = 0.0
        for j in range(1, SIGHT_STEPS + 1 if step > 0 else 0):
            if above(surface_index, along(point, sight, start + j * step), p, extent) < -lift:
                out[i] = 1.0
                break


@kernel
def meets(k, origin, direction, p, extent):
    """Finds the t at which the ray origin + t direction first meets the surface, NaN if it doesn't.

    Found by even steps through the extent, then by halving the step in which the ray changes sides.
    """
    start, end = within_extent(origin, direction, 1e300, extent)
    step, t = (end - start) / RAY_STEPS, start
    side = above(k, along(origin, direction, t), p, extent) > 0
    met = False
    for j in range(RAY_STEPS if step > 0 else 0):
        t = start + (j + 1) * step
        if (above(k, along(origin, direction, t), p, extent) > 0) != side:
            met = True
            break
    for _ in range(HALVINGS if met else 0):
        step /= 2
        changed = (above(k, along(origin, direction, t), p, extent) > 0) != side
        t += -step if changed else step
    return t if met else nan


@entry("out:f64* points:f64* n:i32 surface_index:i32 p:f64* extent:f64* eye:f64*", early=False)
def hits(out, points, n, surface_index, p, extent, eye):
    """Computes out[3i .. 3i+2] = where the ray from the eye through the i-th point meets the surface first, or NaN."""
    origin = eye[0], eye[1], eye[2]
    for i in range(n):
        direction = points[3 * i] - origin[0], points[3 * i + 1] - origin[1], points[3 * i + 2] - origin[2]
        t = meets(surface_index, origin, direction, p, extent)
        out[3 * i], out[3 * i + 1], out[3 * i + 2] = along(origin, direction, t)
