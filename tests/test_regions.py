"""The zoom of the picture of outcomes: in the link, down to where float64 ends, a pixel being the run that a click loads."""

from dataclasses import replace
from decimal import Decimal

import numpy as np
import pytest

from speedup import Lane, RaceSpec
from speedup.scenes.surfaces_scene import Scene, merge, on_surface, read_scene, scene_fields, scene_from_json, scene_json
from speedup.schema.validation import SpecError
from tests.modules import evaluate, threads_on

LANES = [("lane", "sgd"), ("lane", "momentum"), ("chosen", "2")]
SEEN = """(async () => {
  const { loadTables } = await import("./base/load.js");
  const { tables } = await loadTables("held:/", "en");
  const { marksOf } = await import("./instruments/outcome_marks.js");
  const { axesOfRace, jobOf } = await import("./instruments/outcome_race.js");
  return arg.cases.map(({ pair, region }) => {
    const view = { tables, spec: arg.spec, chosen: 0, pair, region }, subject = it.subjectOf(view, axesOfRace(view));
    const { key, job } = jobOf(view, subject), { values } = job();
    const clicked = [[0, 0], [100, 50], [255, 191]].map((pixel) => [pixel, it.valuesAt(subject, pixel), it.pixelAt(subject, it.shareOfAll(subject, it.valuesAt(subject, pixel)))]);
    const marks = subject.axes.map((axis, i) => marksOf(axis, subject.window.slice(2 * i, 2 * i + 2), 7));
    return { whole: subject.whole, values: values.map((some) => [...some]), back: it.regionOf(subject.axes, subject.window), clicked, marks, key };
  });
})()"""


def seen(cases, lane="adam"):
    """What the browser makes of regions [(pair, region or None), …]."""
    arg = {"spec": scene_json(Scene(RaceSpec("himmelblau", lanes=(Lane(lane),))))}
    arg["cases"] = [{"pair": pair, "region": region} for pair, region in cases]
    return evaluate("instruments/outcome_axes", SEEN, arg)


def test_a_region_is_read_and_is_one_of_its_pair():
    scene, problems = read_scene([*LANES, ("region", "0.01,0.02,0.5,0.9")])
    assert not problems and (scene.pair, scene.region) == ("lr,momentum", (0.01, 0.02, 0.5, 0.9))
    assert ("region", "0.01,0.02,0.5,0.9") in scene_fields(scene)
    assert scene_from_json(scene_json(scene)) == scene
    elsewhere = on_surface(scene, "beale")
    assert elsewhere.region is None and merge(elsewhere, scene).region is None
    assert merge(replace(scene, view="3d"), scene).region == scene.region


@pytest.mark.parametrize(
    "text", ["", "1,2,3", "2,1,0,0.5", "0,1,0,0.5", "1,2,0,1", "nan,1,0,0.5", "1,1.00000000000001,0,0.5", "1,2;0,1"]
)
def test_a_region_that_is_none_is_named_and_all_is_seen(text):
    scene, (problem,) = read_scene([*LANES, ("pair", "lr,momentum"), ("region", text)])
    assert scene.region is None and scene.pair == "lr,momentum"
    assert problem.field == "region" and "a0 < a1 from 1e-06 to 10 and b0 < b1 from 0 to 0.9999" in problem.allowed
    with pytest.raises(SpecError, match="region"):
        scene_from_json(scene_json(scene) | {"region": text.split(",")})


def test_a_pair_that_the_lane_lacks_is_named_and_replaced_with_its_region():
    scene, (problem,) = read_scene([*LANES, ("pair", "lr,beta1"), ("region", "1,2,0,0.5"), ("panel", "map")])
    assert problem.field == "pair" and problem.allowed == "one of lr,momentum, lr,weight_decay, momentum,weight_decay, start"
    assert (scene.pair, scene.region, scene.panel) == ("", None, "map")
    sent = scene_json(replace(scene, pair="momentum,weight_decay", region=(0.1, 0.2, 0.1, 0.2))) | {"chosen": 0}
    assert (found := scene_from_json(sent)).pair == "" and found.region is None  # SGD was chosen: the stage says what it lacks


DEEP = [
    ("lr,beta1", 0.0123, 0.9),
    ("lr,beta1", 2e-6, 0.99),
    ("lr,beta1", 1.0, 0.5),
    ("eps,weight_decay", 1e-9, 0.001),
    ("start", 2.7, -4.1),
]


