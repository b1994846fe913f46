"""The scene of the network page: a training and how it is looked at. Its query string is the page's.

    dataset=parabola&…&lane=adam,lr:0.01&change=90,1,lr,0.1&curve=batch&axis=step&scale=linear&turn=here&panel=loss&off=2&chosen=1&weight=17

curve: the loss that is drawn; axis: against what; scale: of the loss; turn: what a slider means that is moved while it
trains, "from here on" or "from the start"; panel: the instrument below; against: what varies in its rates; directions: of which
curvature the limit tells, the sharpest or the three sharpest; pair: what varies in its picture of all outcomes; region: the
part of that which is seen; weight: the one whose update it shows, counted from 1; lower: how tall it is, in percent of the
stage. What has its default is left out.
"""

from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from speedup.datasets import DATASETS
from speedup.lane import Lane
from speedup.network.training import MOST_STEPS, TrainSpec
from speedup.scenes import sights
from speedup.scenes.looks import lanes_from_json, lanes_json, look_fields, lower_from_json, not_as_sent, read_looks
from speedup.scenes.pairs import TRAINED, TRAINED_PAIRS, own_pairs, trained_sides
from speedup.scenes.query import TRAIN_FIELDS, default_training, parse_hidden, read_training, training_fields
from speedup.scenes.texts import LONGEST, Pairs, format_number
from speedup.schema import validation
from speedup.schema.validation import SpecError

NAME = "network"  # of the page
PANELS = ("loss", "step", "limit", "rates", "map")  # instruments, as on the page Surfaces
LOOKS = {  # the first is the default
    "curve": ("batch", "train", "test"),
    "axis": ("step", "epoch", "samples", "seconds"),
    "scale": ("linear", "log"),
    "turn": ("here", "start"),
    "panel": PANELS,
    "against": TRAINED,
    "directions": ("first", "three"),
}
SCENE_FIELDS = (*TRAIN_FIELDS, *LOOKS, "pair", "region", "off", "chosen", "weight", "lower")


@dataclass(frozen=True)
class NetworkScene:
    """`off`: the lanes not shown, `chosen`: the one explained below the stage; both count from 0, and so does `weight`.

    `weight`: the one whose update is shown; None: that at which the loss is steepest at the start. `lower`: how tall the
    instrument is, in percent of the stage; None: as at first. `pair`: one of the chosen lane's TRAINED_PAIRS, "" for its
    first; `region`: what is seen of its picture, from and to across, from and to upwards; None for all of it. Raises
    SpecError for a TrainSpec with `seeds`.
    """

    run: TrainSpec
    curve: str = "batch"
    axis: str = "step"
    scale: str = "linear"
    turn: str = "here"
    panel: str = PANELS[0]
    against: str = TRAINED[0]
    directions: str = "first"
    off: frozenset[int] = frozenset()
    chosen: int = 0
    weight: int | None = None
    lower: int | None = None
    pair: str = ""
    region: sights.Part | None = None

    def __post_init__(self) -> None:
        if self.run.seeds:
            raise SpecError("seeds", dict(self.run.seeds), "empty: pages, links and scripts draw everything with one seed")

    @property
    def lanes(self) -> tuple[Lane, ...]:
        """The lanes of the training."""
        return self.run.lanes


def _sgd(lr, **rest):
    return Lane("sgd", {"lr": lr}, **rest)


def _momentum(lr, momentum):
    return Lane("momentum", {"lr": lr, "momentum": momentum})


def _edge(*lanes, hidden=(12, 12), steps=5000, panel="limit", **rest):
    """All samples at each step, a smooth activation: where the sharpness climbs until the learning rate stops it."""
    smooth = dict(dataset="sine", samples=60, test=0.2, activation="tanh", batch=60)
    return NetworkScene(default_training(**smooth, hidden=hidden, steps=steps, lanes=lanes, **rest), scale="log", panel=panel)


