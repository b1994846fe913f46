"""What may vary in an instrument: hyperparameters, one or two that an optimizer has, the noise or start of a race, the batch."""

import itertools
from collections.abc import Sequence

from speedup.lane import Lane
from speedup.network.training import TrainSpec
from speedup.optimizers import OPTIMIZERS
from speedup.schema.parameters import HYPERPARAMETERS
from speedup.surfaces import SURFACES

SLID = tuple(name for name, row in HYPERPARAMETERS.items() if row.scale != "switch")  # those with a slider
RACED = (*SLID, "noise")  # what may vary of a race, one at a time
TRAINED = (*SLID, "batch")  # what a lane of a training may have
ALWAYS = {"start", "batch"}  # what every lane has


def _pairs(names):
    """Those pairs of names that some optimizer has both, as a link writes them: "lr,momentum"."""
    owned = [row.defaults().keys() | ALWAYS for row in OPTIMIZERS.values()]
    return tuple(",".join(pair) for pair in itertools.combinations(names, 2) if any(set(pair) <= own for own in owned))


PAIRS = (*_pairs(SLID), "start")
TRAINED_PAIRS = _pairs(TRAINED)
Sides = tuple[tuple[float, float], tuple[float, float]]


def own_pairs(lane: Lane, pairs: Sequence[str] = PAIRS) -> tuple[str, ...]:
    """Returns those of PAIRS, or TRAINED_PAIRS, that a lane has, the first being the one that is shown at first."""
    return tuple(pair for pair in pairs if set(pair.split(",")) <= lane.hyperparameters.keys() | ALWAYS)


def sides(surface: str, pair: str) -> Sides:
    """Returns the bounds between which a pair's two numbers vary on a surface."""
    return SURFACES[surface].domain if pair == "start" else _bounds(pair, 0)


def trained_sides(run: TrainSpec, pair: str) -> Sides:
    """Returns the bounds between which a pair's two numbers vary in a training."""
    return _bounds(pair, run.train_samples)


def _bounds(pair, most):
    """The bounds of two hyperparameters; `most`: the largest batch."""
    first, second = (
        (1, most) if name == "batch" else (HYPERPARAMETERS[name].low, HYPERPARAMETERS[name].high) for name in pair.split(",")
    )
    return first, second
