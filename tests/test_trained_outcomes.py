"""The picture of outcomes of a training: each pixel is a training of its own, threads train them coarse first, no half of it counts as whole."""

from dataclasses import replace

import numpy as np
import pytest

from speedup import Lane, sweep
from speedup.scenes.network_scene import NetworkScene, changed, merge, read_scene, scene_fields, scene_from_json, scene_json
from tests.modules import evaluate, threads_on
from tests.nets import final
from tests.test_rates_training import BEGIN, SPEC, ordered

COLUMNS, ROWS = 16, 12
SEEN = 5  # pixels of each picture that the library trains, too
SPEC = replace(SPEC, lanes=(*SPEC.lanes, Lane("momentum", {"lr": 0.01})))
VIEW = """
  const { Training } = await import("./model/training.js");
  const { sizeFor, trainedAt, TrainedPicture } = await import("./model/trained_picture.js");
  const data = { ...arg.data, inputs: Float64Array.from(arg.data.inputs), targets: Float64Array.from(arg.data.targets) };
  const training = new Training(kernels, arg.spec, data);
  const batch = { name: "batch", symbol: "batch", scale: "log", low: 1, high: data.train, floor: 1, whole: true };
  const view = { kernels, tables, spec: arg.spec, run: { spec: arg.spec, training }, kind: { batch: () => batch }, region: null,
    notice: { show() {} }, redraw() {}, theme: "light" };
  const { subjectOf, valuesAt } = await import("./instruments/outcome_axes.js");
"""
PIXELS = f"""(async () => {{ {BEGIN} {VIEW}
  const {{ Learner }} = await import("./model/learner.js");
  const all = [];
  for (const {{ pair, chosen, region, pixels }} of arg.cases) {{
    const subject = {{ ...subjectOf({{ ...view, pair, chosen, region }}, it.outcomesOfTraining(view)), size: [{COLUMNS}, {ROWS}] }};
    const job = it.jobOf(view, subject).job();
    const found = [];
    for (const pixel of pixels) {{
      const [, loss, diverged] = await trainedAt(kernels, job, pixel, () => true);
      const at = [pixel % {COLUMNS}, Math.floor(pixel / {COLUMNS})], clicked = valuesAt(subject, [at[0], {ROWS} - 1 - at[1]]);
      const spec = structuredClone(arg.spec), lane = spec.lanes[chosen];
      subject.axes.forEach(({{ name }}, i) => name === "batch" ? (lane.batch = clicked[i]) : (lane.h[name] = clicked[i]));
      const own = new Training(kernels, spec, data), work = own.work().find(({{ index }}) => index === chosen);
      const learner = new Learner(kernels, work.job);
      learner.load(work.from);
      while (learner.step < work.steps) own.take([{{ index: chosen, ...learner.further(work) }}]);
      const {{ end, loss: losses }} = own.lanes[chosen], wrong = losses.findIndex((one) => !Number.isFinite(one));
      const same = wrong < 0 ? end.train_loss === loss && diverged < 0 : Number.isNaN(loss) && diverged === wrong;
      found.push({{ values: at.map((i, axis) => job.values[axis][i]), clicked, loss, diverged, same }});
    }}
    all.push(found);
  }}
  return all;
}})()"""


@pytest.fixture(scope="module")
def given():
    inputs, targets, is_test = ordered()
    data = {"inputs": inputs.ravel().tolist(), "targets": targets.tolist(), "train": int((~is_test).sum())}
    return {"spec": scene_json(NetworkScene(SPEC)), "data": data}


def test_every_pixel_is_a_training_of_its_own(given):
    """As the stage trains it after a click, bit for bit, and as the library does; changes at mid-run stay."""
    random = np.random.default_rng(5)
    cases = [
        ("lr,weight_decay", 0, None),
        ("lr,beta1", 1, None),
        ("lr,momentum", 2, [0.01, 0.02, 0.5, 0.9]),
        ("lr,batch", 0, None),
    ]
    pixels = random.permutation(COLUMNS * ROWS)[:50].tolist()
    arg = given | {"cases": [dict(zip(("pair", "chosen", "region"), one), pixels=pixels) for one in cases]}
    for (pair, chosen, _), found in zip(cases, evaluate("instruments/outcome_training", PIXELS, arg), strict=True):
        assert all(one["same"] for one in found) and all(one["values"] == one["clicked"] for one in found)
        first, second = pair.split(",")
        for one in found[:SEEN]:
            a, b = one["values"]
            if second == "batch":
                lane = replace(SPEC.lanes[chosen], hyperparameters=SPEC.lanes[chosen].hyperparameters | {first: a}, batch=int(b))
                lanes = [lane if i == chosen else other for i, other in enumerate(SPEC.lanes)]
                wanted, diverged = final(replace(SPEC, lanes=tuple(lanes)), chosen, ordered()), one["diverged"]
            else:
                ran = sweep(SPEC, {first: [a], second: [b]}, seeds=[SPEC.seed])
                at = ran.lanes.index(chosen), 0, 0, 0
                wanted, diverged = ran.final[at], ran.diverged[at]
            assert diverged == one["diverged"]
            if diverged < 0:
                exact = 1e-9 if wanted < 10 else 1e-6  # what is on its way to diverge has made more of rounding
                assert one["loss"] == pytest.approx(wanted, rel=exact)


