"""The picture of outcomes: every pixel is a run of its own, whatever varies; it is coarse first, and no half of it counts as whole."""

import numpy as np
import pytest

from speedup import OPTIMIZERS, Lane, RaceSpec, simulate
from speedup.race.statuses import at_end
from speedup.scenes.pairs import PAIRS
from speedup.scenes.surfaces_scene import Scene, read_scene, scene_fields, scene_from_json, scene_json
from speedup.schema.validation import SpecError
from tests.modules import evaluate

PIXELS = 50  # of each picture, chosen at random
PICTURES = """(async () => {
  const { loadTables } = await import("./base/load.js");
  const { loadKernels } = await import("./model/kernels.js");
  const kernels = await loadKernels("held:/", (await loadTables("held:/", "en")).tables);
  return arg.map(({ pixels, ...job }) => {
    job.values = job.values.map((some) => Float64Array.from(some));
    const picture = new it.Picture("", job), pieces = it.PIECES.map((_, piece) => piece);
    const wanted = new Set(pixels.map(([, row]) => row));
    for (const piece of pieces) if (wanted.has(it.PIECES[piece].row)) picture.take(it.compute(kernels, job, piece));
    return pixels.map(([column, row]) => {
      const pixel = picture.nearest(column, row);
      return [pixel, kernels.tables.statuses[picture.outcomes[pixel]].word, picture.since[pixel]];
    });
  });
})()"""
COLUMNS, ROWS = 256, 192


def job(spec, names, values, random):
    """What the stage asks for, and which pixels of it."""
    scene = scene_json(Scene(spec))
    (lane,) = scene.pop("lanes")
    pixels = np.column_stack([random.integers(COLUMNS, size=PIXELS), random.integers(ROWS, size=PIXELS)]).tolist()
    return {"spec": scene, "lane": lane, "names": names, "values": [some.tolist() for some in values], "pixels": pixels}


def with_values(spec, names, values):
    """The spec whose only lane, or start, has these values."""
    given = dict(zip(names, values, strict=True))
    start = (given.pop("x"), given.pop("y")) if "x" in given else spec.start
    (lane,) = spec.lanes
    lane = Lane(lane.optimizer, dict(lane.hyperparameters) | given)
    return RaceSpec(spec.surface, start, spec.steps, (lane,), spec.noise, spec.seed, spec.params)


@pytest.fixture(scope="module")
def jobs():
    """Of every optimizer: lr by another hyperparameter, with noise or without; every start on a map; where it is far away, too."""
    random, made = np.random.default_rng(7), []
    for i, (name, row) in enumerate(OPTIMIZERS.items()):
        second = row.hyperparameters[1]
        spec = RaceSpec(
            ("beale", "long_valley", "levy13")[i % 3],
            steps=120,
            lanes=(Lane(name, weight_decay=0.01),),
            noise=0.2 * (i % 2),
            seed=i,
        )
        values = np.geomspace(1e-4, 10, COLUMNS), np.linspace(second.low, second.high, ROWS)
        made.append((spec, ["lr", second.name], values))
    spec = RaceSpec("himmelblau", steps=90, lanes=(Lane("momentum", lr=0.008),))
    made.append((spec, ["x", "y"], (np.linspace(-5, 5, COLUMNS), np.linspace(5, -5, ROWS))))
    return [(*one, job(*one, random)) for one in made]


PLACES = """(async () => {
  const { loadTables } = await import("./base/load.js");
  const { POSITIONS, toPosition } = await import("./panel/scale.js");
  const { tables } = await loadTables("held:/", "en");
  const { axesOfRace, jobOf } = await import("./instruments/outcome_race.js");
  return arg.pairs.map((pair) => {
    const view = { tables, spec: arg.spec, chosen: 0, pair, region: null }, subject = it.subjectOf(view, axesOfRace(view));
    const [across, up] = jobOf(view, subject).job().values;
    return [[...across].map((value) => toPosition(subject.axes[0], value) / POSITIONS), [...up].map((value) => toPosition(subject.axes[1], value) / POSITIONS)];
  });
})()"""


