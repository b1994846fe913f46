"""The race: several optimizers, the lanes, go down one surface from one start. A pure function of its spec."""

from collections import namedtuple
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from speedup.decay import start, tick
from speedup.kernels.dispatch import dispatch
from speedup.kernels.native import entry, kernel
from speedup.lane import MOST_SEED, Lane, check_lanes
from speedup.numerics.rng import normal_pair
from speedup.optimizers import OPTIMIZERS, UPDATES
from speedup.schema import validation
from speedup.schema.frozen import Frozen, Result, set_fields
from speedup.schema.parameters import SURFACE, Parameter, hyper_record, read_hyper
from speedup.schema.records import positions
from speedup.schema.validation import SpecError
from speedup.surfaces import SURFACES, surface

MOST_STEPS = 2000
NOISE = Parameter("noise", "", 0.0, 0.0, 100.0, "log", 0.01)
GRADIENT_NOISE = 1  # the stream of random numbers that the noise draws from
MINIMA = len(SURFACE)  # where they begin in a surface's record
EVENTS = positions("Events", "arrived left diverged zero inside")


@kernel
def is_near(x, y, at_x, at_y, radius):
    """Tells whether (x, y) is no farther than radius from (at_x, at_y)."""
    u, v = x - at_x, y - at_y
    return u * u + v * v <= radius * radius


@kernel
def is_arrived(p, x, y, z):
    """Tells whether (x, y, z) lies in the goal of the surface whose `Surface.record` is p."""
    minima = int(p[SURFACE.minima])
    if minima == 0:
        return z <= p[SURFACE.escaped]
    near = False
    for i in range(minima):
        near = near or is_near(x, y, p[MINIMA + 2 * i], p[MINIMA + 2 * i + 1], p[SURFACE.radius])
    return near


@kernel
def is_beyond(x, y, x0, x1, y0, y1):
    """Tells whether (x, y) lies outside of a map."""
    return (x < x0) | (x > x1) | (y < y0) | (y > y1)


@kernel
def is_outside(p, x, y):
    """Tells whether (x, y) lies outside the map of the surface whose `Surface.record` is p."""
    return is_beyond(x, y, p[SURFACE.x0], p[SURFACE.x1], p[SURFACE.y0], p[SURFACE.y1])


Run = namedtuple("Run", "x y noise steps surface seed")  # what a kernel is told of a spec


def _walker(update):
    """The race of one optimizer. Its branch is taken once, not at each step, which makes Adam twice as fast."""

    @kernel
    def walk(path, events, h, p, run):
        hyper = read_hyper(h)
        a, b = p[SURFACE.a], p[SURFACE.b]  # here, or they would be read at each step, and all be computed that depends on them
        decay = start(hyper)
        x, y = run.x, run.y
        state_x = state_y = (0.0, 0.0, 0.0)
        arrived = left = diverged = -1
        zero = 0.0
        for t in range(run.steps + 1):
            z, dx, dy = surface(run.surface, x, y, a, b)
            if not np.isfinite(x + y + z):
                diverged = t
                break
            path[3 * t], path[3 * t + 1], path[3 * t + 2] = x, y, z
            if arrived < 0 and is_arrived(p, x, y, z):
                arrived = t
            if left < 0 and is_outside(p, x, y):
                left = t
            if run.noise > 0:
                nx, ny = normal_pair(run.seed, GRADIENT_NOISE, t)
                dx, dy = dx + run.noise * nx, dy + run.noise * ny
            decay = tick(decay, hyper)
            x, state_x = update(x, dx, state_x, decay, hyper)
            y, state_y = update(y, dy, state_y, decay, hyper)
            zero = 1.0 if (dx == 0 and np.isnan(x)) or (dy == 0 and np.isnan(y)) else 0.0
        events[EVENTS.arrived], events[EVENTS.left], events[EVENTS.diverged], events[EVENTS.zero] = arrived, left, diverged, zero

    return walk


walk = dispatch([_walker(one) for one in UPDATES])


