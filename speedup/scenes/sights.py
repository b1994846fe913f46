"""What is seen of a map, of a relief and of a picture of outcomes: numbers of a link, each within its bounds."""

from collections.abc import Sequence
from typing import Any

from speedup.scenes.pairs import Sides
from speedup.schema import validation
from speedup.schema.validation import SpecError
from speedup.surfaces import SURFACES

# Where the relief is seen from: degrees around it and above it, how far away (in the relief's own unit, on a map of its
# shape), and the place that is looked at, from the middle.
CAMERA = {"turn": (-180, 180), "tilt": (-90, 90), "away": (0.3, 6), "x": (-2, 2), "y": (-2, 2), "z": (-2, 2)}
FINEST = 2.0**-44, 1e-16  # of a side: of its farthest end, of the whole side
Part = tuple[float, float, float, float]  # of something flat: from and to across, from and to upwards


def window(surface: str, ends: Sequence[Any]) -> Part:
    """Returns the window of four numbers, or texts of them, on a surface. Raises SpecError unless it is a part of the map."""
    return _part("window", ends, SURFACES[surface].domain, "xy")


def region(whole: Sides, ends: Sequence[Any]) -> Part:
    """Returns the region of four numbers, or texts of them, of the picture in which a pair varies between the sides `whole`.

    Raises SpecError unless it is a part of the picture.
    """
    return _part("region", ends, whole, "ab")


def _part(field, ends, whole, names):
    """Four numbers, or texts of them, low and high along two axes. Raises SpecError unless they are a part of the `whole`."""
    first, second = names
    said = " and ".join(f"{name}0 < {name}1 {validation.between(*side)}" for name, side in zip(names, whole, strict=True))
    allowed = f"{first}0,{first}1,{second}0,{second}1 with {said}, as far apart as float64 can tell"
    try:
        given = [
            (validation.number(field, low, *side), validation.number(field, high, *side))
            for low, high, side in zip(ends[::2], ends[1::2], whole, strict=True)
        ]
    except ValueError:  # a SpecError is one, and so is what zip raises
        raise SpecError(field, ",".join(map(str, ends)), allowed) from None
    for (low, high), (bottom, top) in zip(given, whole, strict=True):
        if high - low < max(FINEST[0] * max(abs(low), abs(high)), FINEST[1] * (top - bottom)):
            raise SpecError(field, ",".join(map(str, ends)), allowed)
    return (*given[0], *given[1])


def camera(numbers: Sequence[Any]) -> tuple[float, ...]:
    """Returns the camera of six numbers, or texts of them. Raises SpecError unless each is within its bounds in CAMERA."""
    try:
        return tuple(validation.number(name, one, *CAMERA[name]) for name, one in zip(CAMERA, numbers, strict=True))
    except ValueError:  # a SpecError is one, and so is what zip raises
        allowed = ", ".join(f"{name} {validation.between(*bounds)}" for name, bounds in CAMERA.items())
        raise SpecError("camera", ",".join(map(str, numbers)), f"{','.join(CAMERA)} with {allowed}") from None