def test_a_pixel_has_the_values_that_the_axes_say():
    """From left to right, and from the bottom, the last row, to the top, to a tenth of a pixel: no more digits than that."""
    spec = scene_json(Scene(RaceSpec(lanes=(Lane("adam"),))))
    for pair, (across, up) in zip(
        pairs := ["lr,beta1", "eps,weight_decay", "start"],
        evaluate("instruments/outcome_axes", PLACES, {"spec": spec, "pairs": pairs}),
        strict=True,
    ):
        middle = [(np.arange(count) + 0.5) / count for count in (COLUMNS, ROWS)]
        zero = 0.02 if pair == "eps,weight_decay" else 0  # a log slider has its 0 there
        for found, wanted in ((across, middle[0]), (up, middle[1][::-1])):
            assert np.where(wanted < zero, 0, wanted) == pytest.approx(found, abs=0.06 / len(found)), pair


def test_every_pixel_is_a_run_of_its_own(jobs):
    pictures, seen = evaluate("model/outcomes", PICTURES, [job for *_, job in jobs]), set()
    for (spec, names, values, job), found in zip(jobs, pictures, strict=True):
        for (column, row), (pixel, word, step) in zip(job["pixels"], found, strict=True):
            assert pixel == COLUMNS * row + column
            race = simulate(with_values(spec, names, [values[0][column], values[1][row]]))
            status, since = at_end(race, 0)
            assert (word, step) == (status.word, max(0, since)), (spec, names, column, row)
            seen.add(word)
    assert {"arrived", "arrived_left", "left", "diverged", "going"} <= seen


def test_pieces_are_each_pixel_once_coarse_first():
    pieces = evaluate("model/outcomes", "it.PIECES")
    pixels = [(one["row"], column) for one in pieces for column in range(one["first"], COLUMNS, one["each"])]
    assert len(pixels) == len(set(pixels)) == COLUMNS * ROWS
    assert [one["row"] for one in pieces[:3]] == [0, 16, 32] and pieces[0]["each"] == 16
    halves = [sum(-(-(COLUMNS - one["first"]) // one["each"]) for one in pieces if one["pair"] % 2 == k) for k in range(2)]
    assert halves[0] == halves[1]


def test_half_a_picture_says_so():
    """A pixel that isn't computed yet is stood for by one before it, and there is none before all is known coarsely."""
    code = """[[0, 0], [1, 372], [0, 12], [0, 371], [0, 372]].map(([first, end]) => {
      const picture = new it.Picture("", null);
      for (let piece = first; piece < end; piece++) {
        const { first, each } = it.PIECES[piece], n = Math.ceil((256 - first) / each);
        picture.take({ piece, outcomes: new Uint8Array(n).fill(1), since: new Int32Array(n) });
      }
      return [picture.coarse, picture.complete, picture.nearest(15, 9), picture.nearest(255, 191)];
    })"""
    last = 255 + COLUMNS * 191
    assert evaluate("model/outcomes", code) == [
        [False, False, -1, -1],
        [False, False, 15 + COLUMNS * 9, last],
        [True, False, 0, 240 + COLUMNS * 176],
        [True, False, 15 + COLUMNS * 9, 254 + COLUMNS * 190],
        [True, True, 15 + COLUMNS * 9, last],
    ]


def test_what_varies_is_part_of_the_link():
    scene, problems = read_scene([("lane", "adam"), ("panel", "map"), ("pair", "lr,beta2")])
    assert not problems and (scene.panel, scene.pair) == ("map", "lr,beta2")
    assert ("pair", "lr,beta2") in scene_fields(scene) and scene_from_json(scene_json(scene)) == scene
    scene, problems = read_scene([("pair", "start"), ("laid", "map")])
    assert not problems and scene.laid == "map" and ("laid", "map") in scene_fields(scene)
    assert scene_from_json(scene_json(scene)) == scene
    scene, (problem,) = read_scene([("laid", "moon")])
    assert problem.field == "laid" and scene.laid == "below"
    scene, (problem,) = read_scene([("pair", "lr,weather"), ("panel", "map")])
    assert problem.field == "pair" and (scene.panel, scene.pair) == ("map", "")
    with pytest.raises(SpecError, match="pair"):
        scene_from_json(scene_json(scene) | {"pair": "beta1,lr"})


def test_every_optimizer_has_a_pair():
    for row in OPTIMIZERS.values():
        own = [pair for pair in PAIRS if set(pair.split(",")) <= row.defaults().keys()]
        assert own[0].startswith("lr,") and not any("bias_correction" in pair for pair in own)