@entry("path:f64* events:f64* h:f64* p:f64* x:f64 y:f64 noise:f64 steps:i32 surface_index:i32 optimizer:i32 seed:i32")
def race(path, events, h, p, x, y, noise, steps, surface_index, optimizer, seed):
    """Runs one lane. path (steps + 1, 3): x, y, loss, NaN from the first non-finite step on.

    events, as EVENTS names them: first step in the goal, first outside the map, first non-finite (-1 for never), 1 if
    that was a division of zero by zero (eps = 0, no gradient yet), and 1 if the last finite point lies in the goal.
    h: the lane's `hyper_record`; p: the surface's record. Each step adds noise * N(0, 1) to the gradient, the same draws
    for every lane of a seed.
    """
    walk(optimizer, path, events, h, p, Run(x, y, noise, steps, surface_index, seed))
    diverged = int(events[EVENTS.diverged])
    last = diverged - 1 if diverged >= 0 else steps
    events[EVENTS.inside] = 0.0
    if last >= 0 and is_arrived(p, path[3 * last], path[3 * last + 1], path[3 * last + 2]):
        events[EVENTS.inside] = 1.0
    if diverged >= 0:
        for i in range(3 * diverged, 3 * (steps + 1)):
            path[i] = np.nan


@dataclass(frozen=True)
class RaceSpec:
    """All that a race depends on. `params` are the surface's parameters, defaults where left out, `start` (x, y) lies
    in its domain (its own start if None). Raises SpecError for anything out of bounds, before any work."""

    surface: str = "long_valley"
    start: tuple[float, float] = None  # type: ignore[assignment]  # it becomes the surface's own
    steps: int = 300
    lanes: tuple[Lane, ...] = ()
    noise: float = 0.0
    seed: int = 0
    params: Mapping[str, float] = Frozen()

    def __post_init__(self) -> None:
        row = SURFACES[validation.choice("surface", self.surface, SURFACES)]
        defaults = {parameter.name: parameter.default for parameter in row.parameters}
        given = validation.parameters(f"surface {row.name}", self.params, row.parameters)
        set_fields(
            self,
            surface=row.name,
            params=Frozen(defaults | given),
            start=_start(row, self.start),
            steps=validation.integer("steps", self.steps, 1, MOST_STEPS),
            lanes=check_lanes(self.lanes),
            noise=validation.number("noise", self.noise, NOISE.low, NOISE.high),
            seed=validation.integer("seed", self.seed, 0, MOST_SEED),
        )
        for lane in self.lanes:
            if lane.batch is not None:
                raise SpecError(f"lane {lane.optimizer}", f"batch:{lane.batch}", "without a batch on a surface")


def _start(row, value):
    if value is None:
        return row.start
    (x0, x1), (y0, y1) = row.domain
    allowed = f"x,y with x {validation.between(x0, x1)} and y {validation.between(y0, y1)}"
    x, y = validation.sequence("start", value, allowed, 2, 2)
    try:
        return validation.number("start", x, x0, x1), validation.number("start", y, y0, y1)
    except SpecError:
        raise SpecError("start", value, allowed) from None


@dataclass(frozen=True, eq=False, repr=False)
class Race(Result):
    """A race that was run.

    paths    float64 (lanes, steps + 1, 3): x, y, loss; NaN from the step that diverged
    arrived  int64 (lanes,): first step inside the surface's goal, -1 for never
    left     int64 (lanes,): first step outside the map, -1 for never
    diverged int64 (lanes,): first non-finite step, -1 for never
    zero     bool (lanes,): whether it diverged by dividing zero by zero (eps = 0, no gradient)
    inside   bool (lanes,): whether the last finite point lies in the goal; what has arrived may have left it again
    """

    spec: RaceSpec
    paths: np.ndarray
    arrived: np.ndarray
    left: np.ndarray
    diverged: np.ndarray
    zero: np.ndarray
    inside: np.ndarray


def simulate(spec: RaceSpec) -> Race:
    """Runs the race of a RaceSpec. Raises TypeError for anything else.

    Releases the GIL while it computes. There are at most 24,000 steps, of all lanes; 25,000 take about a millisecond.
    """
    validation.instance(spec, RaceSpec, "simulate")
    row = SURFACES[spec.surface]
    p = np.array(row.record(spec.params))
    paths = np.empty((len(spec.lanes), spec.steps + 1, 3))
    events = np.empty((len(spec.lanes), len(EVENTS)))
    for path, event, lane in zip(paths, events, spec.lanes, strict=True):
        h = np.array(hyper_record(lane.hyperparameters))
        index = OPTIMIZERS[lane.optimizer].index
        race(path, event, h, p, *spec.start, spec.noise, spec.steps, row.index, index, spec.seed)
    steps = {name: events[:, getattr(EVENTS, name)].astype(np.int64) for name in ("arrived", "left", "diverged")}
    flags = {name: events[:, getattr(EVENTS, name)] == 1 for name in ("zero", "inside")}
    return Race(spec, paths, **steps, **flags)