# Scenes by name; each has a title and a sentence in the locales. The tutorial's is the default.
SCENES = {
    "tutorial": NetworkScene(default_training()),
    "minibatch": NetworkScene(default_training(samples=512, steps=400, lanes=(_sgd(0.1), _sgd(0.1, batch=512))), axis="samples"),
    "too_high": NetworkScene(default_training(lanes=(_sgd(0.01), _sgd(0.1), _sgd(0.6), _sgd(3.0)))),
    "spirals": NetworkScene(
        default_training(dataset="spiral", samples=400, noise=0.0, hidden=(8, 8), activation="tanh", batch=20, steps=3000),
        scale="log",
    ),
    "dead_units": NetworkScene(
        default_training(hidden=(12,), seed=1, lanes=(_sgd(0.05), _sgd(0.5), Lane("adam", {"lr": 0.5}))), chosen=1
    ),
    "zero_weights": NetworkScene(default_training(init="zeros")),
    "overshoot": NetworkScene(
        default_training(seed=1, lanes=(_momentum(0.02, 0.5), _momentum(0.02, 0.9), _momentum(0.02, 0.99))), curve="train"
    ),
    "no_correction": NetworkScene(
        default_training(steps=120, lanes=(Lane("adam", {"lr": 0.1}), Lane("adam", {"lr": 0.1, "bias_correction": 0})))
    ),
    "edge": _edge(_sgd(0.1), _sgd(0.2)),
    "adam_edge": _edge(Lane("adam", {"lr": 0.005}), Lane("adam", {"lr": 0.01})),
    "catapult": _edge(_sgd(0.07), _sgd(0.2), hidden=(20,), steps=300, panel="loss", init="he", seed=1),
}


def default_scene() -> NetworkScene:
    """Returns what the page opens with."""
    return SCENES["tutorial"]


def read_scene(pairs: Pairs) -> tuple[NetworkScene, list[SpecError]]:
    """Returns (NetworkScene, problems) of the pairs of a query string: what is missing or wrong has its default."""
    run, problems = read_training([(field, text) for field, text in pairs if field in TRAIN_FIELDS])
    scene, more = read_looks(NetworkScene(run), pairs, SCENE_FIELDS, LOOKS | {"pair": TRAINED_PAIRS}, len(run.lanes))
    own = own_pairs(scene.lanes[scene.chosen], TRAINED_PAIRS)
    if scene.pair and scene.pair not in own:
        more.append(SpecError("pair", scene.pair, "one of " + ", ".join(own)))
        scene = replace(scene, pair="")
    readers = {
        "weight": lambda text: {"weight": validation.integer("weight", text, 1, run.net.parameters) - 1},
        "region": lambda text: _region(scene, text[:LONGEST].split(",")),
    }
    wrong = {problem.field for problem in more}
    for field, text in [pair for pair in pairs if pair[0] in readers]:
        if field == "region" and "pair" in wrong:
            continue  # it is another picture's
        try:
            scene = replace(scene, **readers[field](text))
        except SpecError as problem:
            more.append(problem)
    return scene, problems + more


def _region(scene, ends):
    """{"region", "pair"} of four numbers, or texts of them: a region is one of a certain pair. Raises SpecError."""
    pair = scene.pair or own_pairs(scene.lanes[scene.chosen], TRAINED_PAIRS)[0]
    return {"region": sights.region(trained_sides(scene.run, pair), ends), "pair": pair}


def scene_fields(scene: NetworkScene) -> Pairs:
    """Returns [(field, text), ...] of a scene; `read_scene` gives the same scene back."""
    looks = [(name, getattr(scene, name)) for name, names in LOOKS.items() if getattr(scene, name) != names[0]]
    picked = [] if scene.weight is None else [("weight", str(scene.weight + 1))]
    looks += [("pair", scene.pair)] * bool(scene.pair)
    looks += [("region", ",".join(map(format_number, scene.region)))] if scene.region else []
    return training_fields(scene.run) + looks + look_fields(scene) + picked


def scene_query(scene: NetworkScene) -> str:
    """Returns the query string of a scene."""
    return urlencode(scene_fields(scene), safe=",:")