@pytest.mark.parametrize("pair, a, b", DEEP)
def test_any_region_is_its_pixels_and_a_click_is_one_of_them(pair, a, b):
    """Each pixel has values of its own, in order, of no more digits than it needs; a link with the region is the same again."""
    widths = [0.5, 1e-3, 1e-6, 1e-9, 2e-12]
    regions = [[v * (1 + s * w) for v in (a, b) for s in (-0.5, 0.5)] if b > 0 else [a - w, a + w, b - w, b + w] for w in widths]
    regions = [[x0, x1, y0, min(y1, 0.9999)] for x0, x1, y0, y1 in regions]
    for region, found in zip(regions, seen([(pair, one) for one in regions]), strict=True):
        across, up = map(np.array, found["values"])
        for values, (low, high) in ((across, region[:2]), (up[::-1], region[2:])):
            assert low <= values[0] and values[-1] <= high and (np.diff(values) > 0).all()
            side = high - low
            assert values[-1] - values[0] > 0.95 * side
        np.testing.assert_allclose(found["back"], region, rtol=0, atol=1e-3 * max(region[1] - region[0], region[3] - region[2]))
        for (column, row), clicked, pixel in found["clicked"]:
            assert clicked == [across[column], up[::-1][row]] and pixel == [column, row]
        for marks in found["marks"]:
            texts, shares = [one["text"] for one in marks["marks"]], [one["share"] for one in marks["marks"]]
            assert 2 <= len(texts) == len(set(texts)) <= 12 and all(0 <= share <= 1 for share in np.round(shares, 6))


def test_all_is_seen_where_no_region_is_or_another_surface_s():
    for found in seen([("lr,beta1", None), ("start", [-50, 50, 0, 1]), ("lr,momentum", [1, 2, 0.1, 0.2])]):
        assert found["whole"] and found["back"] is None
    digits = [len(Decimal(repr(value)).as_tuple().digits) for value in seen([("lr,beta1", None)])[0]["values"][0]]
    assert max(digits) <= 5  # what a click writes into the link


PLACED = """(async () => {
  const { MapCamera } = await import("./draw/map_camera.js");
  return arg.map(({ window, region, place: { left, top, width, height } }) => {
    const camera = new MapCamera(), [x0, x1, y0, y1] = region, corners = [];
    camera.show([[-10, 10], [-7, 7]], window, { left, top, right: left + width, bottom: top + height });
    camera.projectAll([x0, y1, 0, x1, y0, 0], 2, corners);
    return { corners, edges: it.edgesIn({ left, top, width, height }, window, region) };
  });
})()"""


def test_a_picture_of_starts_lies_on_the_map_where_its_starts_are():
    """As the map's camera has them, whatever part of the map is seen and whatever part of all starts is known."""
    place = {"left": 64, "top": 12.5, "width": 849, "height": 307}
    windows, regions = [[-10, 10, -7, 7], [-1.5, 3, 0.25, 4], [1e-9, 3e-9, 2, 2.5]], [[-10, 10, -7, 7], [0.5, 1.75, -1, 6]]
    cases = [{"window": window, "region": region, "place": place} for window in windows for region in regions]
    for found in evaluate("instruments/outcome_plot", PLACED, cases):
        (left, top, width, height), (x0, y0, x1, y1) = found["edges"], found["corners"]
        assert [left, top, left + width, top + height] == pytest.approx([x0, y0, x1, y1], rel=1e-9)


def test_a_picture_has_two_threads_on_two_cores_and_leaves_one_core_where_there_are_more():
    code = "import('./model/threads.js').then(({ roomFor }) => arg.map((cores) => roomFor(cores, it.AT_ONCE)))"
    assert evaluate("model/outcome_threads", code, [1, 2, 4, 16]) == [2, 2, 3, 4]


THREADS = (
    f"(async () => {{ {threads_on(2)}"
    + """
  const { PIECES } = await import("./model/outcomes.js");
  const view = { kernels: {}, base: "", notice: {}, redraw() {}, dragging: false };
  const threads = new it.OutcomeThreads(view);
  const want = (from, to) => threads.want({ key: `${from} ${to}`, kind: "one", job: () => ({ window: [from, to, 0, 1] }) });
  const found = (levels) => {
    PIECES.forEach(({ level, first, each }, piece) => {
      const n = Math.ceil((256 - first) / each);
      if (levels.includes(level)) answer({ found: [{ piece, outcomes: new Uint8Array(n), since: new Int32Array(n) }] });
    });
  };
  const steps = [];
  const note = () => steps.push([threads.layers.map(({ key }) => key), threads.complete]);
  want(0, 1); found([0, 1, 2, 3, 4]); note();
  want(0, 0.25); note(); found([0, 1]); note(); found([2]); note(); found([3, 4]); note();
  want(0, 1); note();
  return { steps, asked: asked().map(({ kind, pieces }) => (kind === "rest" ? 0 : pieces.length)) };
})()"""
)


def test_while_a_part_is_computed_what_is_known_of_it_is_shown_and_the_way_back_costs_nothing():
    """A whole picture four times as coarse as its part lies over it until it is as fine as that: at its third level."""
    found = evaluate("model/outcome_threads", THREADS)
    all_, part = "0 1", "0 0.25"
    assert found["steps"] == [
        [[all_], True],
        [[all_], False],
        [[part, all_], False],
        [[part], False],
        [[part], True],
        [[all_], True],
    ]
    assert found["asked"][-2:] == [0, 0] and len([n for n in found["asked"] if n]) == 4


def test_marks_have_room_beside_a_zero():
    (found,) = seen([("lr,weight_decay", None)], "sgd")
    shares = [mark["share"] for mark in found["marks"][1]["marks"]]
    assert shares[0] == 0 and found["marks"][1]["marks"][0]["text"] == "0"
    assert np.diff(shares).min() > 0.7 / 7
