"""The scene of the surfaces page: a race, how it is looked at, and which lanes are shown. Its query string is the page's.

    surface=beale&start=1,1.5&steps=300&noise=0&seed=0&lane=adam,lr:0.5&lane=sgd,lr:0.02&view=2d&off=2&chosen=1&window=-2,2,0,2&panel=rates

`off` and `chosen` count the lanes from 1; `window` is the part of the map that is seen, x from -2 to 2 and y from 0 to 2;
`camera` is where the relief is seen from, see CAMERA; `panel` is the instrument under the map, `against` what
varies in the rates, and `pair` in all outcomes. These are left out when empty, or as it is at first.
"""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from speedup.lane import Lane
from speedup.race.race import RaceSpec
from speedup.race.tuning import best_lr, default_race
from speedup.scenes.pairs import PAIRS, SLID
from speedup.scenes.query import RACE_FIELDS, race_fields, read_race
from speedup.scenes.texts import LONGEST, Pairs, format_number
from speedup.schema import validation
from speedup.schema.validation import SpecError
from speedup.surfaces import SURFACES

NAME = "surfaces"  # of the page
VIEWS = ("2d", "3d")
# Instruments: loss against steps, an update's lines, curvature felt, loss against lr, a lane's outcomes while two numbers vary.
PANELS = ("loss", "step", "limit", "rates", "map")
CHOICES = {"view": VIEWS, "panel": PANELS, "against": SLID, "pair": PAIRS}
SCENE_FIELDS = RACE_FIELDS + ("view", "off", "chosen", "window", "camera", "panel", "against", "pair")
# Where the relief is seen from: degrees around it and above it, how far away (in the relief's own unit, on a map of its
# shape), and the place that is looked at, from the middle.
CAMERA = {"turn": (-180, 180), "tilt": (-90, 90), "away": (0.3, 6), "x": (-2, 2), "y": (-2, 2), "z": (-2, 2)}
FINEST = 2.0**-44, 1e-16  # of a window's side: of its farthest coordinate, of the map's side


@dataclass(frozen=True)
class Scene:
    """`off`: the lanes not shown, `chosen`: the one explained below the stage; both count from 0.

    `window` (x0, x1, y0, y1) is what the flat map shows; None for all of it. `camera`, six numbers in the order
    of CAMERA, is where the relief is seen from; None as at first. `panel` is one of PANELS, `against` of SLID, `pair` of PAIRS;
    "", and one that the chosen lane hasn't both of, is the first that it has.
    """

    race: RaceSpec
    view: str = "2d"
    off: frozenset[int] = frozenset()
    chosen: int = 0
    window: tuple[float, float, float, float] | None = None
    camera: tuple[float, ...] | None = None
    panel: str = PANELS[0]
    against: str = SLID[0]
    pair: str = ""

    @property
    def lanes(self) -> tuple[Lane, ...]:
        """The lanes of the race."""
        return self.race.lanes


def default_scene() -> Scene:
    """Returns what the page opens with."""
    return Scene(default_race())


def read_scene(pairs: Pairs) -> tuple[Scene, list[SpecError]]:
    """Returns (Scene, problems) of the pairs of a query string: what is missing or wrong has its default.

    Every wrong field is a SpecError in `problems`, an unknown one too.
    """
    race, problems = read_race([(field, text) for field, text in pairs if field in RACE_FIELDS])
    scene, more = read_looks(Scene(race), pairs, SCENE_FIELDS, CHOICES, len(race.lanes))
    readers = {"window": lambda ends: _window(race.surface, ends), "camera": _camera}
    for field, text in [pair for pair in pairs if pair[0] in readers]:
        try:
            scene = replace(scene, **{field: readers[field](text[:LONGEST].split(","))})
        except SpecError as problem:
            more.append(problem)
    return scene, problems + more


def _window(surface, ends):
    """The window of four numbers, or texts of them, on a surface. Raises SpecError unless it is a part of the map."""
    (x0, x1), (y0, y1) = domain = SURFACES[surface].domain
    sides = f"x0 < x1 {validation.between(x0, x1)} and y0 < y1 {validation.between(y0, y1)}"
    allowed = f"x0,x1,y0,y1 with {sides}, as far apart as float64 can tell"
    try:
        given = [
            (validation.number("window", low, *side), validation.number("window", high, *side))
            for low, high, side in zip(ends[::2], ends[1::2], domain, strict=True)
        ]
    except ValueError:  # a SpecError is one, and so is what zip raises
        raise SpecError("window", ",".join(map(str, ends)), allowed) from None
    for (low, high), (first, last) in zip(given, domain, strict=True):
        if high - low < max(FINEST[0] * max(abs(low), abs(high)), FINEST[1] * (last - first)):
            raise SpecError("window", ",".join(map(str, ends)), allowed)
    return (*given[0], *given[1])


def _camera(numbers):
    """The camera of six numbers, or texts of them. Raises SpecError unless each is within its bounds in CAMERA."""
    try:
        return tuple(validation.number(name, one, *CAMERA[name]) for name, one in zip(CAMERA, numbers, strict=True))
    except ValueError:  # a SpecError is one, and so is what zip raises
        allowed = ", ".join(f"{name} {validation.between(*bounds)}" for name, bounds in CAMERA.items())
        raise SpecError("camera", ",".join(map(str, numbers)), f"{','.join(CAMERA)} with {allowed}") from None


