"""Terrain: values and heights are the surface's own; what is hidden and hit is what a patient search finds."""

import numpy as np
import pytest

from speedup.export.ground import relief
from speedup.race import visibility
from speedup.surfaces import SURFACES

EYES = ((0.4, -1.2, 2.0), (-1.5, 0.3, 1.0), (0.0, 0.0, 3.0))  # from the extent's middle, in widths and heights
CELLS = 30
PATIENCE = 1500  # steps of the search


class Ground:
    """A surface in its extent, and points on it: a grid without its border."""

    def __init__(self, name):
        self.row = SURFACES[name]
        self.record = np.array(self.row.record({}))
        heights, self.extent = relief(self.row, {}, CELLS)
        x, y = np.meshgrid(*(np.linspace(*side, CELLS + 1) for side in self.row.domain))
        self.points = np.stack([x, y, heights], axis=-1)[1:-1:2, 1:-1].reshape(-1, 3)
        self.low, self.high = self.extent[0:6:2], self.extent[1:6:2]
        self.span = self.high[2] - self.low[2]

    def eye(self, place):
        return (self.low + self.high) / 2 + np.array(place) * (self.high - self.low)

    def call(self, entry, points, width, eye):
        """`hidden` or `hits`: `width` numbers for each of the points (n, 3)."""
        points, out = np.ascontiguousarray(points, float), np.empty((len(points), width))
        entry(out, points, len(points), self.row.index, self.record, self.extent, np.asarray(eye, float))
        return out

    def at(self, places):
        """Heights at places (…, 2)."""
        places, z = np.ascontiguousarray(places, float), np.empty(places.shape[:-1])
        visibility.values(z, places, z.size, self.row.index, self.record)
        visibility.heights(z, z, z.size, self.extent)
        return z

    def search(self, start, end):
        """Lines from start (n, 3) to end in PATIENCE steps, and how far each is above the surface; NaN outside."""
        t = np.linspace(0, 1, PATIENCE)[None, :, None]
        line = start[:, None] + t * (end - start)[:, None]
        inside = np.all((line[..., :2] >= self.low[:2]) & (line[..., :2] <= self.high[:2]), axis=-1)
        return line, np.where(inside, line[..., 2] - self.at(line[..., :2]), np.nan)


@pytest.fixture(scope="module", params=SURFACES)
def ground(request):
    return Ground(request.param)


def test_values_are_the_surfaces(ground):
    places = np.ascontiguousarray(ground.points[::7, :2])
    z = np.empty(len(places))
    visibility.values(z, places, len(z), ground.row.index, ground.record)
    assert z.tolist() == [ground.row.kernel(x, y, *ground.record[:2])[0] for x, y in places]


def test_heights():
    z, out = np.array([2.0, 3.0, 7.0, np.nan]), np.empty(4)
    visibility.heights(out, z, 4, np.array([0, 1, 0, 1, 0, 1, 0, 2.0, 5.0]))
    np.testing.assert_array_equal(out, z)
    visibility.heights(out, z, 4, np.array([0, 1, 0, 1, 0, 1, 1, 2.0, 5.0]))
    np.testing.assert_allclose(out, np.log1p((z - 2.0) / 5.0), rtol=1e-14)


@pytest.mark.parametrize("place", EYES)
def test_hidden_as_a_patient_search_finds_it(ground, place):
    eye = ground.eye(place)
    _, above = ground.search(ground.points, eye[None])
    depth = -np.nanmin(above, axis=1) / ground.span
    hidden = ground.call(visibility.hidden, ground.points, 1, eye)[:, 0] == 1
    wrong = hidden != (depth > visibility.LIFT)
    assert np.mean(wrong) < 0.03  # these lines graze the surface, for less than one of the kernel's steps
    assert not wrong[(depth < 0) | (depth > 0.2)].any()


def test_from_straight_above_only_what_lies_beneath_is_hidden(ground):
    for point in ground.points[ground.points[:, 2] > ground.low[2] + 0.1 * ground.span][::17]:
        eye = point + [0, 0, ground.span]
        assert ground.call(visibility.hidden, point[None], 1, eye) == 0
        assert ground.call(visibility.hidden, point[None] - [0, 0, 0.1 * ground.span], 1, eye) == 1


@pytest.mark.parametrize("place", EYES)
def test_hits_are_where_a_ray_first_changes_sides(ground, place):
    eye = ground.eye(place)
    met = ground.call(visibility.hits, ground.points, 3, eye)
    sides = ground.high - ground.low
    line, above = ground.search(np.broadcast_to(eye, ground.points.shape), eye + 1.2 * (ground.points - eye))
    entered = np.argmax(~np.isnan(above), axis=1)
    side = np.take_along_axis(above, entered[:, None], axis=1) > 0
    first = np.argmax(~np.isnan(above) & ((above > 0) != side), axis=1)
    far = np.linalg.norm((line[np.arange(len(met)), first] - met) / sides, axis=1)
    assert np.mean(far < 0.01) > 0.93  # the rest graze the surface, for less than one of the kernel's steps
    met = met[~np.isnan(met[:, 0])]
    np.testing.assert_allclose(ground.at(met[:, :2]), met[:, 2], atol=1e-6 * ground.span)


def test_a_ray_beside_the_surface_meets_nothing(ground):
    eye = [ground.high[0] + 1, ground.high[1], ground.high[2]]
    aims = np.add(eye, [[1, 0, -1], [0, 1, 0], [-1, 0, 1], [0, -1, 0]])
    assert np.isnan(ground.call(visibility.hits, aims, 3, eye)).all()


def test_a_ridge_hides_what_is_behind_it():
    saddle = Ground("saddle")  # x^2 - y^2: up along x, down along y
    places = np.array([[1.9, 0.0], [-1.9, 0.0], [0.0, 0.0], [1.5, 1.9]])
    points = np.column_stack([places, saddle.at(places)])
    assert saddle.call(visibility.hidden, points, 1, [6.0, 0.0, 8.0])[:, 0].tolist() == [1, 0, 1, 1]
