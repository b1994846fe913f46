"""The rates of trainings: each point is a training of its own, and threads compute them coarse first, from one seed and from more."""

from dataclasses import replace

import numpy as np
import pytest

from speedup import Lane, TrainSpec, datasets, sweep
from speedup.scenes.network_scene import NetworkScene, read_scene, scene_fields, scene_from_json, scene_json
from tests.modules import evaluate, threads_on
from tests.nets import final

RATES = np.geomspace(1e-5, 10, 61).tolist()
LANES = Lane("sgd", {"lr": 0.05}, 12), Lane("adam", {"lr": 0.01})
SPEC = TrainSpec("sine", 60, test=0.2, hidden=(5,), activation="tanh", batch=20, steps=30, lanes=LANES, seed=3)
SPEC = replace(SPEC, changes=((10, 0, "lr", 0.02), (12, 1, "beta1", 0.5)))
AT = [[lane, place, seed] for lane in (0, 1) for place in (0, 30, 44, 60) for seed in (0, 2)]
BEGIN = """
  const { loadTables } = await import("./base/load.js");
  const { loadKernels } = await import("./model/kernels.js");
  const { tables } = await loadTables("held:/", "en");
  const kernels = await loadKernels("held:/", tables);
  const { COUNT, ORDER } = await import("./model/rate_sweep.js");
"""
RUNS = f"""(async () => {{ {BEGIN}
  const data = {{ ...arg.data, inputs: Float64Array.from(arg.data.inputs), targets: Float64Array.from(arg.data.targets) }};
  const job = (name, values) => ({{ spec: arg.spec, data, name, values }});
  const each = async (job, runs) => {{
    const found = [];
    for (const at of runs) found.push(await it.runOf(kernels, job, at, () => true));
    return found;
  }};
  const stopped = {{ ...arg.spec, steps: 1e5 }};
  return {{ rates: await each(job("lr", arg.rates), arg.at), batches: await each(job("batch", [7, 48]), [[0, 0, 0], [1, 1, 0]]),
    stopped: await it.runOf(kernels, {{ ...job("lr", arg.rates), spec: stopped }}, [0, 0, 0], () => false) }};
}})()"""


def ordered():
    """(inputs, targets, is_test), those of the test last, as the browser gets them."""
    inputs, targets, is_test = datasets.make(SPEC.dataset, SPEC.samples, SPEC.noise, SPEC.test, SPEC.seed)
    order = np.argsort(is_test, kind="stable")
    return inputs[order], targets[order], is_test[order]


@pytest.fixture(scope="module")
def ran():
    inputs, targets, is_test = ordered()
    data = {"inputs": inputs.ravel().tolist(), "targets": targets.tolist(), "train": int((~is_test).sum())}
    given = {"rates": RATES, "at": AT, "spec": scene_json(NetworkScene(SPEC)), "data": data}
    return evaluate("model/rate_runs", RUNS, given)


def test_every_point_is_what_a_sweep_of_the_library_gives(ran):
    found = sweep(SPEC, {"lr": RATES}, seeds=[SPEC.seed])
    own = [one for one in ran["rates"] if one[2] == 0]
    assert len(own) == len(AT) / 2
    for lane, place, _, loss, diverged in own:
        assert diverged == found.diverged[lane, place, 0]
        assert loss == pytest.approx(found.final[lane, place, 0], rel=1e-9)
    low, high = (np.array([one[3] for one in own if one[1] == place]) for place in (0, 30))
    assert (low != high).all()


def test_other_seeds_have_the_same_data(ran):
    for lane, place, seed, loss, _ in ran["rates"]:
        lanes = [replace(one, hyperparameters=one.hyperparameters | {"lr": RATES[place]}) for one in LANES]
        spec = replace(SPEC, lanes=tuple(lanes), seed=SPEC.seed + seed)
        assert loss == pytest.approx(final(spec, lane, ordered()), rel=1e-9)


def test_the_batch_may_vary_and_a_run_may_be_stopped(ran):
    (_, _, _, seven, _), (_, _, _, full, _) = ran["batches"]
    assert seven == pytest.approx(final(replace(SPEC, lanes=(replace(LANES[0], batch=7), LANES[1])), 0, ordered()), rel=1e-9)
    assert full == pytest.approx(final(replace(SPEC, batch=48), 1, ordered()), rel=1e-9) and ran["stopped"] is None


