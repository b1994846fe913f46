"""The rates instrument: each of its points is a run of its own, and what it says in words is what its curve shows."""

import numpy as np
import pytest

from speedup import Lane, RaceSpec, simulate
from speedup.scenes.surfaces_scene import Scene, read_scene, scene_fields, scene_from_json, scene_json
from tests.modules import evaluate

RATES = np.geomspace(1e-4, 5, 61).tolist()
BETAS = (1 - np.geomspace(1, 1e-4, 61)).tolist()
SPEC = RaceSpec("booth", (-6.0, 4.0), 80, (Lane("sgd", {"lr": 0.01}), Lane("adam", {"lr": 0.5, "beta1": 0.8})), noise=0.3, seed=5)
SWEEP = """(async () => {
  const { loadTables } = await import("./base/load.js");
  const { loadKernels } = await import("./model/kernels.js");
  const { tables } = await loadTables("held:/", "en");
  const sweep = new it.RateSweep(await loadKernels("held:/", tables));
  sweep.want(arg.spec, "lr", arg.rates);
  let left = 9;
  sweep.work(() => left-- === 0);
  const coarse = sweep.lanes.map(({ done }) => done);
  sweep.work(() => false);
  const [first] = sweep.lanes;
  const lanes = sweep.lanes.map((swept) => ({
    losses: [...swept.losses], arrived: [...swept.arrived], diverged: [...swept.diverged], said: it.findings(swept) }));
  const other = structuredClone(arg.spec);
  other.lanes[0].h.lr = 0.05;
  sweep.want(other, "lr", arg.rates);
  const kept = sweep.lanes[0] === first;
  other.start[0] += 1;
  sweep.want(other, "lr", arg.rates);
  const again = sweep.lanes[0].done;
  sweep.want(arg.spec, "beta1", arg.betas);
  sweep.work(() => false);
  const betas = sweep.lanes.map(({ losses }) => [...losses]);
  return { coarse, lanes, kept, again, betas };
})()"""


@pytest.fixture(scope="module")
def swept():
    return evaluate("model/rate_sweep", SWEEP, {"rates": RATES, "betas": BETAS, "spec": scene_json(Scene(SPEC))})


def test_every_point_is_a_run_of_its_own_bit_for_bit(swept):
    for lane, one in zip(SPEC.lanes, swept["lanes"], strict=True):
        lanes = [Lane(lane.optimizer, dict(lane.hyperparameters) | {"lr": rate}) for rate in RATES]
        runs = [simulate(RaceSpec(SPEC.surface, SPEC.start, SPEC.steps, (one,), SPEC.noise, SPEC.seed)) for one in lanes]
        ends = [run.paths[0, -1, 2] for run in runs]
        assert [np.nan if loss is None else loss for loss in one["losses"]] == pytest.approx(ends, rel=0, abs=0, nan_ok=True)
        assert one["arrived"] == [run.arrived[0] for run in runs] and one["diverged"] == [run.diverged[0] for run in runs]


def test_any_hyperparameter_may_vary_and_who_lacks_it_has_no_curve(swept):
    lacks, adam = swept["betas"]
    lanes = tuple(Lane("adam", dict(SPEC.lanes[1].hyperparameters) | {"beta1": beta}) for beta in BETAS)
    runs = [simulate(RaceSpec(SPEC.surface, SPEC.start, SPEC.steps, (lane,), SPEC.noise, SPEC.seed)) for lane in lanes]
    assert lacks == [None] * len(BETAS) and adam == [run.paths[0, -1, 2] for run in runs] and len(set(adam)) > 50


def test_what_is_said_is_what_the_curve_shows(swept):
    sgd, adam = swept["lanes"]
    losses = [np.inf if loss is None else loss for loss in sgd["losses"]]
    said = sgd["said"]
    assert losses[said["best"]] == min(losses) and said["diverges"] > said["best"]
    assert sgd["diverged"][said["diverges"]] >= 0 > sgd["diverged"][said["diverges"] - 1]
    first, last = said["arrives"]
    assert all(step >= 0 for step in sgd["arrived"][first : last + 1])
    assert sgd["arrived"][first - 1] < 0 and sgd["arrived"][last + 1] < 0
    assert adam["said"]["diverges"] == -1


def test_it_is_coarse_first_and_keeps_what_another_rate_leaves_alone(swept):
    assert swept["coarse"] == [5, 4] and swept["kept"] and swept["again"] == 0


def test_the_instrument_is_part_of_the_link():
    scene, problems = read_scene([("surface", "booth"), ("panel", "rates")])
    assert not problems and scene.panel == "rates" and ("panel", "rates") in scene_fields(scene)
    assert scene_from_json(scene_json(scene)) == scene
    scene, problems = read_scene([("surface", "booth"), ("against", "beta1")])
    assert not problems and ("against", "beta1") in scene_fields(scene) and scene_from_json(scene_json(scene)) == scene
    scene, (problem,) = read_scene([("surface", "booth"), ("against", "bias_correction")])
    assert problem.field == "against" and scene.against == "lr"
    scene, (problem,) = read_scene([("surface", "booth"), ("panel", "weather"), ("steps", "77")])
    assert problem.field == "panel" and scene.panel == "loss" and scene.race.steps == 77
