"""What may not be: the one error that every bad input ends in, and the checks that raise it."""

import math
import numbers
import re

NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?", re.ASCII)
LONGEST_NUMBER = 40  # characters; float64 needs 24
MOST_ITEMS = 100  # of a list that a browser sends, looked at before anything else is


class SpecError(ValueError):
    """A value that isn't allowed: `field`, `value` as it came (cut to 60 characters), and the `allowed` range in words."""

    def __init__(self, field, value, allowed):
        self.field, self.allowed = field, allowed
        try:
            text = str(value)
        except ValueError:  # Python writes no int of more than 4300 digits
            text = "a number of thousands of digits"
        self.value = text if len(text) <= 60 else text[:57] + "..."
        super().__init__(f"{self.field}: {self.value!r} is not allowed, it must be {self.allowed}")


def between(low, high):
    """The range in words: "from 0 to 1", whole numbers with all their digits."""
    low, high = (f"{end:.0f}" if end == int(end) else f"{end:g}" for end in (low, high))
    return f"from {low} to {high}"


def number(field, value, low, high):
    """value (a number, or the text of one) as a float in [low, high]. Raises SpecError, for NaN and infinity too."""
    allowed = "a number " + between(low, high)
    if isinstance(value, str):
        if len(value) > LONGEST_NUMBER or not NUMBER.fullmatch(value):
            raise SpecError(field, value, allowed)
    elif isinstance(value, bool) or not isinstance(value, numbers.Real):
        raise SpecError(field, value, allowed)
    try:
        result = float(value)
    except (TypeError, ValueError, OverflowError):
        raise SpecError(field, value, allowed) from None
    if not (math.isfinite(result) and low <= result <= high):
        raise SpecError(field, value, allowed)
    return result


def integer(field, value, low, high):
    """value (a number, or the text of one) as an int in [low, high]. Raises SpecError."""
    allowed = "a whole number " + between(low, high)
    try:
        result = number(field, value, low, high)
    except SpecError:
        raise SpecError(field, value, allowed) from None
    if result != int(result):
        raise SpecError(field, value, allowed)
    return int(result)


def choice(field, value, names):
    """value, if it is one of `names`. Raises SpecError."""
    if not isinstance(value, str) or value not in names:
        raise SpecError(field, value, "one of " + ", ".join(names))
    return value


def parameters(field, values, rows):
    """{name: float} from `values` (a mapping), each named in `rows` (of Parameter) and within its bounds."""
    rows = {row.name: row for row in rows}
    try:
        items = dict(values).items()
    except (TypeError, ValueError):
        raise SpecError(field, values, "a mapping of names to numbers") from None
    result = {}
    for name, value in items:
        if name not in rows:
            raise SpecError(field, name, "one of " + ", ".join(rows) if rows else "left out: it has no parameters")
        row = rows[name]
        check = integer if row.scale == "switch" else number
        result[name] = float(check(f"{field} {name}", value, row.low, row.high))
    return result
