"""A lane of a training on its way, from step to step."""

from typing import TYPE_CHECKING

import numpy as np

from speedup.decay import Decay
from speedup.network import layers, learning
from speedup.network.shape import MEASURED
from speedup.optimizers import OPTIMIZERS
from speedup.schema.parameters import hyper_record

if TYPE_CHECKING:
    from speedup.network.training import TrainSpec


def pieces(spec: "TrainSpec", lane: int) -> list[tuple[int, np.ndarray]]:
    """Returns [(step, h)]: the `hyper_record` of lane number `lane` from each step at which it changes."""
    values = dict(spec.lanes[lane].hyperparameters)
    found = {0: values}
    for change in spec.changes:
        if change.lane == lane:
            values = values | {change.name: change.value}
            found[change.step] = values
    return [(step, np.array(hyper_record(one))) for step, one in found.items()]


class Learner:
    """A lane of a TrainSpec on its way: weights `params`, optimizer's `state` and `decay` after `step` steps, the last gradient.

    data: inputs, targets and is_test, as `speedup.datasets.make` gives them. `params` is changed in place.
    """

    def __init__(self, spec: "TrainSpec", lane: int, data: tuple[np.ndarray, ...], params: np.ndarray) -> None:
        inputs, targets, is_test = data
        self.data = [np.concatenate([one[~is_test], one[is_test]]) for one in (inputs, targets)]  # as kernels want them
        self.spec, self.params, self.step = spec, params, 0
        self.pieces, self.net = pieces(spec, lane), np.array(spec.net.record())
        self.index, self.batch = OPTIMIZERS[spec.lanes[lane].optimizer].index, spec.batch_of(spec.lanes[lane])
        self.state, self.decay = np.empty(3 * len(params)), np.empty(len(Decay._fields))
        self.order = np.empty(spec.train_samples + 1)
        self.act, self.delta, self.gradient = np.empty(spec.net.act), np.empty(spec.net.delta), np.empty(len(params))

    def hyper(self) -> np.ndarray:
        """Returns the `hyper_record` of the step that comes next."""
        return next(h for step, h in reversed(self.pieces) if step <= self.step)

    def advance(self, end: int, batch_loss: np.ndarray, measured: np.ndarray, every: int) -> None:
        """Trains up to step `end`; fills in batch_loss[step], and measured[i] at the (i + 1)-th multiple of `every`."""
        train = self.spec.train_samples
        while self.step < end:
            until = min([end, *(step for step, _ in self.pieces if step > self.step)])
            sizes = train, self.spec.samples - train, self.batch, self.step, until - self.step
            job = np.array(learning.Job(*sizes, every, self.index, self.spec.seed_of("batches")), float)
            found = batch_loss[self.step : until], measured[self.step // every :].reshape(-1)
            lane = self.params, self.state, self.decay, self.order
            learning.learn(*lane, *found, self.hyper(), self.net, *self.data, job, self.act, self.delta, self.gradient)
            self.step = until

    def measure(self, out: np.ndarray) -> None:
        """Fills in out (len(MEASURED),) for the weights as they are."""
        train = self.spec.train_samples
        for at, begin, end in (MEASURED.train_loss, 0, train), (MEASURED.test_loss, train, self.spec.samples):
            layers.evaluate(out[at : at + 2], self.params, self.net, *self.data, begin, end, self.act, self.delta)
