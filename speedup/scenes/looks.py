"""What the scenes of all pages have in common: their lanes, which of them are shown and which is chosen, looks by name, how tall
what stands below is.
"""

from collections.abc import Mapping, Sequence, Set
from dataclasses import replace
from typing import Any

from speedup.lane import Lane
from speedup.scenes.texts import Pairs
from speedup.schema import validation
from speedup.schema.validation import SpecError

AS_SENT = "as the stage sends it"  # what a scene has to be
LOWER = 15, 60  # percent of the stage's height that what stands below may have


def read_looks(
    scene: Any,
    pairs: Pairs,
    fields: Sequence[str],
    choices: Mapping[str, Sequence[str]],
    lanes: int,
) -> tuple[Any, list[SpecError]]:
    """Returns (scene, problems): `off`, `chosen`, `lower`, `choices` {field: names} of pairs; what is unknown is named."""
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
            elif field == "lower":
                scene = replace(scene, lower=validation.integer("lower", text, *LOWER))
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
    """Returns the fields `off`, `chosen` and `lower` of a scene, as far as they aren't empty."""
    off = ",".join(str(lane + 1) for lane in sorted(scene.off))
    lower = [] if scene.lower is None else [("lower", str(scene.lower))]
    return [("off", off)] * bool(off) + [("chosen", str(scene.chosen + 1))] * bool(scene.chosen) + lower


def lanes_json(lanes: Sequence[Lane], off: Set[int]) -> list[dict[str, Any]]:
    """Returns lanes as the stage reads them."""
    return [{"optimizer": lane.optimizer, "h": dict(lane.hyperparameters), "on": i not in off} for i, lane in enumerate(lanes)]


def not_as_sent(value: dict[str, Any], error: KeyError | TypeError) -> SpecError:
    """Returns what to say of a scene in which something is missing, or is of another kind than it has to be."""
    if isinstance(error, KeyError):
        return SpecError(error.args[0], "nothing", AS_SENT)
    return SpecError("scene", value, AS_SENT)


def lanes_from_json(value: dict[str, Any]) -> tuple[tuple[Lane, ...], frozenset[int], int]:
    """Reads (lanes, off, chosen) of a scene that the stage has sent. Raises SpecError, KeyError, TypeError."""
    sent = [
        (Lane(lane["optimizer"], lane["h"], lane.get("batch")), lane["on"]) for lane in value["lanes"][: validation.MOST_ITEMS]
    ]
    off = frozenset(i for i, (_, on) in enumerate(sent) if not on)
    chosen = value["chosen"] if isinstance(value["chosen"], int) and 0 <= value["chosen"] < len(sent) else 0
    return tuple(lane for lane, _ in sent), off, chosen


def lower_from_json(value: dict[str, Any]) -> int | None:
    """Reads `lower` of a scene that the stage has sent. Raises SpecError."""
    lower = value.get("lower")
    return None if lower is None else validation.integer("lower", lower, *LOWER)
