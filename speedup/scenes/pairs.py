"""What may vary in an instrument: one hyperparameter; two that some optimizer has both, or the start."""

import itertools

from speedup.lane import Lane
from speedup.optimizers import OPTIMIZERS
from speedup.schema.parameters import HYPERPARAMETERS
from speedup.surfaces import SURFACES

SLID = tuple(name for name, row in HYPERPARAMETERS.items() if row.scale != "switch")  # those with a slider
_OWNED = [row.defaults().keys() for row in OPTIMIZERS.values()]
_TOGETHER = [pair for pair in itertools.combinations(SLID, 2) if any(set(pair) <= names for names in _OWNED)]
PAIRS = (*map(",".join, _TOGETHER), "start")  # as a link writes them: "lr,momentum"


def own_pairs(lane: Lane) -> tuple[str, ...]:
    """Returns those of PAIRS that a lane has, the first being the one that is shown at first."""
    return tuple(pair for pair in PAIRS if pair == "start" or set(pair.split(",")) <= lane.hyperparameters.keys())


def sides(surface: str, pair: str) -> tuple[tuple[float, float], tuple[float, float]]:
    """Returns the bounds between which a pair's two numbers vary on a surface."""
    if pair == "start":
        return SURFACES[surface].domain
    first, second = (HYPERPARAMETERS[name] for name in pair.split(","))
    return (first.low, first.high), (second.low, second.high)