THREADS = (
    f"(async () => {{ {threads_on(3)}"
    + """
  const { TrainedPicture, sizeFor } = await import("./model/trained_picture.js");
  const told = [];
  const threads = new it.TrainedThreads({ kernels: {}, notice: { show: (key) => told.push(key) }, redraw() {} });
  const values = [16, 12].map((length) => new Float64Array(length));
  const want = (kind, from, moving = false) => threads.want({ key: `${kind} ${from}`, kind, job: () => ({ names: [], values, window: [from, from + 1 / (1 + 3 * from), 0, 1] }) }, moving);
  const runs = () => asked().map(({ runs = [] }) => runs);
  const dealt = () => { const [a, b] = runs(); return a.flatMap((one, i) => (i < b.length ? [one, b[i]] : [one])); };
  const find = (pixels) => answer({ found: pixels.map((pixel) => [pixel, pixel === 7 ? NaN : pixel === 9 ? Infinity : 100 - (pixel % 50), pixel === 7 ? 3 : -1]) });
  const seen = [];
  const note = () => seen.push([threads.layers.map(({ key }) => key), threads.progress, threads.complete, threads.running]);
  want("a", 0);
  const first = dealt();
  note();
  find(first.slice(0, 5)); note();
  find(first.slice(5, 50)); note();
  const before = latest;
  threads.stop();
  asked();
  answer({ found: first.slice(50, 60).map((pixel) => [pixel, 1, -1]) }, before); want("a", 0); note();
  threads.goOn();
  const rest = dealt();
  find(rest); note();
  const whole = threads.picture, best = [threads.best.best, threads.best.losses[threads.best.best]];
  want("a", 1); find(dealt().slice(0, 60)); note();
  want("b", 0, true); note();
  const faint = threads.outdated(threads.shown), moved = runs().flat().length;
  want("b", 0); note();
  asked();
  want("a", 0); note();
  const back = threads.picture === whole && runs().every((runs) => runs.length === 0);
  want("a", 1);
  const gone = dealt().length;
  answer({ error: "it broke" }); note();
  want("a", 1);
  return { first, rest: rest.length, best, seen, faint, moved, back, gone, told, tried: asked().length,
    sizes: [7.5e5, 6.3e6, 5.8e7, 5e9].map(sizeFor), levels: new TrainedPicture("", { values }, "").left };
})()"""
)


def test_it_is_coarse_first_is_stopped_and_goes_on_and_no_half_is_left_as_whole():
    found = evaluate("model/trained_threads", THREADS)
    coarse = [16 * row + column for row in range(0, 12, 2) for column in range(0, 16, 2)]
    assert found["first"] == coarse + sorted(set(range(192)) - set(coarse)) and found["levels"] == [48, 144]
    assert found["sizes"] == [[128, 96], [64, 48], [32, 24], [16, 12]]
    layers, progress, complete, running = zip(*found["seen"], strict=True)
    assert list(layers) == [[], ["a 0"], ["a 0"], ["a 0"], ["a 0"], ["a 1"], ["a 1"], ["a 0", "a 1"], ["a 0"], []]
    assert progress[:6] == (0, 5 / 192, 50 / 192, 50 / 192, 1, 60 / 192) and found["rest"] == 142
    assert complete == (*[False] * 4, True, False, False, False, True, False)
    assert running == (True, True, True, False, False, True, False, True, False, False)
    assert found["best"] == [49, 51] and found["faint"] and found["moved"] == 0
    assert found["back"] and found["gone"] == 132  # what is known of a part is gone on from
    assert found["told"] == ["notice.no_picture"] and found["tried"] == 0


