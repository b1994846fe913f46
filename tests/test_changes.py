"""Hyperparameters changed in the middle of a run: what is in force when, and what a slider that is moved does to them."""

import pytest

from tests.modules import evaluate

STEPS = 300
LANES = [{"optimizer": "sgd", "h": {"lr": 0.1}}, {"optimizer": "momentum", "h": {"lr": 0.2, "momentum": 0.9}}]


def changed(changes, most=100, **how):
    """(whether it could be, what is in force at the step, lr at the start, changes) after a slider was moved."""
    how = {"index": 0, "name": "lr", "value": 0.5, "from": "here"} | how | {"most": most}
    expression = """(() => {
      const [spec, how] = arg;
      const could = it.changeAt(spec, how);
      return [could, it.inForce(spec, how.index, how.step)[how.name], spec.lanes[how.index].h[how.name], spec.changes];
    })()"""
    return evaluate("model/changes", expression, [{"steps": STEPS, "lanes": LANES, "changes": changes}, how])


@pytest.mark.parametrize("step, lr", [(0, 0.1), (149, 0.1), (150, 0.02), (199, 0.02), (200, 3), (STEPS, 3)])
def test_what_is_in_force(step, lr):
    spec = {"lanes": LANES, "changes": [[200, 0, "lr", 3], [150, 0, "lr", 0.02], [10, 1, "lr", 7], [10, 0, "momentum", 1]]}
    assert evaluate("model/changes", "it.inForce(...arg)", [spec, 0, step]) == {"lr": lr}


def test_the_steps_at_which_a_lane_changes():
    spec = {"lanes": LANES, "changes": [[200, 0, "lr", 3], [150, 1, "lr", 0.02], [150, 1, "momentum", 0.5], [20, 1, "lr", 1]]}
    assert [evaluate("model/changes", "it.stepsOf(...arg)", [spec, lane]) for lane in (0, 1)] == [[0, 200], [0, 20, 150]]


def test_all_values_of_a_run():
    spec = {"lanes": LANES, "changes": [[200, 0, "lr", 3], [150, 0, "lr", 0.02], [10, 1, "lr", 7], [10, 1, "momentum", 1]]}
    found = [evaluate("model/changes", "it.valuesOf(...arg)", [spec, *of]) for of in ([0, "lr"], [1, "momentum"])]
    assert [[(one["step"], one["value"]) for one in values] for values in found] == [
        [(0, 0.1), (150, 0.02), (200, 3)],
        [(0, 0.9), (10, 1)],
    ]


@pytest.mark.parametrize(
    "changes, how, start, after",
    [
        ([], {"step": 0}, 0.5, []),
        ([], {"step": 150}, 0.1, [[150, 0, "lr", 0.5]]),
        ([[150, 0, "lr", 3]], {"step": 150}, 0.1, [[150, 0, "lr", 0.5]]),
        ([[150, 0, "lr", 3]], {"step": 200}, 0.1, [[150, 0, "lr", 3], [200, 0, "lr", 0.5]]),
        ([], {"step": STEPS}, 0.5, []),
        ([[150, 0, "lr", 3]], {"step": STEPS}, 0.1, [[150, 0, "lr", 0.5]]),
        ([[150, 0, "lr", 3], [250, 0, "lr", 4]], {"step": 200, "from": "start"}, 0.5, [[250, 0, "lr", 4]]),
        ([[150, 1, "lr", 3]], {"step": STEPS, "from": "start"}, 0.5, [[150, 1, "lr", 3]]),
    ],
    ids=lambda one: str(one)[:40],
)
def test_what_is_moved_is_what_is_shown(changes, how, start, after):
    assert changed(changes, **how) == [True, 0.5, start, after]


@pytest.mark.parametrize("panel, found", [("loss", [0.1, [[150, 0, "lr", 0.5]]]), ("map", [0.5, []])])
def test_what_varies_in_map_has_its_value_from_the_start_on(panel, found):
    """As its cross, whatever a slider was to mean before: there the switch isn't shown."""
    expression = """(() => {
      const [spec, panel] = arg;
      const view = { panel, turn: "here", clock: { t: 150 }, spec, shared: {}, tables: { network: { most_changes: 9 } } };
      it.setHyper(spec, 0, "lr", 0.5, view);
      return [spec.lanes[0].h.lr, spec.changes];
    })()"""
    assert evaluate("network/held", expression, [{"steps": STEPS, "lanes": LANES, "changes": []}, panel]) == found


def test_no_more_changes_than_a_scene_holds():
    full = [[step, 1, "lr", 0.1] for step in range(1, 11)]
    assert changed(full, most=10, step=150) == [False, 0.1, 0.1, full]
    assert changed(full, most=10, step=150, **{"from": "start"})[:2] == [True, 0.5]
    assert changed(full, most=10, step=5, index=1)[:2] == [True, 0.5]  # one that is there is changed


def test_a_lane_is_called_by_what_is_in_force():
    expression = """arg.map((step) => it.laneLabel({ step, words: () => "",
      spec: { lanes: [0.01, 0.02].map((lr) => ({ optimizer: "sgd", h: { lr }, batch: null })), changes: [[200, 0, "lr", 3]] },
      tables: { optimizers: { sgd: { label: "SGD", hyperparameters: [{ name: "lr", symbol: "lr" }] } } } }, 0))"""
    assert evaluate("draw/format", expression, [0, 199, 200, STEPS]) == ["SGD lr\u00a00.01"] * 2 + ["SGD lr\u00a03"] * 2
