"""Records: numbers that lie one after the other in memory, so that kernels can read them and JavaScript can write them.

Each has one table of names, in the room that owns it; the browser is sent the same (`speedup.web.tables`).
"""

from collections import namedtuple
from collections.abc import Iterable
from typing import Any


def record_type(name: str, fields: Iterable[str]) -> Any:
    """Makes a namedtuple of a record's values."""
    return namedtuple(name, list(fields))


def positions(name: str, fields: str) -> Any:
    """Returns a namedtuple of where each field lies in a record: `EVENTS.left` is 1. Kernels read `events[EVENTS.left]`."""
    names = fields.split()
    return record_type(name, names)(*range(len(names)))
