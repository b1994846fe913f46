"""The scene of the surfaces page: a race, how it is looked at, and which lanes are shown. Its query string is the page's.

    surface=beale&start=1,1.5&steps=300&noise=0&seed=0&lane=adam,lr:0.5&lane=sgd,lr:0.02&view=2d&off=2&chosen=1&window=-2,2,0,2&panel=rates

`off` and `chosen` count the lanes from 1; `window` is the part of the map that is seen, x from -2 to 2 and y from 0 to 2;
`camera` is where the relief is seen from, see `sights.CAMERA`; `panel` is the instrument under the map, `against` what
varies in the rates, `measure` what they show of a run, `pair` what varies in all outcomes, `region` the part of their picture
that is seen, `laid` where those of all starts are, `lower` how tall the instrument is, in percent of the stage. What is empty
or as at first is left out.
"""

from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from speedup.lane import Lane
from speedup.race.race import RaceSpec
from speedup.race.tuning import best_lr, default_race
from speedup.scenes import sights
from speedup.scenes.looks import lanes_from_json, lanes_json, look_fields, lower_from_json, not_as_sent, read_looks
from speedup.scenes.pairs import PAIRS, RACED, own_pairs, sides
from speedup.scenes.query import RACE_FIELDS, race_fields, read_race
from speedup.scenes.texts import LONGEST, Pairs, format_number
from speedup.schema import validation
from speedup.schema.validation import SpecError
from speedup.surfaces import SURFACES

NAME = "surfaces"  # of the page
VIEWS = ("2d", "3d")
# Instruments: loss against steps, an update's lines, curvature felt, loss against lr, a lane's outcomes while two numbers vary.
PANELS = ("loss", "step", "limit", "rates", "map")
MEASURES = ("loss", "steps")  # what the rates show of each run: its loss at the end, the steps until it arrives
LAID = ("below", "map")  # where the outcomes of all starts are seen: below, or over the flat map, too
CHOICES = {"view": VIEWS, "panel": PANELS, "against": RACED, "measure": MEASURES, "pair": PAIRS, "laid": LAID}
SCENE_FIELDS = (*RACE_FIELDS, "view", "off", "chosen", "window", "camera", *list(CHOICES)[1:], "region", "lower")


@dataclass(frozen=True)
class Scene:
    """`off`: the lanes not shown, `chosen`: the one explained below the stage; both count from 0.

    `window` (x0, x1, y0, y1) is what the flat map shows; None for all of it. `camera`, six numbers in the order of
    `sights.CAMERA`, is where the relief is seen from; None as at first. The other looks are of CHOICES; `pair` is of
    the chosen lane's PAIRS; "" is its first. `region` (from and to across, from and to upwards) is what is seen of
    the picture of that pair; None for all of it. `lower` is how tall the instrument is,
    in percent of the stage; None as at first.
    """

    race: RaceSpec
    view: str = "2d"
    off: frozenset[int] = frozenset()
    chosen: int = 0
    window: tuple[float, float, float, float] | None = None
    camera: tuple[float, ...] | None = None
    panel: str = PANELS[0]
    against: str = RACED[0]
    measure: str = MEASURES[0]
    pair: str = ""
    region: sights.Part | None = None
    lower: int | None = None
    laid: str = LAID[0]

    @property
    def lanes(self) -> tuple[Lane, ...]:
        """The lanes of the race."""
        return self.race.lanes


def _outcomes(surface, start, lr, momentum, **looks):
    """Momentum on a surface, and what becomes of it."""
    lanes = (Lane("momentum", {"lr": lr, "momentum": momentum}),)
    return Scene(RaceSpec(surface, start, steps=150, lanes=lanes), panel="map", **looks)


# Scenes by name; each has a title and a sentence in the locales, and what it says of its boundary is tested.
SCENES = {
    "fractal": _outcomes("himmelblau", (0.9, 1.25), 0.02, 0.9, pair="start", region=(0.5, 1.5, 0.6, 1.6)),
    "smooth": _outcomes("booth", (-8.0, 6.0), 0.05, 0.5, pair="lr,momentum"),
}


def default_scene() -> Scene:
    """Returns what the page opens with."""
    return Scene(default_race())


def named(scene: Scene) -> str | None:
    """Returns the name in SCENES of a scene's race, None if it has none."""
    return next((name for name, one in SCENES.items() if one.race == scene.race), None)


def read_scene(pairs: Pairs) -> tuple[Scene, list[SpecError]]:
    """Returns (Scene, problems) of the pairs of a query string: what is missing or wrong has its default.

    Every wrong field is a SpecError in `problems`, an unknown one too.
    """
    race, problems = read_race([(field, text) for field, text in pairs if field in RACE_FIELDS])
    scene, more = read_looks(Scene(race), pairs, SCENE_FIELDS, CHOICES, len(race.lanes))
    own = own_pairs(scene.lanes[scene.chosen])
    if scene.pair and scene.pair not in own:
        more.append(SpecError("pair", scene.pair, "one of " + ", ".join(own)))
        scene = replace(scene, pair="")
    readers = {
        "window": lambda ends: {"window": sights.window(race.surface, ends)},
        "camera": lambda numbers: {"camera": sights.camera(numbers)},
        "region": lambda ends: _region(scene, ends),
    }
    wrong = {problem.field for problem in more}
    for field, text in [pair for pair in pairs if pair[0] in readers]:
        if field == "region" and "pair" in wrong:
            continue  # it is another picture's
        try:
            scene = replace(scene, **readers[field](text[:LONGEST].split(",")))
        except SpecError as problem:
            more.append(problem)
    return scene, problems + more


