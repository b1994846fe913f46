"""What the browser reads off a run as the answer to a scene's question is what the library's runs say."""

import numpy as np
import pytest

from speedup import simulate, train
from speedup.network.training import every_of
from speedup.scenes.lesson import QUESTIONS, TELLINGS
from speedup.scenes.surfaces_scene import Scene
from tests.answers import SCORES, answer
from tests.modules import evaluate

RACE = """(await (async () => {
  const { surfaces } = await import("./race/surfaces.js");
  const view = { kind: surfaces, run: { spec: { steps: arg.steps }, lanes: arg.lanes } };
  const rule = it.RULES[arg.question];
  return [view.run.lanes.map((_, lane) => rule.score(view, lane)), it.winner(rule, view), rule.seen(view, arg.best)];
})())"""

TRAINING = """(await (async () => {
  const { Measurements } = await import("./model/measurements.js");
  const { Training } = await import("./model/training.js");
  const measured = ["train_loss"];
  const kept = ({ measurements, ...lane }) => {
    const found = new Measurements(measured, arg.every, arg.steps);
    found.put(0, Float64Array.from(measurements, (loss) => loss ?? NaN));
    return { ...lane, measurements: found };
  };
  const [spec, lanes] = [{ steps: arg.steps }, arg.lanes.map(kept)];
  const training = Object.assign(Object.create(Training.prototype), { spec, lanes, every: arg.every, measured });
  const view = { run: { spec, lanes, training } };
  const rule = it.RULES[arg.question];
  return [lanes.map((_, lane) => rule.score(view, lane)), it.winner(rule, view), rule.seen(view, arg.best)];
})())"""


def finite(values):
    """A list as JSON may hold it: None for what isn't finite."""
    return [float(value) if np.isfinite(value) else None for value in values]


def race_of(scene):
    """What the rules read of a race."""
    run = simulate(scene.race)
    lanes = [{"path": path.ravel().tolist(), "arrived": int(end)} for path, end in zip(run.paths, run.arrived, strict=True)]
    return {"steps": scene.race.steps, "lanes": lanes}


def training_of(scene):
    """What the rules read of a training: the loss over its samples, measured at every measurement and at the end."""
    run, every = train(scene.run), every_of(scene.run)
    count = scene.run.steps // every
    lanes = [
        {"batch": scene.run.batch_of(lane), "end": {"train_loss": loss[-1]}, "measurements": finite(loss[1 : count + 1])}
        for lane, loss in zip(scene.lanes, run.train_loss, strict=True)
    ]
    return {"steps": scene.run.steps, "every": every, "lanes": lanes}


@pytest.mark.parametrize("name", TELLINGS)
def test_the_browser_s_answer_is_the_library_s(name):
    telling = TELLINGS[name]
    scores, best = SCORES[telling.question](telling.scene), answer(telling)
    race = isinstance(telling.scene, Scene)
    run = race_of(telling.scene) if race else training_of(telling.scene)
    found, winner, seen = evaluate("lesson/rules", RACE if race else TRAINING, run | {"question": telling.question, "best": best})
    assert winner == best
    assert found == [None if value is None else pytest.approx(value, rel=1e-12) for value in finite(scores)]
    assert seen == (scores[best] if telling.question == "first" else run["steps"])


def test_nobody_is_an_answer_too():
    run = {"steps": 9, "lanes": [{"path": [0, 0, 1], "arrived": -1}] * 2, "question": "first", "best": 0}
    assert evaluate("lesson/rules", RACE, run) == [[None, None], -1, 9]


def test_every_question_has_a_rule():
    assert evaluate("lesson/rules", "Object.keys(it.RULES)") == list(QUESTIONS)
    assert {telling.question for telling in TELLINGS.values()} == set(QUESTIONS) == set(SCORES)