PAINTED = f"""(async () => {{ {BEGIN} {VIEW}
  const {{ COLOURS, packed }} = await import("./instruments/outcome_plot.js");
  const picture = new TrainedPicture("", {{ values: [new Float64Array(16), new Float64Array(12)] }}, "");
  [[0, 0.01, -1], [2, NaN, 4], [4, Infinity, -1], [6, 0.6, -1], [8, 0.5, -1], [10, 0, -1]].forEach((one) => picture.take(one));
  let pixels;
  const createImageData = (w, h) => (pixels = {{ data: new Uint8ClampedArray(4 * w * h) }});
  it.paint(COLOURS.light, {{ getContext: () => ({{ createImageData, putImageData() {{}} }}) }}, picture, [0.01, 0.5]);
  const colours = Object.fromEntries(Object.entries(COLOURS.light).map(([name, one]) => [packed(one), name]));
  return [...new Uint32Array(pixels.data.buffer)].slice(0, 32).map((one) => colours[one] ?? one);
}})()"""


def test_what_is_not_finite_is_painted_as_that_and_what_is_unknown_is_not(given):
    row = evaluate("instruments/outcome_training", PAINTED, given)
    names = ["soon", "diverged", "diverged", "left", "late", "soon", 0, 0]
    assert row == [name for name in names for _ in range(2)] * 2


BESTS = f"""(async () => {{ {BEGIN} {VIEW}
  const {{ outcomesOfTraining }} = await import("./instruments/outcome_training.js");
  const source = outcomesOfTraining(view);
  const picture = (subject, best) => {{
    const one = new TrainedPicture("", {{ values: [16, 12].map((length) => new Float64Array(length)), window: subject.window }}, "");
    one.take([best, 0.5, -1]);
    return one;
  }};
  const at = (region) => ({{ ...subjectOf({{ ...view, pair: "lr,weight_decay", chosen: 0, region }}, source), size: [16, 12] }});
  const all = at(null), best = picture(all, 16 * 6 + 3);
  const {{ values }} = it.bestsOf({{ best, picture: best, outdated: () => false }}, all).known;
  const [a, b] = [values[0] * 100, Math.min(1, values[0] * 200)], part = at([a, b, all.axes[1].low, all.axes[1].high]);
  const own = picture(part, 5);
  own.losses[5] = 0.7;
  const found = [[best, all, best], [best, part, own], [best, part, null], [null, part, null]].map(([best, subject, picture]) => {{
    const {{ known, seen }} = it.bestsOf({{ best, picture, outdated: () => false }}, subject);
    return [known?.loss, seen?.loss, seen === known, !seen || seen === known || (seen.values[0] > a && seen.values[0] < b)];
  }});
  return [...found, it.bestsOf({{ best, picture: own, outdated: () => true }}, part).seen];
}})()"""


def test_the_best_may_lie_outside_of_what_is_seen(given):
    found = evaluate("instruments/outcome_best", BESTS, given)
    assert found == [[0.5, 0.5, True, True], [0.5, 0.7, False, True], [0.5, None, False, True], [None, None, True, True], None]


UNSEEN = """(() => {
  globalThis.document = Object.assign(new EventTarget(), { hidden: false });
  const said = [];
  const stop = it.restUnseen({ refresh: () => said.push("go on") }, () => said.push("rest"));
  const turn = (hidden) => Object.assign(document, { hidden }).dispatchEvent(new Event("visibilitychange"));
  [true, false].forEach(turn);
  stop();
  [true, false].forEach(turn);
  return said;
})()"""


def test_it_rests_while_the_page_is_hidden():
    assert evaluate("instruments/unseen", UNSEEN) == ["rest", "go on"]


def test_what_varies_and_what_is_seen_is_part_of_the_link():
    begin = [("panel", "map"), ("samples", "100"), ("test", "0.2")]
    scene, problems = read_scene([*begin, ("pair", "lr,batch"), ("region", "0.01,0.1,4,80")])
    assert not problems and (scene.pair, scene.region) == ("lr,batch", (0.01, 0.1, 4, 80))
    assert read_scene(scene_fields(scene)) == (scene, []) and scene_from_json(scene_json(scene)) == scene
    assert changed(scene, "seed", 3).region == merge(changed(scene, "seed", 3), scene).region == scene.region
    assert changed(scene, "samples", 50).region is None  # there is no such batch any more
    for pair in ("start", "lr,weather", "beta1,lr", "lr,momentum"):  # of which the first lane, SGD, has none
        other, (problem,) = read_scene([*begin, ("pair", pair), ("region", "0.01,0.1,4,80")])
        assert problem.field == "pair" and (other.pair, other.region, other.panel) == ("", None, "map")
    other, (problem,) = read_scene([*begin, ("pair", "lr,batch"), ("region", "0.01,0.1,4,90")])
    assert problem.field == "region" and "b0 < b1 from 1 to 80" in problem.allowed and other.region is None
    sent = scene_json(scene) | {"pair": "lr,momentum", "region": [0.01, 0.1, 0.5, 0.9]}
    assert scene_from_json(sent).pair == ""  # SGD was chosen: the stage says what it lacks