def _region(scene, ends):
    """{"region", "pair"} of four numbers, or texts of them: a region is one of a certain pair. Raises SpecError."""
    pair = scene.pair or own_pairs(scene.lanes[scene.chosen])[0]
    return {"region": sights.region(sides(scene.race.surface, pair), ends), "pair": pair}


def scene_fields(scene: Scene) -> Pairs:
    """Returns [(field, text), ...] of a scene; `read_scene` gives the same scene back."""
    numbers = [(field, getattr(scene, field)) for field in ("window", "camera", "region")]
    seen = [(field, ",".join(map(format_number, value))) for field, value in numbers if value]
    first = {"panel": PANELS[0], "against": RACED[0], "measure": MEASURES[0], "pair": "", "laid": LAID[0]}
    shown = [(field, getattr(scene, field)) for field, one in first.items() if getattr(scene, field) != one]
    return race_fields(scene.race) + [("view", scene.view)] + look_fields(scene) + seen + shown


def scene_query(scene: Scene) -> str:
    """Returns the query string of a scene."""
    return urlencode(scene_fields(scene), safe=",:")


def scene_json(scene: Scene) -> dict[str, Any]:
    """Returns the scene as the stage reads it."""
    race = scene.race
    return {
        "surface": race.surface,
        "params": dict(race.params),
        "start": list(race.start),
        "steps": race.steps,
        "noise": race.noise,
        "seed": race.seed,
        "lanes": lanes_json(race.lanes, scene.off),
        **{field: getattr(scene, field) for field in CHOICES},
        "chosen": scene.chosen,
        "lower": scene.lower,
        "window": scene.window and list(scene.window),
        "camera": scene.camera and list(scene.camera),
        "region": scene.region and list(scene.region),
    }


def scene_from_json(value: dict[str, Any]) -> Scene:
    """Reads the scene that the stage has sent. Raises SpecError: it comes from a browser, so nothing in it is believed."""
    try:
        lanes, off, chosen = lanes_from_json(value)
        race = RaceSpec(
            value["surface"], tuple(value["start"]), value["steps"], lanes, value["noise"], value["seed"], value["params"]
        )
        view = validation.choice("view", value.get("view"), VIEWS)
        panel = validation.choice("panel", value.get("panel", PANELS[0]), PANELS)
        against = validation.choice("against", value.get("against", RACED[0]), RACED)
        measure = validation.choice("measure", value.get("measure", MEASURES[0]), MEASURES)
        laid = validation.choice("laid", value.get("laid", LAID[0]), LAID)
        pair = value.get("pair") and validation.choice("pair", value["pair"], PAIRS)
        ends = {name: list((value.get(name) or ())[: validation.MOST_ITEMS]) for name in ("window", "camera", "region")}
        window = sights.window(race.surface, ends["window"]) if ends["window"] else None
        camera = sights.camera(ends["camera"]) if ends["camera"] else None
        seen = window, camera, panel, against, measure, pair or ""
        scene = Scene(race, view, off, chosen, *seen, lower=lower_from_json(value), laid=laid)
        if scene.pair and scene.pair not in own_pairs(lanes[chosen]):
            return replace(scene, pair="")  # another lane was chosen, and the picture is of what that one has
        return replace(scene, **_region(scene, ends["region"])) if ends["region"] else scene
    except (KeyError, TypeError) as error:
        raise not_as_sent(value, error) from None


def merge(scene: Scene, sent: Scene) -> Scene:
    """Returns `scene`, which a widget has changed, with the lanes and the sight of the one that the stage `sent` meanwhile."""
    seen = (
        sent if sent.race.surface == scene.race.surface else replace(sent, window=scene.window, camera=scene.camera, region=None)
    )
    return replace(seen, view=scene.view, race=replace(scene.race, lanes=sent.race.lanes))


def on_surface(scene: Scene, surface: str) -> Scene:
    """Moves the scene to another surface: its start, and its learning rates where the old surface's stood."""
    race = scene.race
    lanes = tuple(
        Lane(lane.optimizer, dict(lane.hyperparameters) | {"lr": best_lr(surface, lane.optimizer)})
        if lane.hyperparameters["lr"] == best_lr(race.surface, lane.optimizer)
        else lane
        for lane in race.lanes
    )
    race = RaceSpec(surface, steps=race.steps, lanes=lanes, noise=race.noise, seed=race.seed)
    return replace(scene, window=None, camera=None, region=None, race=race)


def setting(scene: Scene, field: str) -> Any:
    """Returns what a setting of the page is: a field of the race, the view, or the name of the scene, None without one."""
    if field == "scene":
        return named(scene)
    return scene.view if field == "view" else getattr(scene.race, field)


def changed(scene: Scene, field: str, value: Any) -> Scene:
    """Returns the scene with a setting changed; on another surface its start and rates follow. Raises SpecError.

    A name in SCENES gives that one.
    """
    if field == "scene":
        return SCENES[validation.choice(field, value, SCENES)]
    if field == "surface":
        return on_surface(scene, validation.choice(field, value, SURFACES))
    if field == "view":
        return replace(scene, view=validation.choice(field, value, VIEWS))
    return replace(scene, race=replace(scene.race, **{field: value}))
