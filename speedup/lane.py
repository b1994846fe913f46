"""A lane: one optimizer with its hyperparameters, on its way over a surface or through a training."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from speedup.optimizers import OPTIMIZERS
from speedup.schema import validation
from speedup.schema.frozen import Frozen, set_fields
from speedup.schema.validation import SpecError

MOST_LANES, MOST_BATCH, MOST_SEED = 12, 2000, 2**31 - 1


@dataclass(frozen=True, init=False, repr=False)
class Lane:
    """An optimizer with its hyperparameters: `Lane("adam", lr=0.1)`, or as a mapping, `Lane("adam", {"lr": 0.1})`.

    Those left out take the table's default. `batch`: of a network's lane, if it isn't that of the others. Raises
    SpecError.
    """

    optimizer: str
    hyperparameters: Mapping[str, float]
    batch: int | None

    def __init__(
        self,
        optimizer: str,
        hyperparameters: Mapping[str, float] = Frozen(),
        batch: int | None = None,
        **named: float,
    ) -> None:
        row = OPTIMIZERS[validation.choice("lane", optimizer, OPTIMIZERS)]
        field = f"lane {row.name}"
        given, more = (validation.parameters(field, values, row.hyperparameters) for values in (hyperparameters, named))
        for name in given.keys() & more.keys():
            raise SpecError(f"{field} {name}", more[name], "given once")
        if batch is not None:
            batch = validation.integer(f"{field} batch", batch, 1, MOST_BATCH)
        set_fields(self, optimizer=row.name, hyperparameters=Frozen(row.defaults() | given | more), batch=batch)

    def __repr__(self) -> str:
        defaults = OPTIMIZERS[self.optimizer].defaults()
        values = {name: value for name, value in self.hyperparameters.items() if name == "lr" or value != defaults[name]}
        values |= {} if self.batch is None else {"batch": self.batch}
        return f"Lane({', '.join([repr(self.optimizer), *(f'{name}={value!r}' for name, value in values.items())])})"


def check_lanes(lanes: Sequence[Lane]) -> tuple[Lane, ...]:
    """Returns the lanes as a tuple. Raises SpecError unless they are 1 to MOST_LANES of Lane."""
    lanes = validation.sequence("lanes", lanes, f"1 to {MOST_LANES} lanes", 1, MOST_LANES)
    for lane in lanes:
        if not isinstance(lane, Lane):
            raise SpecError("lanes", lane, "Lane objects")
    return lanes