THREADS = f"""(async () => {{ {BEGIN} {threads_on(3)}
  const told = [];
  const threads = new it.RateThreads({{ kernels, notice: {{ show: (key) => told.push(key) }}, redraw() {{}} }});
  const job = {{ spec: arg.spec, name: "lr", values: arg.rates }};
  const how = (dragging) => ({{ dragging, work: 1 }});
  const loss = ([lane, place, seed]) => (seed > 5 && place > 50 ? NaN : 1 + lane + place * (1 + seed));
  const find = (runs) => answer({{ found: runs.map((at) => [...at, loss(at), Number.isNaN(loss(at)) ? 4 : -1]) }});
  threads.want(job, how(false));
  const dealt = asked().map(({{ runs }}) => runs);
  const all = dealt[0].flatMap((one, i) => [one, ...(dealt[1][i] ? [dealt[1][i]] : [])]);
  const seen = [];
  const look = () => seen.push({{ progress: threads.progress, whole: threads.lanes.map(({{ seeds }}) => seeds.whole),
    done: threads.lanes[0].done, complete: threads.complete }});
  find(all.slice(0, 16));
  look();
  find(all.slice(16, 122));
  look();
  const [first, second] = threads.lanes;
  const other = structuredClone(arg.spec);
  other.lanes[0].h.lr = 0.7;
  other.lanes[1].h.beta1 = 0.7;
  threads.want({{ ...job, spec: other }}, how(true));
  const dragged = [threads.lanes[0] === first, threads.lanes[1] === second, threads.outdated(0), threads.outdated(1), asked().length];
  threads.want({{ ...job, spec: other }}, how(false));
  const kept = [threads.lanes[0] === first, threads.lanes[1] === second, threads.outdated(1)];
  const again = asked().flatMap(({{ runs }}) => runs);
  find(again);
  look();
  const [{{ losses, seeds, diverged }}] = threads.lanes;
  const band = {{ losses: [...losses], low: [...seeds.low], high: [...seeds.high], diverged: [...diverged] }};
  other.lanes[1].h.beta1 = 0.8;
  threads.want({{ ...job, spec: other }}, how(false));
  find(asked()[0].runs.slice(0, 5));
  answer({{ error: "it broke" }});
  const broken = threads.lanes.map(({{ done }}) => done);
  threads.want({{ ...job, spec: other }}, how(false));
  return {{ all, seen, dragged, kept, again: again.map(([lane, , seed]) => [lane, seed]), band, broken, told,
    tried: asked().length, order: ORDER }};
}})()"""


@pytest.fixture(scope="module")
def dealt():
    return evaluate("model/rate_threads", THREADS, {"rates": RATES, "spec": scene_json(NetworkScene(SPEC))})


def test_it_is_coarse_first_and_from_one_seed_before_more(dealt):
    assert dealt["all"] == [[lane, place, seed] for seed in range(8) for place in dealt["order"] for lane in (0, 1)]
    coarse, first, last = dealt["seen"]
    assert coarse == {"progress": 16 / 976, "whole": [0, 0], "done": 8, "complete": False}
    assert first == {"progress": 1 / 8, "whole": [1, 1], "done": 61, "complete": False}
    assert last == {"progress": 1, "whole": [8, 8], "done": 61, "complete": True}


def test_what_is_dragged_keeps_curves_and_another_value_costs_nothing(dealt):
    assert dealt["dragged"] == [True, True, False, True, 0] and dealt["kept"] == [True, False, False]
    assert sorted(set(map(tuple, dealt["again"]))) == [*((0, seed) for seed in range(1, 8)), *((1, seed) for seed in range(8))]


def test_curves_are_medians_and_bands_the_middle_eighty_percent(dealt):
    losses = np.array([[1.0 + place * (1 + seed) for place in range(61)] for seed in range(8)])
    losses[6:, 51:] = np.inf
    with np.errstate(invalid="ignore"):  # between two that are infinite
        low, middle, high = (np.quantile(losses, q, axis=0) for q in (0.1, 0.5, 0.9))
    band = dealt["band"]
    assert band["losses"] == pytest.approx(middle) and band["low"] == pytest.approx(low) and set(band["diverged"]) == {-1}
    assert band["high"][:51] == pytest.approx(high[:51]) and band["high"][51:] == [None] * 10


def test_a_thread_that_breaks_leaves_no_half_curve(dealt):
    assert dealt["broken"] == [61, 0] and dealt["told"] == ["notice.no_thread"] and dealt["tried"] == 0


def test_the_instrument_is_part_of_the_link():
    scene, problems = read_scene([("panel", "rates"), ("against", "batch")])
    assert not problems and {("panel", "rates"), ("against", "batch")} <= set(scene_fields(scene))
    assert scene_from_json(scene_json(scene)) == scene
    scene, (problem,) = read_scene([("against", "weather")])
    assert problem.field == "against" and scene.against == "lr"
