"""The rates instrument: each of its points is a run of its own, and what it says in words is what its curve shows."""

from dataclasses import replace

import numpy as np
import pytest

from speedup import Lane, RaceSpec, simulate, sweep
from speedup.scenes.surfaces_scene import Scene, read_scene, scene_fields, scene_from_json, scene_json
from tests.modules import evaluate

RATES = np.geomspace(1e-4, 5, 61).tolist()
BETAS = (1 - np.geomspace(1, 1e-4, 61)).tolist()
SPEC = RaceSpec("booth", (-6.0, 4.0), 80, (Lane("sgd", {"lr": 0.01}), Lane("adam", {"lr": 0.5, "beta1": 0.8})), noise=0.3, seed=5)
SWEEP = """(async () => {
  const { loadTables } = await import("./base/load.js");
  const { loadKernels } = await import("./model/kernels.js");
  const { tables } = await loadTables("held:/", "en");
  const { findings } = await import("./model/rate_findings.js");
  const told = (swept) => ({ said: findings(swept, { measure: "loss", from: 0 }), steps: findings(swept, { measure: "steps", from: 0 }) });
  const sweep = new it.RateSweep(await loadKernels("held:/", tables));
  sweep.want(arg.spec, "lr", arg.rates);
  let left = 9;
  sweep.work(() => left-- === 0);
  const coarse = sweep.lanes.map(({ done }) => done);
  sweep.work(() => false);
  const [first] = sweep.lanes;
  const lanes = sweep.lanes.map((swept) => ({
    losses: [...swept.losses], arrived: [...swept.arrived], diverged: [...swept.diverged], ...told(swept) }));
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
  sweep.want(arg.spec, "noise", arg.rates);
  sweep.work(() => false);
  const noises = sweep.lanes.map(({ losses }) => [...losses]);
  sweep.want({ ...arg.spec, noise: 7 }, "noise", arg.rates);
  return { coarse, lanes, kept, again, betas, noises, still: sweep.complete };
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


def test_the_noise_may_vary_and_what_it_is_now_changes_no_curve(swept):
    for i, found in enumerate(swept["noises"]):
        runs = [simulate(replace(SPEC, noise=noise)) for noise in RATES]
        assert found == [run.paths[i, -1, 2] for run in runs] and len(set(found)) > 50
    assert swept["still"]


def around(best, holds):
    """The first and the last of the places around one at which something holds."""
    first = next((i + 1 for i in range(best, -1, -1) if not holds[i]), 0)
    return [first, next((i - 1 for i in range(best, len(holds)) if not holds[i]), len(holds) - 1)]


def told(final, arrived, diverged, by_steps, zero):
    """What a curve says, of what `sweep` gives."""
    never = np.where((arrived < 0) | (diverged >= 0), np.inf, arrived)
    heights = never if by_steps else np.where(diverged >= 0, np.inf, final)
    best = int(heights.argmin())
    worse = [i for i in range(best + 1, len(heights)) if diverged[i] >= 0]
    stays = (arrived >= 0) & (diverged < 0)
    arrives = around(best, stays) if stays[best] else None
    near = around(best, heights - heights[best] <= 0.1 * (heights[best] - (0 if by_steps else zero)))
    good = arrives if arrives and not by_steps else near
    return {"best": best, "good": good, "arrives": arrives, "diverges": worse[0] if worse else -1}


def test_what_is_said_is_what_a_sweep_of_the_library_gives(swept):
    ends = sweep(SPEC, {"lr": RATES}, seeds=[SPEC.seed])
    for i, lane in enumerate(swept["lanes"]):
        found = [array[i, :, 0] for array in (ends.final, ends.arrived, ends.diverged)]
        assert lane["said"] == told(*found, False, 0) and lane["steps"] == told(*found, True, 0)
    sgd, adam = swept["lanes"]
    assert sgd["said"]["arrives"] == sgd["said"]["good"] != sgd["steps"]["good"] and sgd["said"]["diverges"] > sgd["said"]["best"]
    assert adam["said"]["diverges"] == -1


@pytest.mark.parametrize(
    "losses, arrived, measure, start, best, good",
    [
        ([9, 1.3, 1, 1.09, 1.2, 1], [-1] * 6, "loss", 0, 2, [2, 3]),  # a tenth above it; behind a hill is another range
        ([9, -8.1, -9, -9.5, -8.6, 0], [-1] * 6, "loss", 0, 3, [2, 4]),  # no minimum: counted from the start's loss
        ([9, 5, 4, 6, 7, 8], [-1] * 6, "loss", 3, 2, [2, 2]),
        ([9, 1e-9, 1e-30, 1e-4, 0.3, 9], [-1, 70, 20, 90, -1, -1], "loss", 0, 2, [1, 3]),  # who arrives is as good
        ([9, 1e-9, 1e-30, None, 1e-4, None], [-1, 70, 20, 30, 90, 40], "loss", 0, 2, [1, 2]),  # but not who diverges later
        ([9, 1e-9, 1e-30, 1e-4, 0.3, 9], [-1, 21, 20, 23, -1, -1], "steps", 0, 2, [1, 2]),
        ([9, 1e-9, 1e-30, 1e-4, 0.3, 9], [-1] * 6, "steps", 0, -1, None),
        ([None] * 6, [-1] * 6, "loss", 0, -1, None),
    ],
)
def test_as_good_is_a_tenth_worse_at_most(losses, arrived, measure, start, best, good):
    code = """it.findings({ losses: Float64Array.from(arg.losses, (one) => one ?? NaN), arrived: arg.arrived,
      diverged: arg.losses.map((one) => (one === null ? 7 : -1)) }, { measure: arg.measure, from: arg.start })"""
    said = evaluate("model/rate_findings", code, {"losses": losses, "arrived": arrived, "measure": measure, "start": start})
    assert (said["best"], said["good"]) == (best, good)


def test_it_is_coarse_first_and_keeps_what_another_rate_leaves_alone(swept):
    assert swept["coarse"] == [5, 4] and swept["kept"] and swept["again"] == 0


def test_the_instrument_is_part_of_the_link():
    scene, problems = read_scene([("surface", "booth"), ("panel", "rates")])
    assert not problems and scene.panel == "rates" and ("panel", "rates") in scene_fields(scene)
    assert scene_from_json(scene_json(scene)) == scene
    scene, problems = read_scene([("surface", "booth"), ("against", "beta1")])
    assert not problems and ("against", "beta1") in scene_fields(scene) and scene_from_json(scene_json(scene)) == scene
    scene, problems = read_scene([("surface", "booth"), ("measure", "steps")])
    assert not problems and ("measure", "steps") in scene_fields(scene) and scene_from_json(scene_json(scene)) == scene
    scene, (problem,) = read_scene([("surface", "booth"), ("measure", "miles")])
    assert problem.field == "measure" and scene.measure == "loss"
    scene, problems = read_scene([("surface", "booth"), ("against", "noise")])
    assert not problems and ("against", "noise") in scene_fields(scene) and scene_from_json(scene_json(scene)) == scene
    scene, (problem,) = read_scene([("surface", "booth"), ("against", "bias_correction")])
    assert problem.field == "against" and scene.against == "lr"
    scene, (problem,) = read_scene([("surface", "booth"), ("panel", "weather"), ("steps", "77")])
    assert problem.field == "panel" and scene.panel == "loss" and scene.race.steps == 77
