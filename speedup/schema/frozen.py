"""Values that stay as they were made: mappings that refuse every change, and what a run gives back."""

from dataclasses import fields
from typing import Any, cast

import numpy as np


class Frozen(dict):
    """A dict that refuses to be changed, by a TypeError; it can be hashed, copied, pickled and written as JSON.

    `frozen | {...}` gives an ordinary dict.
    """

    WHY = "this mapping can't be changed; make another one: dict(it) | {...}"

    def _refuse(self, *arguments, **values):
        raise TypeError(self.WHY)

    __setitem__ = __delitem__ = __ior__ = update = setdefault = pop = popitem = clear = _refuse

    def __hash__(self) -> int:  # type: ignore[override]
        return hash(frozenset(self.items()))

    def __reduce__(self) -> tuple:
        return type(self), (dict(self),)


class Table(Frozen):
    """A table of rows by their names. Kernels call rows by number, so that one added later would compute another one's."""

    WHY = "this table is read-only once it is imported: add a row in the file that defines the table (README, 'Add to it')"

    def __init__(self, rows: Any) -> None:
        super().__init__(rows if isinstance(rows, dict) else {row.name: row for row in rows})

    def __repr__(self) -> str:
        return f"<{len(self)} rows: {', '.join(self)}>"


class Row:
    """Base of a table's rows: a short repr."""

    name: str

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.name}>"


class Result:
    """Base of what a run gives back, a dataclass of a spec and arrays: equality by all they hold, a short repr."""

    spec: Any

    def __eq__(self, other: object) -> bool:
        if type(other) is not type(self):
            return NotImplemented
        mine, theirs = ([getattr(one, field.name) for field in fields(cast(Any, self))[1:]] for one in (self, other))
        return self.spec == other.spec and all(map(_same, mine, theirs))

    def __hash__(self) -> int:
        return hash(self.spec)

    def __repr__(self) -> str:
        spec = self.spec
        lanes = ", ".join(lane.optimizer for lane in spec.lanes)
        return f"<{type(self).__name__} on {getattr(spec, 'surface', None) or spec.dataset}, {spec.steps} steps: {lanes}>"


def _same(one, other):
    if isinstance(one, dict):
        return one.keys() == other.keys() and all(_same(one[key], other[key]) for key in one)
    if isinstance(one, tuple):
        return len(one) == len(other) and all(map(_same, one, other))
    if isinstance(one, np.ndarray):
        return np.array_equal(one, other, equal_nan=one.dtype.kind == "f")
    return one == other


def set_fields(spec: object, **values: Any) -> None:
    """Sets fields of a frozen dataclass while it is made."""
    for name, value in values.items():
        object.__setattr__(spec, name, value)
