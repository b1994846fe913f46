"""The map's picture: bands and lines are where the values say, at any size, on any surface."""

from itertools import product

import numpy as np
import pytest

from speedup.export.ground import relief
from speedup.race import shading, visibility
from speedup.schema.frozen import Frozen
from speedup.surfaces import SURFACES

BANDS, COLUMNS, ROWS = 16, 480, 360
SHADES = np.zeros((BANDS + 1, 3))
SHADES[:BANDS, 0] = 17 * np.arange(BANDS)  # red tells the band, green the line
SHADES[BANDS] = 0, 255, 0
COLOURS = np.append(SHADES, 1.0)


class Picture:
    """A surface drawn over a window (x0, x1, y0, y1), y upwards; red and green as float64 (rows, columns)."""

    def __init__(self, name, window=None, params=Frozen(), size=(COLUMNS, ROWS), width=1.0, room=0.0):
        row = SURFACES[name]
        _, frame = relief(row, params, 60)
        self.record = np.array(row.record(params))
        x0, x1, y0, y1 = (*row.domain[0], *row.domain[1]) if window is None else window
        self.dx, self.dy = (x1 - x0) / size[0], (y0 - y1) / size[1]
        self.x = x0 + self.dx / 2 + self.dx * np.arange(size[0])
        self.y = y1 + self.dy / 2 + self.dy * np.arange(size[1])
        self.row = row
        self.z = self.values(*np.meshgrid(self.x, self.y))
        at = np.linspace(frame[4], frame[5], BANDS + 1)[1:-1]
        self.levels = frame[7] + frame[8] * np.expm1(at) if frame[6] else at
        grid = np.array([self.x[0], self.dx, self.y[0], self.dy, width, room])
        out = np.full(4 * size[0] * size[1], 77, np.uint8)
        shading.shade(out, *size, row.index, self.record, grid, self.levels, BANDS - 1, COLOURS)
        self.pixels = out.reshape(size[1], size[0], 4).astype(float)
        self.lines = self.pixels[..., 1] / 255

    def values(self, x, y):
        points, z = np.ascontiguousarray(np.stack([x, y], -1), float), np.empty(x.shape)
        visibility.values(z, points, z.size, self.row.index, self.record)
        return z


PARAMS = [(name, {}) for name in SURFACES] + [("long_valley", {"condition": 1000.0, "angle": -33.0})]


@pytest.mark.parametrize("name, params", PARAMS)
def test_bands_are_the_values(name, params):
    picture = Picture(name, params=params)
    bands = np.searchsorted(picture.levels, picture.z, side="right")
    inside = picture.lines == 0
    assert inside.mean() > 0.3 and (picture.pixels[..., 3] == 255).all()
    assert (picture.pixels[inside][:, 0] == 17 * bands[inside]).all()


@pytest.mark.parametrize("name, params", PARAMS)
def test_lines_are_where_the_slope_says(name, params):
    """Their share of a pixel by the value and central differences, where no second line is near."""
    picture, width = Picture(name, params=params, width=1.5), 1.5
    x, y = np.meshgrid(picture.x, picture.y)
    h = 1e-4 * picture.dx, 1e-4 * picture.dy
    across = (picture.values(x + h[0], y) - picture.values(x - h[0], y)) / 2e-4
    along = (picture.values(x, y + h[1]) - picture.values(x, y - h[1])) / 2e-4
    with np.errstate(all="ignore"):
        distance = np.sort(np.abs(picture.z[..., None] - picture.levels) / np.hypot(across, along)[..., None])
    near = distance[..., 0]
    share = np.minimum(near + 0.5, width / 2) - np.maximum(near - 0.5, -width / 2)
    clear = (distance[..., 1] > (1 + width) / 2) & (np.hypot(across, along) > 1e-9)
    off = np.abs(np.clip(share, 0, 1) - picture.lines)[clear]
    assert clear.mean() > 0.6 and off.max() < 0.02 and picture.lines.max() == 1


@pytest.mark.parametrize("name", SURFACES)
def test_small_and_large_pictures_are_equally_bright(name):
    """A line of a screen's pixel is half a pixel of a picture half as fine."""
    fine = Picture(name, size=(2 * COLUMNS, 2 * ROWS), width=2.0, room=8.0).pixels
    coarse = Picture(name, width=1.0, room=4.0).pixels
    means = fine.reshape(ROWS // 8, 16, COLUMNS // 8, 16, 4).mean(axis=(1, 3))
    off = np.abs(means - coarse.reshape(ROWS // 8, 8, COLUMNS // 8, 8, 4).mean(axis=(1, 3)))[..., 0]
    assert off.max() < 8 and off.mean() < 0.6


def test_rows_may_be_drawn_one_by_one_and_upside_down():
    whole = Picture("ackley")
    flipped = Picture("ackley", (-5, 5, 5, -5))
    np.testing.assert_array_equal(whole.pixels[::-1], flipped.pixels)


def test_many_levels_in_a_pixel_become_their_mean():
    """A wall that is a pixel wide: neither a line nor a jump."""
    shade = shading.seen.py_func
    levels = np.arange(1.0, 16.0)
    mean, lines = shade(8.2, 12.0, levels, 15, 8, 1.0)
    assert mean == pytest.approx(np.mean(np.searchsorted(levels, np.linspace(2.2, 14.2, 10001))), abs=0.01)
    assert lines == 1
    assert shading.faded.py_func(12.0, levels, 15, 8, 4.0) == pytest.approx(1 / 48)


@pytest.mark.parametrize("z, slope", list(product([-np.inf, -1.0, 1.0, 3.0, 1e300, np.inf], [0.0, 1e-300, 1.0, np.inf, np.nan])))
def test_no_slope_and_no_bounds(z, slope):
    """Saddles, plains, and what overflows: a band between the first and the last, at most a whole line."""
    levels = np.array([1.0, 2.0, 4.0])
    here = int(np.searchsorted(levels, z, side="right"))
    assert shading.band(z, levels, 3, 0) == shading.band(z, levels, 3, 3) == here
    mean, lines = shading.seen(z, slope, levels, 3, here, 1.0)
    assert 0 <= mean <= 3 and 0 <= lines <= 1
    if slope in (0, 1e-300):
        assert abs(mean - here) <= 0.5


def test_nothing_is_drawn_where_there_is_no_value():
    far = Picture("goldstein_price", (-1e300, 1e300, -1e300, 1e300), size=(8, 8))
    assert np.isnan(far.z).any() and (far.pixels[np.isnan(far.z)] == 0).all()
    assert (far.pixels[~np.isnan(far.z)][:, 3] == 255).all()


def test_a_saddle_has_a_cross_and_no_smudge():
    """x^2 - y^2 at the level 0: lines along both diagonals, no wider in the middle than a few pixels."""
    picture = Picture("saddle", size=(200, 200))
    assert 0 in picture.levels
    middle = picture.lines[80:120, 80:120]
    assert (middle[np.arange(40), np.arange(40)] > 0.4).all() and middle.mean() < 0.1


def test_the_lowest_place_has_no_line():
    """Where the slope vanishes at the minimum no line is near."""
    for name, row in SURFACES.items():
        for x, y in row.minima:
            side = [3 * (high - low) / COLUMNS for low, high in row.domain]
            near = Picture(name, (x - side[0], x + side[0], y - side[1], y + side[1]), size=(6, 6))
            assert near.lines[2:4, 2:4].max() < 1, name
