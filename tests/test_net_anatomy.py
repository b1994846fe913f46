"""The update of a net's weights, taken apart by the browser, against the library's anatomy."""

import numpy as np
import pytest

from speedup import OPTIMIZERS, Lane, TrainSpec, anatomy
from speedup.export.typeset import lines
from speedup.network.shape import Net
from speedup.scenes.network_scene import NetworkScene, scene_json
from tests.modules import evaluate
from tests.nets import samples_of

CHANGES = [(20, lane, "lr", 0.05) for lane in range(len(OPTIMIZERS))]
LANES = tuple(Lane(name, lr=0.03, weight_decay=0.01, batch=7 + i) for i, name in enumerate(OPTIMIZERS))
SPEC = TrainSpec("moons", samples=40, hidden=(3, 2), steps=30, lanes=LANES, changes=CHANGES, test=0.2)
STEPS = 0, 1, 19, 20, 29  # between checkpoints and at one; where a rate changes; the last

FOUND = """(async () => {
  const { loadTables } = await import("./base/load.js");
  const { loadKernels } = await import("./model/kernels.js");
  const { Learner } = await import("./model/learner.js");
  const { Training } = await import("./model/training.js");
  const kernels = await loadKernels("held:/", (await loadTables("held:/", "en")).tables);
  const { inputs, targets, ...rest } = arg.data;
  const training = new Training(kernels, arg.scene, { ...rest, inputs: Float64Array.from(inputs), targets: Float64Array.from(targets) });
  for (const { index, job, from, steps, save } of training.work()) {
    const learner = new Learner(kernels, job);
    learner.load(from);
    while (learner.step < steps) training.take([{ index, ...learner.further({ steps, save }) }]);
  }
  const { NetPast } = await import("./model/net_past.js");
  const pasts = training.lanes.map((_, index) => {
    const past = new NetPast(training, index, 4, arg.updates);
    const early = past.line(0, 0);
    let turns = 1;
    while (!past.work(0)) turns += 1;
    return { early, turns, lines: arg.steps.map((step) => Array.from({ length: past.count }, (_, at) => past.line(at, step))) };
  });
  const every = Array.from({ length: training.net.parameters }, (_, at) => at);
  const all = training.lanes.map((_, index) => arg.steps.map((step) => new it.NetAnatomy(training, index, step)).map((one) => ({
    step: one.step, weights: [...one.before.params], gradient: [...one.gradients], after: [...one.after], norms: one.norms(),
    lines: every.map((at) => [...one.lines(at)]), moves: every.map((at) => one.move(at)),
  })));
  return { all, pasts, steepest: it.steepest(training), rough: new it.NetAnatomy(training, 0, 29, true).step };
})()"""


@pytest.fixture(scope="module")
def found():
    return evaluate(
        "model/net_anatomy",
        FOUND,
        {"scene": scene_json(NetworkScene(SPEC)), "data": samples_of(SPEC), "steps": STEPS, "updates": SPEC.steps},
    )


@pytest.mark.parametrize("lane", range(len(OPTIMIZERS)), ids=OPTIMIZERS)
def test_each_line_is_the_library_s(found, lane):
    """But for rounding: sums over samples are added in another order, see test_wasm_network. From there on no digit differs."""
    wanted = [at for at, _ in lines(LANES[lane].optimizer)]
    for step, theirs in zip(STEPS, found["all"][lane], strict=True):
        one = anatomy(SPEC, lane, step)
        close = dict(rel=1e-9, abs=1e-12)
        assert theirs["step"] == step and theirs["weights"] == pytest.approx(one.weights, **close)
        assert theirs["gradient"] == pytest.approx(one.gradient, **close)
        values = np.array(theirs["lines"])[:, wanted].T
        assert len(values) == len(one.lines)
        for line, value in zip(one.lines, values):
            assert value == pytest.approx(line.value, rel=1e-7, abs=1e-12), line.source
        assert [row[-1] for row in theirs["lines"]] == theirs["after"]  # the last line is the new weight, to the last bit
        assert theirs["moves"] == (np.array(theirs["after"]) - theirs["weights"]).tolist()


@pytest.mark.parametrize("lane", range(len(OPTIMIZERS)), ids=OPTIMIZERS)
def test_what_was_is_what_the_single_updates_are(found, lane):
    """To the last bit, through a change of the rate, a step at a time."""
    past = found["pasts"][lane]
    assert past["early"] is None and past["turns"] == SPEC.steps  # nothing is known before all is
    assert past["lines"] == [one["lines"][4] for one in found["all"][lane]]


def test_layers_are_measured_and_the_steepest_weight_is_found(found):
    one, theirs = anatomy(SPEC, 5, 19), found["all"][5][2]["norms"]
    layers = np.split(np.arange(SPEC.net.parameters), [9, 17])
    assert [each["gradient"] for each in theirs] == pytest.approx([np.linalg.norm(one.gradient[own]) for own in layers], rel=1e-7)
    assert [each["move"] for each in theirs] == pytest.approx([np.linalg.norm(one.move[own]) for own in layers], rel=1e-7)
    assert found["steepest"] == abs(anatomy(SPEC, 0, 0).gradient).argmax() and found["rough"] == 16


def test_weights_are_named_by_their_place():
    sizes = [2, 3, 2, 1]
    found = evaluate("model/net_anatomy", "arg.map((at) => it.whereIs([2, 3, 2, 1], at))", list(range(20)))
    assert Net(tuple(sizes), "relu", "regression").parameters == 20
    places = [(layer, i, j) for layer in range(3) for j in range(sizes[layer + 1]) for i in range(sizes[layer])]
    biases = [(layer, None, j) for layer in range(3) for j in range(sizes[layer + 1])]
    wanted = [one for layer in range(3) for kind in (places, biases) for one in kind if one[0] == layer]
    assert [(one["layer"], one.get("i"), one["j"]) for one in found] == wanted