def read_looks(
    scene: Any,
    pairs: Pairs,
    fields: Sequence[str],
    choices: Mapping[str, Sequence[str]],
    lanes: int,
) -> tuple[Any, list[SpecError]]:
    """Returns (scene, problems): `off`, `chosen`, `choices` {field: names} set as the pairs have them; unknown ones named."""
    unknown = [SpecError(field, text, "one of " + ", ".join(fields)) for field, text in pairs if field not in fields]
    problems: list[SpecError] = []
    for field, text in pairs:
        try:
            if field in choices:
                scene = replace(scene, **{field: validation.choice(field, text, choices[field])})
            elif field == "off":
                off, more = _off(text[:100].split(","), lanes)
                scene, problems = replace(scene, off=off), problems + more
            elif field == "chosen":
                scene = replace(scene, chosen=validation.integer("chosen", text, 1, lanes) - 1)
        except SpecError as problem:
            problems.append(problem)
    return scene, problems + unknown[:5]


def _off(numbers, lanes):
    """(off, problems) of the numbers of lanes, counted from 1; a SpecError for each that there isn't."""
    off, problems = set(), []
    for one in numbers:
        try:
            off.add(validation.integer("off", one, 1, lanes) - 1)
        except SpecError as problem:
            problems.append(problem)
    return frozenset(off), problems


def look_fields(scene: Any) -> Pairs:
    """Returns the fields `off` and `chosen` of a scene, as far as they aren't empty."""
    off = ",".join(str(lane + 1) for lane in sorted(scene.off))
    return [("off", off)] * bool(off) + [("chosen", str(scene.chosen + 1))] * bool(scene.chosen)


def scene_fields(scene: Scene) -> Pairs:
    """Returns [(field, text), ...] of a scene; `read_scene` gives the same scene back."""
    numbers = [(field, getattr(scene, field)) for field in ("window", "camera")]
    seen = [(field, ",".join(map(format_number, value))) for field, value in numbers if value]
    panel = [("panel", scene.panel)] * (scene.panel != PANELS[0])
    pair = [("against", scene.against)] * (scene.against != SLID[0]) + [("pair", scene.pair)] * bool(scene.pair)
    return race_fields(scene.race) + [("view", scene.view)] + look_fields(scene) + seen + panel + pair


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
        "view": scene.view,
        "chosen": scene.chosen,
        "window": scene.window and list(scene.window),
        "camera": scene.camera and list(scene.camera),
        "panel": scene.panel,
        "against": scene.against,
        "pair": scene.pair,
    }


def lanes_json(lanes: Sequence[Lane], off: Set[int]) -> list[dict[str, Any]]:
    """Returns lanes as the stage reads them."""
    return [{"optimizer": lane.optimizer, "h": dict(lane.hyperparameters), "on": i not in off} for i, lane in enumerate(lanes)]


def scene_from_json(value: dict[str, Any]) -> Scene:
    """Reads the scene that the stage has sent. Raises SpecError: it comes from a browser, so nothing in it is believed."""
    try:
        lanes, off, chosen = lanes_from_json(value)
        race = RaceSpec(
            value["surface"], tuple(value["start"]), value["steps"], lanes, value["noise"], value["seed"], value["params"]
        )
        view = validation.choice("view", value.get("view"), VIEWS)
        panel = validation.choice("panel", value.get("panel", PANELS[0]), PANELS)
        against = validation.choice("against", value.get("against", SLID[0]), SLID)
        pair = value.get("pair") and validation.choice("pair", value["pair"], PAIRS)
        window = value.get("window") and _window(race.surface, list(value["window"][: validation.MOST_ITEMS]))
        camera = value.get("camera") and _camera(list(value["camera"][: validation.MOST_ITEMS]))
    except (KeyError, TypeError) as error:
        raise SpecError("scene", error, "as the stage sends it") from None
    return Scene(race, view, off, chosen, window or None, camera or None, panel, against, pair or "")


def lanes_from_json(value: dict[str, Any]) -> tuple[tuple[Lane, ...], frozenset[int], int]:
    """Reads (lanes, off, chosen) of a scene that the stage has sent. Raises SpecError, KeyError, TypeError."""
    sent = [
        (Lane(lane["optimizer"], lane["h"], lane.get("batch")), lane["on"]) for lane in value["lanes"][: validation.MOST_ITEMS]
    ]
    off = frozenset(i for i, (_, on) in enumerate(sent) if not on)
    chosen = value["chosen"] if isinstance(value["chosen"], int) and 0 <= value["chosen"] < len(sent) else 0
    return tuple(lane for lane, _ in sent), off, chosen


def merge(scene: Scene, sent: Scene) -> Scene:
    """Returns `scene`, which a widget has changed, with the lanes and the sight of the one that the stage `sent` meanwhile."""
    seen = sent if sent.race.surface == scene.race.surface else scene
    return replace(sent, view=scene.view, window=seen.window, camera=seen.camera, race=replace(scene.race, lanes=sent.race.lanes))


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
    return replace(scene, window=None, camera=None, race=race)


def setting(scene: Scene, field: str) -> Any:
    """Returns what a setting of the page is: a field of the race, or the view."""
    return scene.view if field == "view" else getattr(scene.race, field)


def changed(scene: Scene, field: str, value: Any) -> Scene:
    """Returns the scene with a setting changed; on another surface its start and rates follow. Raises SpecError."""
    if field == "surface":
        return on_surface(scene, validation.choice(field, value, SURFACES))
    if field == "view":
        return replace(scene, view=validation.choice(field, value, VIEWS))
    return replace(scene, race=replace(scene.race, **{field: value}))
