"""Training: several optimizers, the lanes, train copies of one network on the same batches. A pure function of its spec."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np

from speedup import datasets
from speedup.lane import MOST_SEED, Lane, check_lanes
from speedup.network import learning
from speedup.network.learner import Learner
from speedup.network.shape import ACTIVATIONS, INITS, MEASURED, Net, initialise
from speedup.optimizers import OPTIMIZERS
from speedup.schema import validation
from speedup.schema.frozen import Frozen, Result
from speedup.schema.validation import SpecError

MOST_SAMPLES, LEAST_SAMPLES, MOST_TEST = 2000, 10, 0.5
MOST_LAYERS, MOST_UNITS, MOST_STEPS, MOST_CHANGES = 3, 32, 10_000, 100
MOST_WORK = 5e9  # steps x batch x parameters, of all lanes together: some seconds here, some ten in a browser
DRAWN = "data", "weights", "batches"  # what a seed draws
MEASUREMENTS = 48  # times at which the loss over all data is measured, besides the start and the end


class Change(NamedTuple):
    """A hyperparameter changed: from that step on the lane (from 0) has this value."""

    step: int
    lane: int
    name: str
    value: float


@dataclass(frozen=True)
class TrainSpec:
    """All that a training depends on. Raises SpecError for anything out of bounds, before any work.

    `test` is the share of the samples held out; `hidden` the units of each hidden layer; `init` one of INITS; `batch`
    that of the lanes which have none of their own. `changes` ((step, lane, name, value), …): from that step on
    the lane (from 0) has that hyperparameter; the optimizer's state is kept. `seeds` {a name in DRAWN: its own
    seed}: `seed` draws the others.
    """

    dataset: str = "parabola"
    samples: int = 1000
    noise: float = 0.1
    test: float = 0.0
    hidden: tuple[int, ...] = (20,)
    activation: str = "relu"
    init: str = "default"
    batch: int = 32
    steps: int = 384
    lanes: tuple[Lane, ...] = ()
    seed: int = 0
    changes: tuple[Change, ...] = ()
    seeds: Mapping[str, int] = Frozen({})

    def __post_init__(self) -> None:
        row = datasets.DATASETS[validation.choice("dataset", self.dataset, datasets.DATASETS)]
        samples = validation.integer("samples", self.samples, LEAST_SAMPLES, MOST_SAMPLES)
        steps = validation.integer("steps", self.steps, 1, MOST_STEPS)
        lanes = check_lanes(self.lanes)
        values = dict(
            dataset=row.name,
            samples=samples,
            steps=steps,
            lanes=lanes,
            noise=validation.number("noise", self.noise, 0.0, row.most_noise),
            test=validation.number("test", self.test, 0.0, MOST_TEST),
            hidden=_hidden(self.hidden),
            activation=validation.choice("activation", self.activation, ACTIVATIONS),
            init=validation.choice("init", self.init, INITS),
            batch=validation.integer("batch", self.batch, 1, MOST_SAMPLES),
            seed=validation.integer("seed", self.seed, 0, MOST_SEED),
            changes=_changes(self.changes, lanes, steps),
            seeds=_seeds(self.seeds),
        )
        for name, value in values.items():
            object.__setattr__(self, name, value)
        if self.work > MOST_WORK:
            allowed = f"at most {MOST_WORK:g}: it is {self.work / MOST_WORK:.3g} times that, take fewer steps or smaller batches"
            raise SpecError("work", f"{self.work:.3g} (steps x batch x parameters, all lanes)", allowed)

    @cached_property
    def net(self) -> Net:
        """The Net that is trained."""
        row = datasets.DATASETS[self.dataset]
        return Net((len(row.domain), *self.hidden, 1), self.activation, row.task)

    @property
    def train_samples(self) -> int:
        """How many samples are not held out."""
        return self.samples - round(self.test * self.samples)

    def batch_of(self, lane: Lane) -> int:
        """Returns the batch of a Lane: its own or the spec's, but no more than there is."""
        return min(lane.batch or self.batch, self.train_samples)

    def seed_of(self, drawn: str) -> int:
        """Returns the seed that draws one of DRAWN."""
        return self.seeds.get(drawn, self.seed)

    def data(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Returns (inputs, targets, is_test), see `Training`."""
        return datasets.make(self.dataset, self.samples, self.noise, self.test, self.seed_of("data"))

    @property
    def work(self) -> int:
        """Steps x batch x parameters, summed over the lanes."""
        return self.steps * self.net.parameters * sum(self.batch_of(lane) for lane in self.lanes)


def _hidden(value):
    layers = validation.sequence("hidden", value, f"the units of 0 to {MOST_LAYERS} layers", 0, MOST_LAYERS)
    return tuple(validation.integer("hidden", units, 1, MOST_UNITS) for units in layers)


def _seeds(seeds):
    if not isinstance(seeds, Mapping):
        raise SpecError("seeds", seeds, f"a mapping of {', '.join(DRAWN)} to seeds, {validation.between(0, MOST_SEED)}")
    drawn = {validation.choice("seeds", name, DRAWN): one for name, one in seeds.items()}
    return Frozen({name: validation.integer(f"seeds {name}", one, 0, MOST_SEED) for name, one in drawn.items()})


def _changes(changes, lanes, steps):
    changes = validation.sequence("changes", changes, f"a list of at most {MOST_CHANGES} changes", 0, MOST_CHANGES)
    checked = {}
    for change in changes:
        step, lane, name, value = validation.sequence("change", change, "step, lane, name, value", 4, 4)
        step = validation.integer("change step", step, 0, steps - 1)
        lane = validation.integer("change lane", lane, 0, len(lanes) - 1)
        name, value = validation.parameter("change", name, value, OPTIMIZERS[lanes[lane].optimizer].hyperparameters)
        checked[step, lane, name] = value  # of several at one place the last counts
    return tuple(Change(*place, value) for place, value in sorted(checked.items()))


@dataclass(frozen=True, eq=False, repr=False)
class Training(Result):
    """A training that was run.

    inputs     float64 (samples, 1 or 2), targets float64 (samples,), is_test bool (samples,)
    initial    float64 (parameters,): the start of every lane; layer by layer, weights row-major (out, in), then biases
    order      int64 (steps, batch): the samples of each step, for the spec's batch; -1 where the last of an epoch is short
    batch_loss float64 (lanes, steps): the batch's mean loss before its update
    frames     int64 (measurements,): the steps done when all data were measured, from 0 to steps
    train_loss, test_loss, train_accuracy, test_accuracy   float64 (lanes, measurements), NaN without test samples;
               the accuracies mean nothing for a regression
    params     float64 (lanes, parameters) at the end
    diverged   int64 (lanes,): first step whose loss isn't finite, -1 for never
    """

    spec: TrainSpec
    inputs: np.ndarray
    targets: np.ndarray
    is_test: np.ndarray
    initial: np.ndarray
    batch_loss: np.ndarray
    frames: np.ndarray
    train_loss: np.ndarray
    test_loss: np.ndarray
    train_accuracy: np.ndarray
    test_accuracy: np.ndarray
    params: np.ndarray

    @property
    def diverged(self) -> np.ndarray:
        """int64 (lanes,): the first step whose loss isn't finite, -1 for never."""
        wrong = ~np.isfinite(self.batch_loss)
        return np.where(wrong.any(axis=1), wrong.argmax(axis=1), -1)

    @cached_property
    def order(self) -> np.ndarray:
        """int64 (steps, batch): the samples of each step, for the spec's batch; -1 where the last of an epoch is short."""
        spec, train = self.spec, np.flatnonzero(~self.is_test)
        batch = min(spec.batch, len(train))
        batches = -(-len(train) // batch)
        rows = np.full((-(-spec.steps // batches) * batches, batch), -1)
        order = np.empty(len(train) + 1)
        for epoch in range(len(rows) // batches):
            learning.shuffled(order, len(train), epoch, spec.seed_of("batches"))
            here = rows[epoch * batches : (epoch + 1) * batches].reshape(-1)  # a view
            here[: len(train)] = train[order[:-1].astype(np.int64)]
        return rows[: spec.steps]


def initial(spec: TrainSpec) -> np.ndarray:
    """Returns float64 (parameters,): the weights that every lane of a TrainSpec starts from."""
    params = np.empty(spec.net.parameters)
    initialise(params, np.array(spec.net.record()), INITS.index(spec.init), spec.seed_of("weights"))
    return params


def train(spec: TrainSpec) -> Training:
    """Runs the Training of a TrainSpec. Raises TypeError for anything else. Releases the GIL while it computes."""
    validation.instance(spec, TrainSpec, "train")
    data = inputs, targets, is_test = spec.data()
    frames = np.append(np.arange(0, spec.steps, every_of(spec)), spec.steps)
    weights, lanes = initial(spec), len(spec.lanes)
    batch_loss, measured = np.empty((lanes, spec.steps)), np.empty((lanes, len(frames), len(MEASURED)))
    params = np.repeat(weights[None], lanes, axis=0)
    for i in range(lanes):
        _train_lane(spec, Learner(spec, i, data, params[i]), batch_loss[i], measured[i])
    of_all = {name: np.ascontiguousarray(measured[:, :, getattr(MEASURED, name)]) for name in MEASURED._fields}
    return Training(spec, inputs, targets, is_test, weights, batch_loss, frames, params=params, **of_all)


def every_of(spec: TrainSpec) -> int:
    """Returns after how many steps the loss over all data is measured again."""
    return -(-spec.steps // MEASUREMENTS)


def _train_lane(spec, learner, batch_loss, measured):
    """Trains a lane from its start to its end; fills in batch_loss (steps,) and measured (measurements, len(MEASURED))."""
    learner.measure(measured[0])
    learner.advance(spec.steps, batch_loss, measured[1:], every_of(spec))
    learner.measure(measured[-1])
