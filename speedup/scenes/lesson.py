"""The lesson: the chapter in eight scenes, each with what the stage shows, the update, a question and something to try.

The words stand in the locales, at lesson.scenes.<name>: title, words, question, reveal, why, try, outcome. Every number in them
is tested against the runs of the scenes.
"""

from dataclasses import dataclass, replace
from typing import Any

from speedup.lane import Lane
from speedup.optimizers import OPTIMIZERS
from speedup.race.race import RaceSpec
from speedup.scenes.network_scene import NetworkScene
from speedup.scenes.query import default_training, train_lane
from speedup.scenes.surfaces_scene import Scene
from speedup.surfaces import SURFACES

NAME = "lesson"  # of the page
PARTS = ("gradient", "momentum", "step")  # of an update: slope here, what is carried along, how far to go
ENDS = ("low", "high")  # of a slider, its left and its right
QUESTIONS = ("first", "lowest", "straightest")  # who arrives first, has the lowest loss, goes the shortest way until it arrives


@dataclass(frozen=True)
class Telling:
    """One scene of the lesson.

    scene     what the stage shows, a Scene or a NetworkScene
    question  what the reader is to predict, of QUESTIONS: which lane it is is read off the run that is drawn, by
              static/lesson/rules.js
    move      what the reader is told to try: ("hyper", lane, name, to), ("param", name, to) or ("batch", lane, to), where
              `to` is an end of the slider, "low" or "high", or a number to type beside it; lanes count from 0
    why       the instrument, of PANELS, that shows why it is so; empty for none
    chapter, pytorch   the update, line by line, as the chapter writes it and as PyTorch computes it; empty where the scene
              is about none. "[part|text]" marks what a text is of PARTS; without the marks the lines are Python.
    """

    name: str
    scene: Scene | NetworkScene
    question: str
    move: tuple
    why: str = ""
    chapter: tuple[str, ...] = ()
    pytorch: tuple[str, ...] = ()

    @property
    def tried(self) -> Scene | NetworkScene:
        """The scene once `move` was made."""
        return moved(self.scene, self.move)


def moved(scene: Any, move: tuple) -> Any:
    """Returns a scene after a reader's move."""
    kind, *where, to = move
    if kind == "param":
        (name,) = where
        rows = {row.name: row for row in SURFACES[scene.race.surface].parameters}
        return replace(scene, race=replace(scene.race, params=scene.race.params | {name: _value(rows[name], to)}))
    index, lane = where[0], scene.lanes[where[0]]
    if kind == "batch":
        lane = replace(lane, batch={"low": 1, "high": scene.run.train_samples}.get(to, to))
    else:
        rows = {row.name: row for row in OPTIMIZERS[lane.optimizer].hyperparameters}
        lane = replace(lane, hyperparameters=lane.hyperparameters | {where[1]: _value(rows[where[1]], to)})
    lanes = (*scene.lanes[:index], lane, *scene.lanes[index + 1 :])
    if isinstance(scene, Scene):
        return replace(scene, race=replace(scene.race, lanes=lanes))
    return replace(scene, run=replace(scene.run, lanes=lanes))


def _value(row, to):
    return getattr(row, to) if to in ENDS else float(to)


def _lane(optimizer, lr, **rest):
    return Lane(optimizer, {"lr": lr} | rest)


def _valley(*lanes):
    """A valley whose walls bend a hundred times as sharply as its floor: beyond lr 0.02 SGD can't stay in it."""
    return Scene(RaceSpec("long_valley", steps=240, lanes=lanes, params={"condition": 100.0}))


def _beale(*lanes):
    return Scene(RaceSpec("beale", steps=240, lanes=lanes))


def _network(*lanes, looks=None, **values):
    return NetworkScene(default_training(lanes=lanes, **values), turn="start", **looks or {})


_DRUNK, _SLOPE = _lane("sgd", 0.019), _lane("momentum", 0.019, momentum=0.6)
_SHIVERS = _lane("rmsprop", 0.1, rho=0.9)
_SEEN = {"curve": "train", "axis": "samples"}

_TELLINGS = (
    Telling(
        "slow",
        _network(_lane("sgd", 0.01), _lane("adam", 0.01), batch=1000, steps=300, looks=_SEEN),
        "lowest",
        ("hyper", 0, "lr", "high"),
    ),
    Telling(
        "minibatch",
        _network(Lane("sgd", {"lr": 0.1}, 50), Lane("sgd", {"lr": 0.1}, 600), samples=600, steps=480, looks=_SEEN),
        "lowest",
        ("hyper", 1, "lr", 0.2),
    ),
    Telling(
        "drunk",
        _valley(_DRUNK, _lane("sgd", 0.004)),
        "first",
        ("param", "condition", "low"),
        why="limit",
        chapter=("W += -[step|lr] * [gradient|dx]",),
        pytorch=("p -= [step|lr] * [gradient|grad]",),
    ),
    Telling(
        "slope",
        _valley(_DRUNK, _SLOPE),
        "first",
        ("hyper", 1, "momentum", "high"),
        why="limit",
        chapter=("m = [momentum|b1 * m] - [step|lr] * [gradient|dx]", "W += m"),
        pytorch=("buf = [momentum|momentum * buf] + [gradient|grad]", "p -= [step|lr] * buf"),
    ),
    Telling(
        "shoes",
        _valley(_DRUNK, _SLOPE, _lane("adagrad", 1.0)),
        "straightest",
        ("param", "condition", "high"),
        why="limit",
        chapter=("v += [gradient|dx] ** 2", "W += -[step|lr / sqrt(v)] * [gradient|dx]"),
        pytorch=("state_sum += [gradient|grad] ** 2", "p -= [step|lr / (sqrt(state_sum) + eps)] * [gradient|grad]"),
    ),
    Telling(
        "both",
        _beale(_lane("adagrad", 1.0), _SHIVERS),
        "first",
        ("hyper", 1, "rho", "low"),
        why="limit",
        chapter=("v = b1 * v + (1 - b1) * [gradient|dx] ** 2", "W += -[step|lr / sqrt(v)] * [gradient|dx]"),
        pytorch=(
            "avg = alpha * avg + (1 - alpha) * [gradient|grad] ** 2",
            "p -= [step|lr / (sqrt(avg) + eps)] * [gradient|grad]",
        ),
    ),
    Telling(
        "adam",
        _beale(_lane("momentum", 0.02), _SHIVERS, _lane("adam", 0.1, beta2=0.9)),
        "first",
        ("hyper", 2, "beta1", "low"),
        why="limit",
        chapter=(
            "m = [momentum|b1 * m] + (1 - b1) * [gradient|dx]",
            "v = b2 * v + (1 - b2) * [gradient|dx] ** 2",
            "W += -[step|lr / sqrt(v)] * [momentum|m]",
        ),
        pytorch=(
            "m = [momentum|beta1 * m] + (1 - beta1) * [gradient|grad]",
            "v = beta2 * v + (1 - beta2) * [gradient|grad] ** 2",
            "m_hat = m / (1 - beta1 ** t)",
            "v_hat = v / (1 - beta2 ** t)",
            "p -= [step|lr / (sqrt(v_hat) + eps)] * [momentum|m_hat]",
        ),
    ),
    Telling(
        "which",
        _network(*map(train_lane, ("sgd", "momentum", "rmsprop", "adam")), seed=28),
        "lowest",
        ("hyper", 0, "lr", 0.3),
        why="rates",
    ),
)
TELLINGS = {telling.name: telling for telling in _TELLINGS}  # in the order in which they are told
