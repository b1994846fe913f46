"""What the scenes of the picture of outcomes say of their boundaries: a fractal at every zoom, and a line."""

import numpy as np
import pytest

from speedup import OPTIMIZERS, SURFACES
from speedup.race.race import EVENTS, race
from speedup.scenes.pairs import sides
from speedup.scenes.surfaces_scene import SCENES
from speedup.schema.parameters import hyper_record

SIDE = 112  # pixels of a picture
BOXES = (1, 2, 4, 8)  # their sides, pixels


def diverges(scene, across, up):
    """Which of the runs of a scene diverge while its pair takes values, as bool (up, across)."""
    (lane,), row = scene.race.lanes, SURFACES[scene.race.surface]
    p, path, events = np.array(row.record(scene.race.params)), np.empty((scene.race.steps + 1, 3)), np.empty(len(EVENTS))
    names = ("x", "y") if scene.pair == "start" else tuple(scene.pair.split(","))
    given = dict(zip(("x", "y"), scene.race.start)) | dict(lane.hyperparameters)

    def one(values):
        now = given | dict(zip(names, values))
        place = now.pop("x"), now.pop("y")
        race(
            path,
            events,
            np.array(hyper_record(now)),
            p,
            *place,
            0.0,
            scene.race.steps,
            row.index,
            OPTIMIZERS["momentum"].index,
            0,
        )
        return events[EVENTS.diverged] >= 0

    return np.array([[one((a, b)) for a in across] for b in up])


def dimension(picture):
    """The box-counting dimension of a picture's boundary, and how many boxes of a pixel it takes."""
    edge = np.zeros_like(picture)
    edge[:, 1:] |= picture[:, 1:] != picture[:, :-1]
    edge[1:] |= picture[1:] != picture[:-1]
    counts = [edge.reshape(SIDE // box, box, SIDE // box, box).any((1, 3)).sum() for box in BOXES]
    return -np.polyfit(np.log(BOXES), np.log(counts), 1)[0], counts[0]


@pytest.mark.parametrize("zoom", [1, 2**8, 2**16])
def test_the_boundary_is_a_fractal_at_every_zoom(zoom):
    """In the scene's region, and around a place in it a 256th and a 65536th as wide."""
    scene = SCENES["fractal"]
    x0, x1, y0, y1 = scene.region
    (x, y), half = ((x0 + x1) / 2, (y0 + y1) / 2) if zoom == 1 else (0.6515970316, 0.9686666403), (x1 - x0) / 2 / zoom
    found, length = dimension(diverges(scene, np.linspace(x - half, x + half, SIDE), np.linspace(y - half, y + half, SIDE)))
    assert 1.4 < found < 2 and length > 10 * SIDE


def test_a_quadratic_s_is_a_line():
    scene = SCENES["smooth"]
    (low, high), (least, most) = sides(scene.race.surface, scene.pair)
    rates, momenta = np.geomspace(low, high, SIDE), 1 - np.geomspace(1 - least, 1 - most, SIDE)
    found, length = dimension(diverges(scene, rates, momenta))
    assert found == pytest.approx(1, abs=0.08) and SIDE <= length < 4 * SIDE


def test_the_start_of_each_is_in_sight():
    for scene in SCENES.values():
        values = (
            scene.race.start
            if scene.pair == "start"
            else [scene.lanes[0].hyperparameters[name] for name in scene.pair.split(",")]
        )
        region = scene.region or sum(sides(scene.race.surface, scene.pair), ())
        assert region[0] < values[0] < region[1] and region[2] < values[1] < region[3]
