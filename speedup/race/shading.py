"""The map of a surface as a picture: bands of height in one hue, and thin lines where they meet.

A pixel's colour is a mean over the pixel, by its value and its exact gradient, so that bands and lines are as smooth in a
picture of few pixels as in one of many, and equally bright.
"""

from math import sqrt

from numba import uint8

from speedup.kernels.native import entry, kernel
from speedup.schema.parameters import SURFACE
from speedup.schema.records import positions
from speedup.surfaces import surface

GRID = positions("Grid", "x0 dx y0 dy width room")


@kernel
def band(z, levels, n, near):
    """Counts how many of n rising levels are at most z (not NaN), found from a band `near` by."""
    while near < n and levels[near] <= z:
        near += 1
    while near > 0 and levels[near - 1] > z:
        near -= 1
    return near


@kernel
def overlap(distance, width):
    """Returns how much of a line so wide is in a pixel, its middle so far from the pixel's, all in pixels."""
    far, near = distance + 0.5, distance - 0.5
    inside = (far if far < 0.5 * width else 0.5 * width) - (near if near > -0.5 * width else -0.5 * width)
    return inside if inside > 0 else 0.0


@kernel
def seen(z, slope, levels, n, here, width):
    """Returns (mean band, share of lines) of a pixel in band `here`, across which z rises by `slope` (not negative).

    Every level that is met within the pixel's reach adds its share of the band beyond and of its line.
    """
    reach = 0.5 * (1 + width) * slope
    mean, lines = float(here), 0.0
    k = here
    while k < n and levels[k] - z < reach:
        distance = (levels[k] - z) / slope
        mean += 0.5 - distance if distance < 0.5 else 0.0
        lines += overlap(distance, width)
        k += 1
    k = here - 1
    while k >= 0 and z - levels[k] < reach:
        distance = (z - levels[k]) / slope
        mean -= 0.5 - distance if distance < 0.5 else 0.0
        lines += overlap(distance, width)
        k -= 1
    return mean, lines if lines < 1 else 1.0


@kernel
def faded(slope, levels, n, here, room):
    """Returns 1 where neighbouring levels are `room` pixels apart or more, less where lines would merge into a surface."""
    upper = here if here < n else n - 1
    upper = upper if upper > 1 else 1
    gap, wanted = levels[upper] - levels[upper - 1], room * slope
    return gap / wanted if gap < wanted else 1.0


@entry("out:u8* columns:i32 rows:i32 surface_index:i32 p:f64* grid:f64* levels:f64* n:i32 colours:f64*", early=False)
def shade(out, columns, rows, surface_index, p, grid, levels, n, colours):
    """Draws out[4i .. 4i+3] = red, green, blue and opacity of the i-th pixel, row by row; transparent where z is NaN.

    grid: x of the first pixel's middle, x from a pixel to the next, y of the first row, y from a row to the next; the
    width of lines, and the room between two of them below which they fade, in pixels. levels: the n >= 2 losses, rising,
    at which bands meet. colours: red, green, blue (0 to 255) of the n + 1 bands, then of lines, then the lines' opacity.
    """
    x0, dx, y0, dy = grid[GRID.x0], grid[GRID.dx], grid[GRID.y0], grid[GRID.dy]
    width, room = grid[GRID.width], grid[GRID.room]
    line, strength = 3 * (n + 1), colours[3 * (n + 1) + 3]
    here = 0
    for row in range(rows):
        for column in range(columns):
            z, along_x, along_y = surface(surface_index, x0 + column * dx, y0 + row * dy, p[SURFACE.a], p[SURFACE.b])
            along_x, along_y = along_x * dx, along_y * dy
            slope = sqrt(along_x * along_x + along_y * along_y)
            here = band(z, levels, n, here)
            mean, lines = seen(z, slope, levels, n, here, width)
            lines *= strength * faded(slope, levels, n, here, room) if lines > 0 else 0.0
            low = int(mean) if mean < n else n - 1
            part = mean - low
            at = 4 * (row * columns + column)
            clear = z != z
            for channel in range(3):
                first = colours[3 * low + channel]
                fill = first + part * (colours[3 * low + 3 + channel] - first)
                fill += lines * (colours[line + channel] - fill)
                out[at + channel] = uint8(0 if clear else int(fill + 0.5))
            out[at + 3] = uint8(0 if clear else 255)
