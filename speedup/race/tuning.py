"""The learning rate each optimizer gets on each surface unless told otherwise: searched, by one rule for all.

Of 0.000001, 0.000002, 0.000005, 0.00001 … 5, from the default start and with the optimizer's other defaults: the rate whose
path settles soonest in the goal (comes in and stays) and comes in no sooner than step 40, to be watched. Where none does,
the one that ends lowest; of several that end equally low, the smallest. A path that leaves the map before it is in the
goal doesn't count, nor one with a step longer than a tenth of the map: one could not see how it went.

`python -m speedup.race.tuning`, a part of `make wasm`, writes what it finds into `rates.json`, to be committed: pages name these
rates, and a server would first have to compile the race.
"""

import json
from functools import cache
from pathlib import Path

import numpy as np

from speedup.kernels import wasm
from speedup.lane import Lane
from speedup.optimizers import OPTIMIZERS
from speedup.race.race import RaceSpec, simulate
from speedup.surfaces import SURFACES

FIRST = "long_valley"  # what a visitor sees first: SGD creeps where the others have arrived
CHAPTER = ("sgd", "momentum", "adagrad", "rmsprop", "adam")
RATES = tuple(float(f"{digit}e{power}") for power in range(-6, 1) for digit in (1, 2, 5))
STEPS, SOONEST = 300, 40
FOUND = Path(__file__).with_name("rates.json")


@cache
def best_lr(surface: str, optimizer: str) -> float:
    """Returns the rate of the rule above, for the names of a surface and an optimizer."""
    return found().get(surface, {}).get(optimizer) or search(surface, optimizer)


@cache
def found() -> dict[str, dict[str, float]]:
    """Returns {surface: {optimizer: rate}} as committed; nothing if a kernel has been edited since then."""
    return json.loads(FOUND.read_text("utf-8")) if wasm.is_fresh(wasm.COMMITTED) else {}


def search(surface: str, optimizer: str) -> float:
    """Finds the rate by running its races."""

    def rank(rate):
        race = simulate(RaceSpec(surface, steps=STEPS, lanes=(Lane(optimizer, {"lr": rate}),)))
        settled, strayed = _settled(race), _strayed(race)
        if settled >= 0 and race.arrived[0] >= SOONEST and not strayed:
            return 0, settled
        return (2, rate) if strayed else (1, float(f"{race.paths[0, -1, 2]:.3g}"), rate)

    return min(RATES, key=rank)


def _settled(race):
    """The first step from which on the only lane stays in the goal, -1 if there is none."""
    row = SURFACES[race.spec.surface]
    x, y, loss = race.paths[0].T
    if row.minima:
        inside = np.any([np.hypot(x - u, y - v) <= row.radius for u, v in row.minima], axis=0)
    else:
        inside = loss <= row.escaped
    return len(inside) - int(np.argmin(inside[::-1])) if inside[-1] and not inside.all() else -1


def _strayed(race):
    """Whether the only lane left the map, or diverged, before it was in the goal, or strode over a tenth of the map."""
    arrived, left, diverged = race.arrived[0], race.left[0], race.diverged[0]
    if (left >= 0 and not 0 <= arrived < left) or (diverged >= 0 and arrived < 0):
        return True
    size = np.ptp(SURFACES[race.spec.surface].domain, axis=1)
    until = arrived if arrived >= 0 else race.spec.steps
    return bool((np.abs(np.diff(race.paths[0, : until + 1, :2], axis=0)) > size / 10).any())


def default_race(surface: str = FIRST) -> RaceSpec:
    """Returns the race that a surface opens with: the chapter's five optimizers at their `best_lr`."""
    lanes = tuple(Lane(optimizer, {"lr": best_lr(surface, optimizer)}) for optimizer in CHAPTER)
    return RaceSpec(surface, lanes=lanes)


if __name__ == "__main__":
    rates = {surface: {optimizer: search(surface, optimizer) for optimizer in OPTIMIZERS} for surface in SURFACES}
    FOUND.write_text(json.dumps(rates, indent=1) + "\n", "utf-8", newline="\n")
