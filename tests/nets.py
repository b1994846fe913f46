"""What tests of networks share: the same network in plain NumPy, and a lane's arrays as `learning.learn` takes them."""

import numpy as np

from speedup import OPTIMIZERS, datasets
from speedup.decay import Decay
from speedup.network import learner as learner_module
from speedup.network.learning import Job
from speedup.network.shape import MEASURED
from speedup.network.training import initial
from speedup.schema.parameters import hyper_record

RUBBISH = 7.25  # what arrays hold whose contents shouldn't matter; JSON can carry it
ACTIVATIONS = {
    "relu": lambda x: np.maximum(x, 0),
    "tanh": np.tanh,
    "sigmoid": lambda x: 1 / (1 + np.exp(-x)),
    "linear": lambda x: x,
}


def rubbish(n):
    return np.full(n, RUBBISH)


def samples_of(spec):
    """The data of a TrainSpec as the browser has them, plain JSON: those of the test last."""
    inputs, targets, is_test = datasets.make(spec.dataset, spec.samples, spec.noise, spec.test, spec.seed)
    order = np.argsort(is_test, kind="stable")
    return {"inputs": inputs[order].ravel().tolist(), "targets": targets[order].tolist(), "train": spec.train_samples}


def units(net, params, inputs):
    """What each unit computes, (units, n), inputs first."""
    rows, at = [inputs.T], 0
    for layer, (ins, outs) in enumerate(zip(net.sizes, net.sizes[1:])):
        weights, at = params[at : at + ins * outs].reshape(outs, ins), at + ins * outs
        z, at = weights @ rows[-1] + params[at : at + outs, None], at + outs
        rows.append(z if layer == len(net.sizes) - 2 else ACTIVATIONS[net.activation](z))
    assert at == len(params)
    return np.concatenate(rows)


def answers(net, params, inputs):
    """A value each, or the probability of class 1."""
    out = units(net, params, inputs)[-1]
    return out if net.task == "regression" else ACTIVATIONS["sigmoid"](out)


def mean_loss(net, params, inputs, targets):
    """The mean squared error, or the mean log loss -log p(class), of which p is neither 0 nor 1."""
    answer = answers(net, params, inputs)
    if net.task == "regression":
        return np.mean((answer - targets) ** 2)
    return -np.mean(np.log(np.where(targets == 1, answer, 1 - answer)))


def random_case(net, n, seed=0):
    """(params, inputs, targets) for a net, drawn at random."""
    rng = np.random.default_rng(seed)
    params, inputs, targets = rng.normal(size=net.parameters), rng.normal(size=(n, net.sizes[0])), rng.normal(size=n)
    return params, inputs, targets if net.task == "regression" else (targets > 0) * 1.0


def final(spec, lane, data):
    """The loss over the training samples of a lane at its end, on `data`, which may be those of another seed."""
    params, measured = initial(spec), np.empty(len(MEASURED))
    learner = learner_module.Learner(spec, lane, data, params)
    learner.advance(spec.steps, np.empty(spec.steps), np.empty((0, len(MEASURED))), 10**6)
    learner.measure(measured)
    return measured[MEASURED.train_loss]


class Learner:
    """A lane that learns in as many pieces as one likes. Before step 0 its arrays are rubbish, but for the params."""

    def __init__(self, net, params, data, lane, train, batch, steps, every=10**6, seed=0):
        self.net, self.params, self.data, self.lane, self.seed = net, params.copy(), data, lane, seed
        self.train, self.batch, self.steps, self.every = train, batch, steps, every
        self.h = np.array(hyper_record(lane.hyperparameters))
        self.kept = rubbish(3 * len(params)), rubbish(len(Decay._fields)), rubbish(train + 1)  # state, decay, order
        self.loss, self.measurements = rubbish(steps), rubbish(4 * (steps // every)).reshape(-1, 4)

    @classmethod
    def of(cls, run, lane=0, every=10**6):
        """The one who does again what a lane of a Training did."""
        spec, one = run.spec, run.spec.lanes[lane]
        data = [np.concatenate([array[~run.is_test], array[run.is_test]]) for array in (run.inputs, run.targets)]
        train, batch = spec.train_samples, spec.batch_of(one)
        return cls(spec.net, run.initial, data, one, train, batch, spec.steps, every, spec.seed)

    def arguments(self, begin, end):
        """The arguments of `learning.learn` for the steps begin … end - 1."""
        net, (inputs, targets) = self.net, self.data
        arrays = self.params, *self.kept, self.loss[begin:end], self.measurements[begin // self.every :].reshape(-1)
        scratch = rubbish(net.act), rubbish(net.delta), rubbish(net.parameters)
        test, index = len(targets) - self.train, OPTIMIZERS[self.lane.optimizer].index
        job = Job(self.train, test, self.batch, begin, end - begin, self.every, index, self.seed)
        return *arrays, self.h, np.array(net.record()), inputs, targets, np.array(job, float), *scratch
