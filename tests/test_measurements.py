"""What is measured of a training in the browser: the same whether on the way or when it is asked for."""

import pytest

from speedup import Lane, TrainSpec
from speedup.scenes.network_scene import NetworkScene, scene_json
from tests.modules import evaluate
from tests.nets import samples_of

LANES = tuple(Lane(name, batch=9) for name in ("sgd", "adam", "rmsprop"))
SPEC = TrainSpec("moons", samples=60, hidden=(4,), steps=120, lanes=LANES, changes=[(50, 1, "lr", 0.1)], test=0.25)
STEPS = 119, 3, 60, 61, 2, 0, 118, 120  # to and fro, as a playhead that is moved by hand

FOUND = """(async () => {
  const { loadTables } = await import("./base/load.js");
  const { loadKernels } = await import("./model/kernels.js");
  const { Training } = await import("./model/training.js");
  const kernels = await loadKernels("held:/", (await loadTables("held:/", "en")).tables);
  const { inputs, targets, train } = arg.data;
  const data = { inputs: Float64Array.from(inputs), targets: Float64Array.from(targets), train };
  const trained = (spec, curve, old) => {
    const training = new Training(kernels, spec, data, old);
    it.Trainer.prototype.now.call({ view: { kernels, curve } }, { spec, training });
    return training;
  };
  const taken = (training) => training.all.map(({ measurements }) => measurements.known.reduce((a, b) => a + b));
  const asked = (training) => training.lanes.map((_, lane) => arg.steps.map((step) => training.measuredAt(lane, step)));
  const whole = (training) => training.all.map((lane) => (training.measureAll(lane), [...lane.measurements.values]));
  const onTheWay = trained(arg.scene, "train");
  const later = trained(arg.scene, "batch");
  const before = taken(later);
  const once = asked(later);
  const again = taken(later);
  const dragged = structuredClone(arg.scene);
  dragged.changes[0][3] = 0.2;
  const heir = trained(dragged, "batch", later);
  return {
    taken: [taken(onTheWay), before, again, taken(heir)],
    asked: [asked(onTheWay), once],
    whole: [whole(onTheWay), whole(later)],
    heir: [whole(trained(dragged, "train")), whole(heir)],
  };
})()"""


@pytest.fixture(scope="module")
def found():
    return evaluate("model/trainer", FOUND, {"scene": scene_json(NetworkScene(SPEC)), "data": samples_of(SPEC), "steps": STEPS})


def test_what_is_dragged_is_measured_only_where_somebody_looks(found):
    on_the_way, before, again, heir = found["taken"]
    ghost = len(LANES)
    assert on_the_way[0] == SPEC.steps // 3  # every third step, of all lanes and the ghost
    assert set(on_the_way) == {on_the_way[0]}
    assert set(before) == {0}
    assert [again[lane] for lane in (0, 1, 2, ghost)] == [3, 3, 3, 0]  # after 3, 60 and 117 steps; 2, 0 and 120 need none
    assert heir[0] == 3
    assert heir[1] == 1  # what was measured before the change


def test_it_is_the_same_whenever_it_is_measured(found):
    assert found["asked"][0] == found["asked"][1]
    assert found["asked"][0][0][0]["train_loss"] < found["asked"][0][0][5]["train_loss"]  # it is the training that is measured


@pytest.mark.parametrize("what", ["whole", "heir"])
def test_the_chart_of_all_samples_has_every_measurement(found, what):
    on_the_way, later = found[what]
    assert len(on_the_way) == len(LANES) + 1
    assert on_the_way == later
