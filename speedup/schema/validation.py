"""What may not be: the one error that every bad input ends in, and the checks that raise it."""

import math
import numbers
import re
import reprlib
from collections.abc import Collection, Mapping, Sequence, Sized
from decimal import Decimal
from typing import Any

NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?", re.ASCII)
LONGEST_NUMBER = 40  # characters; float64 needs 24
MOST_ITEMS = 100  # of a list that a browser sends, looked at before anything else is
LONGEST_SHOWN = 60  # characters of a wrong value in a message
MOST_SHOWN = 10  # items of a wrong list in a message


class SpecError(ValueError):
    """A value that isn't allowed: `field`, `value` as text (both cut to 60 characters), and the `allowed` range in words."""

    def __init__(self, field: object, value: object, allowed: str) -> None:
        self.field, self.value, self.allowed = _cut(str(field)), shown(value), allowed
        super().__init__(f"{self.field}: {self.value!r} is not allowed, it must be {self.allowed}")

    def __reduce__(self) -> tuple:
        return type(self), (self.field, self.value, self.allowed)


def _cut(text, longest=LONGEST_SHOWN):
    text = text.encode(errors="replace").decode()  # half of a surrogate pair, which JSON may hold and no answer can
    return text if len(text) <= longest else text[: longest - 3] + "..."


class _Repr(reprlib.Repr):
    def repr_int(self, value, level):
        return shown(value)


_short = _Repr()
_short.maxother = _short.maxstring = LONGEST_SHOWN


def shown(value: object) -> str:
    """Returns any value as text of at most 60 characters: a list by its items, what is no number with its type."""
    kind = type(value).__name__
    if isinstance(value, str):
        return _cut(value[: LONGEST_SHOWN + 1])
    if isinstance(value, int) and value.bit_length() > 1000:  # Python writes no more than 4300 digits, and slowly
        return f"a whole number of {int(value.bit_length() * math.log10(2)) + 1} digits"
    if value is None or (isinstance(value, (int, float)) and not isinstance(value, bool)):
        return _cut(str(value))
    if isinstance(value, Sized) and _length(value) > MOST_SHOWN:
        return _cut(f"{_length(value)} items ({kind})")
    if isinstance(value, (tuple, list)) and value:
        return _cut(",".join(map(shown, value)))
    text = _short.repr(value)
    return _cut(text) if kind in text else f"{_cut(text, 30)} ({_cut(kind, 25)})"


def _length(value):
    try:
        return len(value)
    except Exception:  # an array without dimensions has none; nor may a stranger's class
        return 0


def between(low: float, high: float) -> str:
    """Returns the range in words: "from 0 to 1", whole numbers with all their digits."""
    return "from {} to {}".format(*(f"{end:.0f}" if end == int(end) else f"{end:g}" for end in (low, high)))


def number(field: str, value: Any, low: float, high: float) -> float:
    """Returns value, a real number (no bool) or the text of one, as a float in [low, high]. Raises SpecError, for NaN too."""
    allowed = "a number " + between(low, high)
    scalar = getattr(value, "shape", None) == () and hasattr(value, "item")  # an array without dimensions
    plain = value.item() if scalar else value
    if isinstance(plain, str):
        if len(plain) > LONGEST_NUMBER or not NUMBER.fullmatch(plain):
            raise SpecError(field, value, allowed)
    elif isinstance(plain, bool) or not isinstance(plain, (numbers.Real, Decimal)):
        raise SpecError(field, value, allowed)
    try:
        result = float(plain)
    except (TypeError, ValueError, OverflowError):
        raise SpecError(field, value, allowed) from None
    if not (math.isfinite(result) and low <= result <= high):
        raise SpecError(field, value, allowed)
    return result


def integer(field: str, value: Any, low: float, high: float) -> int:
    """Returns value (a number, or the text of one) as an int in [low, high]. Raises SpecError."""
    allowed = "a whole number " + between(low, high)
    try:
        result = number(field, value, low, high)
    except SpecError:
        raise SpecError(field, value, allowed) from None
    if result != int(result):
        raise SpecError(field, value, allowed)
    return int(result)


def choice(field: str, value: Any, names: Collection[str]) -> str:
    """Returns the one of `names` that value is, as ordinary text. Raises SpecError."""
    if not isinstance(value, str) or value not in names:
        raise SpecError(field, value, "one of " + ", ".join(names))
    return next(name for name in names if name == value)


def sequence(field: str, value: Any, allowed: str, least: int, most: int) -> tuple:
    """Returns value, a list, a tuple or a one-dimensional array of `least` to `most` items, as a tuple. Raises SpecError.

    Not a set, which has no order, nor text.
    """
    shape = getattr(value, "shape", None)
    ordered = isinstance(value, Sequence) and not isinstance(value, (str, bytes, bytearray))
    if not (ordered or (isinstance(shape, tuple) and len(shape) == 1)) or not least <= len(value) <= most:
        raise SpecError(field, value, allowed)
    return tuple(value)


def parameters(field: str, values: Any, rows: Sequence[Any]) -> dict[str, float]:
    """Returns {name: float} of a mapping, each named in `rows` (of Parameter) and within its bounds. Raises SpecError."""
    if not isinstance(values, Mapping):
        raise SpecError(field, values, "a mapping of names to numbers")
    return dict(parameter(field, name, value, rows) for name, value in values.items())


def parameter(field: str, name: Any, value: Any, rows: Sequence[Any]) -> tuple[str, float]:
    """Returns (name, float): a value of the one of `rows` (of Parameter) that is called so. Raises SpecError."""
    for row in rows:
        if row.name == name:
            check = integer if row.scale == "switch" else number
            return row.name, float(check(f"{field} {row.name}", value, row.low, row.high))
    raise SpecError(field, name, "one of " + ", ".join(row.name for row in rows) if rows else "left out: it has no parameters")


def instance(value: object, kinds: type | tuple[type, ...], function: str) -> None:
    """Raises TypeError unless value is of one of these classes: it names what `function` takes, and the type it was given."""
    if not isinstance(value, kinds):
        taken = " or ".join(f"a {kind.__name__}" for kind in (kinds if isinstance(kinds, tuple) else (kinds,)))
        raise TypeError(f"{function} takes {taken}, not {type(value).__name__}")