def scene_json(scene: NetworkScene) -> dict[str, Any]:
    """Returns the scene as the stage reads it."""
    run = scene.run
    plain = {
        name: getattr(run, name)
        for name in ("dataset", "samples", "noise", "test", "activation", "init", "batch", "steps", "seed")
    }
    return (
        plain
        | {
            "hidden": list(run.hidden),
            "changes": [list(change) for change in run.changes],
            "lanes": [one | {"batch": lane.batch} for one, lane in zip(lanes_json(run.lanes, scene.off), run.lanes)],
            "chosen": scene.chosen,
            "weight": scene.weight,
            "lower": scene.lower,
            "pair": scene.pair,
            "region": scene.region and list(scene.region),
        }
        | {name: getattr(scene, name) for name in LOOKS}
    )


def scene_from_json(value: dict[str, Any]) -> NetworkScene:
    """Reads the scene that the stage has sent. Raises SpecError: it comes from a browser, so nothing in it is believed."""
    try:
        lanes, off, chosen = lanes_from_json(value)
        names = ("dataset", "samples", "noise", "test", "activation", "init", "batch", "steps", "seed", "hidden", "changes")
        run = TrainSpec(**{name: value[name] for name in names}, lanes=lanes)
        looks = {name: validation.choice(name, value.get(name, names[0]), names) for name, names in LOOKS.items()}
        lower, weight = lower_from_json(value), value.get("weight")
        picked = None if weight is None else validation.integer("weight", weight, 0, run.net.parameters - 1)
        pair = value.get("pair") and validation.choice("pair", value["pair"], TRAINED_PAIRS)
        seen: dict[str, Any] = looks | {"pair": pair or "", "weight": picked, "lower": lower}
        scene = NetworkScene(run, off=off, chosen=chosen, **seen)
        if scene.pair and scene.pair not in own_pairs(lanes[chosen], TRAINED_PAIRS):
            return replace(scene, pair="")  # another lane was chosen, and the picture is of what that one has
        ends = list((value.get("region") or ())[: validation.MOST_ITEMS])
        return replace(scene, **_region(scene, ends)) if ends else scene
    except (KeyError, TypeError) as error:
        raise not_as_sent(value, error) from None


def merge(scene: NetworkScene, sent: NetworkScene) -> NetworkScene:
    """Returns `scene`, which a widget has changed, with the lanes of the one that the stage `sent` meanwhile."""
    run = replace(scene.run, lanes=sent.run.lanes, changes=())
    return _kept(sent, run)


def _kept(scene, run):
    """The scene with another run: the weight as long as the net is the same, the region as long as there are as many samples."""
    weight = scene.weight if run.net == scene.run.net else None
    return replace(scene, run=run, weight=weight, region=scene.region if run.train_samples == scene.run.train_samples else None)


def named(scene: NetworkScene) -> str | None:
    """Returns the name in SCENES of a scene's training, None if it has none."""
    return next((name for name, one in SCENES.items() if one.run == scene.run), None)


def setting(scene: NetworkScene, field: str) -> Any:
    """Returns what a setting of the page is: a field of the training, or the name of the scene, None without one."""
    if field == "scene":
        return named(scene)
    return ", ".join(map(str, scene.run.hidden)) if field == "hidden" else getattr(scene.run, field)


def changed(scene: NetworkScene, field: str, value: Any) -> NetworkScene:
    """Returns the scene with a setting changed, or the one of a name in SCENES. Raises SpecError."""
    if field == "scene":
        return SCENES[validation.choice(field, value, SCENES)]
    values = {field: value}
    if field == "hidden":
        values[field] = parse_hidden(value)
    if field == "dataset":  # a noise of the same size would drown some and spare others
        values["noise"] = min(scene.run.noise, DATASETS[validation.choice(field, value, DATASETS)].most_noise)
    if field == "steps":
        steps = validation.integer(field, value, 1, MOST_STEPS)
        values["changes"] = tuple(change for change in scene.run.changes if change.step < steps)
    return _kept(scene, replace(scene.run, **values))
