"""The scene of the surfaces page: a race, how it is looked at, and which lanes are shown. Its query string is the page's.

    surface=beale&start=1,1.5&steps=300&noise=0&seed=0&lane=adam,lr:0.5&lane=sgd,lr:0.02&view=2d&off=2&chosen=1

`off` and `chosen` count the lanes from 1; both are left out when empty.
"""

from dataclasses import dataclass, replace
from urllib.parse import urlencode

from speedup import bounds
from speedup.bounds import SpecError
from speedup.race import Lane, RaceSpec
from speedup.spec import RACE_FIELDS, race_fields, read_race
from speedup.tuning import best_lr, default_race

VIEWS = ("2d", "3d")
SCENE_FIELDS = RACE_FIELDS + ("view", "off", "chosen")


@dataclass(frozen=True)
class Scene:
    """`off`: the lanes not shown, `chosen`: the one explained below the stage; both count from 0."""

    race: RaceSpec
    view: str = "2d"
    off: frozenset[int] = frozenset()
    chosen: int = 0


def default_scene():
    """What the page opens with."""
    return Scene(default_race())


def read_scene(pairs):
    """(Scene, problems) of the pairs of a query string: what is missing or wrong has its default.

    Every wrong field is a SpecError in `problems`, an unknown one too.
    """
    unknown = [SpecError(field, text, "one of " + ", ".join(SCENE_FIELDS)) for field, text in pairs
               if field not in SCENE_FIELDS]
    race, problems = read_race([(field, text) for field, text in pairs if field in RACE_FIELDS])
    scene, rest = Scene(race), [(field, text) for field, text in pairs if field in ("view", "off", "chosen")]
    for field, text in rest:
        try:
            scene = replace(scene, **{field: _READ[field](text, len(race.lanes))})
        except SpecError as problem:
            problems.append(problem)
    return scene, problems + unknown[:5]


def _read_off(text, lanes):
    return frozenset(bounds.integer("off", one, 1, lanes) - 1 for one in text[:100].split(","))


_READ = {
    "view": lambda text, lanes: bounds.choice("view", text, VIEWS),
    "off": _read_off,
    "chosen": lambda text, lanes: bounds.integer("chosen", text, 1, lanes) - 1,
}


def scene_fields(scene):
    """[(field, text), ...] of a scene; `read_scene` gives the same scene back."""
    fields = race_fields(scene.race) + [("view", scene.view)]
    if scene.off:
        fields.append(("off", ",".join(str(lane + 1) for lane in sorted(scene.off))))
    if scene.chosen:
        fields.append(("chosen", str(scene.chosen + 1)))
    return fields


def scene_query(scene):
    """The query string of a scene."""
    return urlencode(scene_fields(scene), safe=",:")


def scene_json(scene):
    """The scene as the stage reads it."""
    race = scene.race
    lanes = [{"optimizer": lane.optimizer, "h": dict(lane.hyperparameters), "on": i not in scene.off}
             for i, lane in enumerate(race.lanes)]
    return {
        "surface": race.surface, "params": dict(race.params), "start": list(race.start), "steps": race.steps,
        "noise": race.noise, "seed": race.seed, "lanes": lanes, "view": scene.view, "chosen": scene.chosen,
    }


def scene_from_json(value):
    """The scene that the stage has sent. Raises SpecError: it comes from a browser, so nothing in it is believed."""
    try:
        sent = [(lane["optimizer"], lane["h"], lane["on"]) for lane in value["lanes"][: bounds.MOST_ITEMS]]
        race = RaceSpec(value["surface"], tuple(value["start"]), value["steps"],
                        tuple(Lane(optimizer, h) for optimizer, h, _ in sent),
                        value["noise"], value["seed"], value["params"])
        chosen = value["chosen"]
    except (KeyError, TypeError) as error:
        raise SpecError("scene", error, "as the stage sends it") from None
    off = frozenset(i for i, (_, _, on) in enumerate(sent) if not on)
    chosen = chosen if isinstance(chosen, int) and 0 <= chosen < len(sent) else 0
    return Scene(race, bounds.choice("view", value.get("view"), VIEWS), off, chosen)


def on_surface(scene, surface):
    """The scene moved to another surface: its start, and its learning rates where the old surface's stood."""
    race = scene.race
    lanes = tuple(
        Lane(lane.optimizer, dict(lane.hyperparameters) | {"lr": best_lr(surface, lane.optimizer)})
        if lane.hyperparameters["lr"] == best_lr(race.surface, lane.optimizer) else lane
        for lane in race.lanes
    )
    return replace(scene, race=RaceSpec(surface, None, race.steps, lanes, race.noise, race.seed))
