"""The limit instrument of a training: what the browser measures is the library's, and it is part of the link."""

from dataclasses import replace

import numpy as np
import pytest

from speedup import Lane, TrainSpec, sharpness, train
from speedup.scenes.network_scene import NetworkScene, read_scene, scene_from_json, scene_json
from tests.modules import evaluate, threads_on
from tests.nets import samples_of

LANES = (
    Lane("sgd", lr=0.05), Lane("momentum", lr=0.02, momentum=0.8, weight_decay=0.01), Lane("nesterov", lr=0.01),
    Lane("rmsprop", lr=0.01, weight_decay=0.02), Lane("adam", lr=0.01), Lane("adamw", lr=0.02, weight_decay=0.1), Lane("lion"),
)  # fmt: skip
SPEC = TrainSpec("moons", samples=60, test=0.2, hidden=(6, 4), activation="tanh", batch=20, steps=60, lanes=LANES, seed=3)
CHANGES = ((20, 0, "lr", 0.2), (31, 4, "beta1", 0.5), (40, 1, "momentum", 0.3), (45, 3, "weight_decay", 0.3))
# As its worker does, from frame to frame: of each lane [the curvature, lr, its limit, how many products it took].
FELT = """(async () => {
  const { loadTables } = await import("./base/load.js");
  const { loadKernels } = await import("./model/kernels.js");
  const { Learner, origin } = await import("./model/learner.js");
  const { batchOf, initial, netOf, piecesOf } = await import("./model/net.js");
  const { limitOf } = await import("./model/sharpness.js");
  const { tables } = await loadTables("held:/", "en");
  const kernels = await loadKernels("held:/", tables);
  const [spec, frames, given] = arg;
  const net = netOf(tables, spec);
  const data = { ...given, inputs: Float64Array.from(given.inputs), targets: Float64Array.from(given.targets) };
  return spec.lanes.map((lane, index) => {
    const { index: optimizer } = tables.optimizers[lane.optimizer];
    const pieces = piecesOf(tables, spec, index);
    const job = { net, data, optimizer, pieces, batch: batchOf(spec, lane, data.train), seed: spec.seed, every: 2 ** 30 };
    const learner = new Learner(kernels, job);
    learner.load(origin(tables, initial(kernels, net, spec)));
    let near = null;
    return frames.map((frame) => {
      learner.advance(frame - learner.step);
      const work = it.felt(kernels, learner, near);
      let next = work.next();
      let count = 0;
      for (; !next.done; count++) next = work.next();
      near = next.value.vector;
      const { h } = pieces.findLast(({ step }) => step <= frame);
      return [next.value.value, h[tables.hyperparameters.indexOf("lr")], limitOf(kernels, optimizer, h), count];
    });
  });
})()"""


def measured(spec, frames):
    """(values, lr, limits, products), each (lanes, frames), as the browser has them."""
    found = evaluate("model/felt", FELT, [scene_json(NetworkScene(spec)), [int(frame) for frame in frames], samples_of(spec)])
    return np.moveaxis(np.array(found, float), 2, 0)


@pytest.mark.parametrize("changes", [(), CHANGES], ids=["as begun", "changed"])
def test_the_browser_measures_what_the_library_does(changes):
    """After the first step: before it what remembers has nothing to divide by. Lion has no limit, so nothing is measured."""
    spec = replace(SPEC, changes=changes)
    wanted = sharpness(spec)
    values, lr, limits, products = (one[:, 1:] for one in measured(spec, train(spec).frames))
    assert values[:-1] == pytest.approx(wanted.values[:-1, 1:], rel=1e-6)
    assert lr * values / limits == pytest.approx(wanted.share[:, 1:], rel=1e-6, nan_ok=True)
    assert np.isnan(limits[-1]).all() and (products[-1] == 0).all()
    assert np.median(products[:-1]) <= 10  # of 58 directions: each frame begins where the one before it came to


@pytest.mark.parametrize(
    "values", [range(-3, 9), range(-30, -18), (2.0, 2.0001, -5.0, 1.9), (3, -7)], ids=["both", "down", "near", "two"]
)
def test_the_next_eigenvalues_are_a_dense_matrix_s(values):
    """By products alone, also where all of them are negative; NaN for what there isn't."""
    turn = np.linalg.qr(np.random.default_rng(1).normal(size=(len(values), len(values))))[0]
    matrix = turn @ np.diag(np.array(values, float)) @ turn.T
    code = """(() => {
      const work = it.leading((v) => Float64Array.from(arg.map((row) => row.reduce((sum, one, i) => sum + one * v[i], 0))), arg.length, { near: null, many: 3 });
      for (let next = work.next(); ; next = work.next()) if (next.done) return [next.value.value, ...next.value.more];
    })()"""
    found = np.array(evaluate("model/lanczos", code, matrix.tolist()), float)
    wanted = np.append(np.sort(np.linalg.eigvalsh(matrix))[::-1], [np.nan] * 3)[:3]
    assert found == pytest.approx(wanted, rel=1e-6, nan_ok=True)


def test_the_instrument_is_part_of_the_link():
    scene, problems = read_scene([("dataset", "moons"), ("panel", "limit"), ("directions", "three")])
    assert not problems and (scene.panel, scene.directions) == ("limit", "three") and scene_from_json(scene_json(scene)) == scene
    scene, (problem,) = read_scene([("panel", "weather"), ("steps", "77")])
    assert problem.field == "panel" and scene.panel == "loss" and scene.run.steps == 77


REMOVED = (
    f"(async () => {{ {threads_on(2)}"
    + """
  const thread = new it.FeltThread({ kernels: {}, base: "", dragging: false, redraw() {} });
  const lane = () => ({ optimizer: "sgd", batch: 10, at: 8, marks: [{ step: 0 }], pieces: [{ step: 0, h: [0.1] }] });
  const training = (count) => ({ spec: { steps: 8, lanes: Array(count).fill({ h: {} }) }, every: 8, lanes: Array.from({ length: count }, lane), job() {} });
  const found = (index) => [0, 8].map((step) => ({ index, step, value: 1 + step, more: [] }));
  const how = { here: -1, deep: -1 };
  thread.want(training(2), [1, 0], how);
  answer({ found: found(0) });
  const [{ id, lanes }] = asked();
  thread.began = -Infinity; // for so long that it is not waited for
  thread.want(training(1), [0], how);
  answer({ found: found(1) }, id);
  return { wanted: lanes.map(({ index }) => index), then: asked().map(({ kind }) => kind), progress: thread.progress,
    values: [...thread.values(0, 8)] };
})()"""
)


def test_a_lane_that_is_removed_while_it_is_measured_is_nobody_s():
    """And the one that stays keeps what is known of it."""
    found = evaluate("model/felt_thread", REMOVED)
    assert found.pop("values") == pytest.approx(np.geomspace(1, 9, 9))  # as on a logarithmic axis between its two points
    assert found == {"wanted": [1, 0], "then": ["rest"], "progress": 1}
