"""The anatomy of an update: one step of one lane, line by line, as the optimizer's kernel computes it."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

import numpy as np

from speedup.decay import Decay, start, tick
from speedup.kernels.apart import take_apart
from speedup.network.learner import Learner
from speedup.network.training import TrainSpec, initial
from speedup.numerics.rng import normal_pair
from speedup.optimizers import OPTIMIZERS, UPDATES
from speedup.race.race import GRADIENT_NOISE, RaceSpec, simulate
from speedup.schema import validation
from speedup.schema.frozen import Frozen, Result
from speedup.schema.parameters import SURFACE, Hyper, hyper_record
from speedup.surfaces import SURFACES

SLOTS = 3  # of the state of a coordinate, as updates have it


class Line(NamedTuple):
    """A line of an update: the variable that it sets, its text, and float64 (n,): the value for every coordinate."""

    name: str
    source: str
    value: np.ndarray


@dataclass(frozen=True, eq=False, repr=False)
class Anatomy(Result):
    """An update taken apart: from point `step` to `step + 1` of lane number `lane`.

    n is 2 on a surface, x and y; of a network it is the number of its parameters. NaN from the step that diverged on.

    weights   float64 (n,): what is updated, before it is
    gradient  float64 (n,): that of the loss, with the race's noise, or of the step's batch; without weight decay
    before    {name: float64 (n,)}: what the optimizer remembers, by the names of its kernel; only what it makes use of
    after     the same after the update
    lines     (Line, ...): every assignment of the kernel in its order; the last is the new weight
    move      float64 (n,): the weights after the update minus those before
    hyperparameters {name: value} at this step: `h` in the lines
    decay     {name: value}: the running products of this step, `decay` in the lines
    """

    spec: RaceSpec | TrainSpec
    lane: int
    step: int
    weights: np.ndarray
    gradient: np.ndarray
    before: Mapping[str, np.ndarray]
    after: Mapping[str, np.ndarray]
    lines: tuple[Line, ...]
    move: np.ndarray
    hyperparameters: Mapping[str, float]
    decay: Mapping[str, float]


class _Update(NamedTuple):
    """What one update starts from, state (SLOTS, n), and where it leads to."""

    weights: np.ndarray
    gradient: np.ndarray
    state: np.ndarray
    decay: Any
    hyper: Any
    new_weights: np.ndarray
    new_state: np.ndarray


def anatomy(spec: RaceSpec | TrainSpec, lane: int, step: int) -> Anatomy:
    """Takes apart the update from `step` (0 to steps - 1) to `step + 1` of a lane, by its number, from 0.

    Raises TypeError for anything else than a RaceSpec or a TrainSpec, SpecError for a lane or step that isn't there. The
    first call for an optimizer compiles its lines, about a second. A race or a training is run up to that step.
    """
    validation.instance(spec, (RaceSpec, TrainSpec), "anatomy")
    lane = validation.integer("lane", lane, 0, len(spec.lanes) - 1)
    step = validation.integer("step", step, 0, spec.steps - 1)
    row = OPTIMIZERS[spec.lanes[lane].optimizer]
    found = (_on_a_surface if isinstance(spec, RaceSpec) else _of_a_network)(spec, lane, step)
    names, apart = slots(row.name), take_apart(UPDATES[row.index])
    values, reached = np.full((len(apart.lines), len(found.weights)), np.nan), np.zeros(len(apart.lines), bool)
    apart.run(found.weights.copy(), found.gradient, found.state.copy(), found.decay, found.hyper, (values, reached))
    there = [was and line.slot in (None, *names.values()) for line, was in zip(apart.lines, reached)]
    lines = tuple(Line(line.name, line.source, value) for line, value, is_there in zip(apart.lines, values, there) if is_there)
    return Anatomy(
        spec,
        lane,
        step,
        found.weights,
        found.gradient,
        Frozen({name: found.state[slot] for name, slot in names.items()}),
        Frozen({name: found.new_state[slot] for name, slot in names.items()}),
        lines,
        found.new_weights - found.weights,
        Frozen({name: getattr(found.hyper, name) for name in row.defaults()}),
        Frozen(found.decay._asdict()),
    )


@cache
def slots(optimizer: str) -> Mapping[str, int]:
    """Returns {name: number} of the slots of the state that an optimizer makes use of: the others stay zero."""
    row = OPTIMIZERS[optimizer]
    apart, h = take_apart(UPDATES[row.index]), _hyper(row.defaults())
    weight, state = np.ones(1), np.zeros((SLOTS, 1))
    values, reached = np.empty((len(apart.lines), 1)), np.empty(len(apart.lines), bool)
    apart.run(weight, np.ones(1), state, tick(start(h), h), h, (values, reached))
    return Frozen({name: slot for slot, name in enumerate(apart.slots) if state[slot, 0] != 0})


def _hyper(values):
    return Hyper(*map(float, hyper_record(values)))


def _on_a_surface(spec, lane, step):
    """The update of a race: the same kernels go along the race's own path."""
    path = simulate(spec).paths[lane, :, :2]
    row, h = SURFACES[spec.surface], _hyper(spec.lanes[lane].hyperparameters)
    record, run = row.record(spec.params), UPDATES[OPTIMIZERS[spec.lanes[lane].optimizer].index]
    states, decay = [(0.0,) * SLOTS] * 2, start(h)
    for t in range(step + 1):
        before = states
        _, *gradient = row.kernel(*path[t], record[SURFACE.a], record[SURFACE.b])
        if spec.noise > 0:
            draws = normal_pair(spec.seed, GRADIENT_NOISE, t)
            gradient = [slope + spec.noise * draw for slope, draw in zip(gradient, draws)]
        decay = tick(decay, h)
        states = [run(w, g, state, decay, h)[1] for w, g, state in zip(path[t], gradient, before)]
    remembered = (np.array(one).T.copy() for one in (before, states))
    return _Update(path[step], np.array(gradient), next(remembered), decay, h, path[step + 1], next(remembered))


def _of_a_network(spec, lane, step):
    """The update of a training: it is run to that step, then one step further."""
    learner = Learner(spec, lane, spec.data(), initial(spec))
    unread = np.empty(spec.steps), np.empty((1, 0)), spec.steps + 1  # it never comes to measure
    learner.advance(step, *unread)
    hyper = Hyper(*learner.hyper().tolist())
    weights = learner.params.copy()
    before = learner.state.reshape(SLOTS, -1).copy() if step else np.zeros((SLOTS, len(weights)))
    learner.advance(step + 1, *unread)
    after = learner.state.reshape(SLOTS, -1)
    decay = Decay(*learner.decay.tolist())
    return _Update(weights, learner.gradient, before, decay, hyper, learner.params, after)
