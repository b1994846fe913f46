"""What may vary in an instrument: one hyperparameter; two that some optimizer has both, or the start."""

import itertools

from speedup.optimizers import OPTIMIZERS
from speedup.schema.parameters import HYPERPARAMETERS

SLID = tuple(name for name, row in HYPERPARAMETERS.items() if row.scale != "switch")  # those with a slider
_OWNED = [row.defaults().keys() for row in OPTIMIZERS.values()]
_TOGETHER = [pair for pair in itertools.combinations(SLID, 2) if any(set(pair) <= names for names in _OWNED)]
PAIRS = (*map(",".join, _TOGETHER), "start")  # as a link writes them: "lr,momentum"
