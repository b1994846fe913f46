"""What a row of each table holds: optimizers with their hyperparameters, surfaces with their parameters and goal."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from speedup.kernels.native import kernel
from speedup.schema.frozen import Row, Table
from speedup.schema.records import positions, record_type


@dataclass(frozen=True)
class Parameter:
    """A number that may be set: its default, its bounds [low, high], and the slider that sets it.

    scale is "linear", "log", "log1m" (logarithmic in 1 - value, for what matters close to 1) or "switch" (0 or 1). A log
    slider whose low is 0 rises from `floor` and has 0 at its left end. `main` ones are always in sight, the others
    folded away.
    """

    name: str
    symbol: str
    default: float
    low: float
    high: float
    scale: str = "linear"
    floor: float = 0.0
    main: bool = True


_HYPERPARAMETERS = (  # torch.optim's defaults where it has one for all; the optimizers' rows give the others
    Parameter("lr", "lr", 1e-3, 1e-6, 10.0, "log", 1e-6),
    Parameter("momentum", "β", 0.9, 0.0, 0.9999, "log1m"),
    Parameter("rho", "ρ", 0.9, 0.0, 0.9999, "log1m"),
    Parameter("beta1", "β₁", 0.9, 0.0, 0.9999, "log1m"),
    Parameter("beta2", "β₂", 0.999, 0.0, 0.9999, "log1m"),
    Parameter("eps", "ε", 1e-8, 0.0, 1.0, "log", 1e-12, main=False),
    Parameter("weight_decay", "λ", 0.0, 0.0, 1.0, "log", 1e-6, main=False),
    Parameter("bias_correction", "corr.", 1.0, 0.0, 1.0, "switch", main=False),
)
HYPERPARAMETERS = Table(_HYPERPARAMETERS)
# Their values in a kernel, 0 where the optimizer lacks one.
Hyper = record_type("Hyper", HYPERPARAMETERS)
SURFACE = positions("Surface", "a b x0 x1 y0 y1 radius escaped minima")  # then the minima: x, y, x, y, …


def hyper_record(values: Mapping[str, float]) -> list[float]:
    """Returns hyperparameters {name: value} as kernels read them: the numbers that Hyper names, 0 for what is missing."""
    return [values.get(name, 0.0) for name in Hyper._fields]


@kernel
def read_hyper(h, at=0, apart=1):
    """Reads the hyperparameters of a record, see `hyper_record`: from h[at] on, each `apart` from the one before it."""
    one, two, three, four = h[at], h[at + apart], h[at + 2 * apart], h[at + 3 * apart]
    return Hyper(one, two, three, four, h[at + 4 * apart], h[at + 5 * apart], h[at + 6 * apart], h[at + 7 * apart])


def hyperparameters(defaults: Mapping[str, float]) -> tuple[Parameter, ...]:
    """Returns the rows of HYPERPARAMETERS that `defaults` names, in the table's order, with its defaults."""
    return tuple(replace(row, default=float(defaults[name])) for name, row in HYPERPARAMETERS.items() if name in defaults)


@dataclass(frozen=True, repr=False)
class Optimizer(Row):
    """A row of OPTIMIZERS. `kernel` is its update, `latex` the same as a formula, `index` its number in `update`.

    Colour, dash and marker are its looks everywhere; `source` is the paper, `year` its year. `scale` and
    `limit` are kernels: what it divides a coordinate by, and the limit of its learning rate, see `speedup.limits`.
    """

    name: str
    label: str
    kernel: Callable
    index: int
    hyperparameters: tuple[Parameter, ...]
    latex: str
    colour: str
    dash: str
    marker: str
    source: str
    year: int
    scale: Callable
    limit: Callable

    def defaults(self) -> dict[str, float]:
        """Returns {hyperparameter: default}."""
        return {row.name: row.default for row in self.hyperparameters}


@dataclass(frozen=True, repr=False)
class Surface(Row):
    """A row of SURFACES. `kernel` gives value and gradient; `index` is its number in `surface`.

    domain ((x0, x1), (y0, y1)) is the map. `minima` are the published global minima, `minimum` the value there, None if
    there is none. The goal is to come within `radius` of a minimum, or, where there is none, to fall to `escaped` (a
    loss). Heights are drawn by `scale`: "linear", or "log", log(1 + (z - minimum) / unit). `teaches` says in a sentence
    what there is to see.
    """

    name: str
    label: str
    kernel: Callable
    index: int
    domain: tuple[tuple[float, float], tuple[float, float]]
    start: tuple[float, float]
    teaches: str
    minima: tuple[tuple[float, float], ...] = ()
    minimum: float | None = None
    radius: float = 0.0
    escaped: float = 0.0
    scale: str = "linear"
    unit: float = 1.0
    parameters: tuple[Parameter, ...] = ()

    def record(self, params: Mapping[str, float]) -> list[float]:
        """Returns the row as kernels read it: the numbers that SURFACE names, the last how many minima, then these: x, y, …

        params {name: value} replaces defaults of `parameters`.
        """
        a, b, *_ = [*(float(params.get(row.name, row.default)) for row in self.parameters), 0.0, 0.0]
        minima = [coordinate for minimum in self.minima for coordinate in minimum]
        (x0, x1), (y0, y1) = self.domain
        return [a, b, x0, x1, y0, y1, self.radius, self.escaped, float(len(self.minima)), *minima]
