"""How a lane of a race stands, in one table for the server's words and the browser's."""

from collections.abc import Mapping
from typing import NamedTuple

from speedup.race.race import Race
from speedup.surfaces import SURFACES


class Status(NamedTuple):
    """A row: `word`, of [stage] in the locales, says that a lane is of this `kind`; `sign` stands before it.

    It holds from the step of the `event` on, an attribute of Race (None: from the start), if `facts` are as they are told here.
    """

    word: str
    kind: str
    sign: str
    event: str | None
    facts: Mapping[str, bool]


# The first row that holds is said. Facts: `zero` and `inside` as Race has them, `ended`: at the last step, `minima`: the
# surface has some (else its goal is to get away from a saddle).
STATUSES = (
    Status("zero", "diverged", "✕", "diverged", {"zero": True}),
    Status("diverged", "diverged", "✕", "diverged", {}),
    Status("arrived_left", "back", "✓", "arrived", {"minima": True, "ended": True, "inside": False}),
    Status("arrived", "arrived", "✓", "arrived", {"minima": True}),
    Status("escaped_left", "back", "✓", "arrived", {"ended": True, "inside": False}),
    Status("escaped", "arrived", "✓", "arrived", {}),
    Status("left", "left", "↗", "left", {}),
    Status("going", "going", "", None, {"ended": True}),
    Status("loss", "running", "", None, {}),
)


def at_end(race: Race, lane: int) -> tuple[Status, int]:
    """Returns how lane number `lane` has ended, and the step of the event that says so; -1 for none."""
    facts = {
        "zero": bool(race.zero[lane]),
        "inside": bool(race.inside[lane]),
        "minima": bool(SURFACES[race.spec.surface].minima),
        "ended": True,
    }
    for row in STATUSES:
        step = int(getattr(race, row.event)[lane]) if row.event else -1
        if (step >= 0 or not row.event) and row.facts.items() <= facts.items():
            return row, step
    raise AssertionError("the last row holds always")
