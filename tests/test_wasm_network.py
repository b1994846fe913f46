"""The browser's networks equal the native ones: draws and shuffles in every bit, sums but for the last digits."""

import numpy as np
import pytest

from speedup import OPTIMIZERS, Lane, TrainSpec, train
from speedup.network.shape import ACTIVATIONS, INITS, TASKS, Net
from tests import nets
from tests.test_wasm import assert_same_bits, in_javascript, natively

NETS = [Net((2, *hidden, 1), activation, task) for hidden in ((), (5, 3)) for activation in ACTIVATIONS for task in TASKS]


def both(calls):
    """Pairs of what entries leave in an array natively and in the browser's module."""
    for ours, theirs in zip(natively(calls), in_javascript(calls), strict=True):
        yield from zip(ours, theirs, strict=True)


def assert_equal_but_for_rounding(calls):
    compared = 0
    for ours, theirs in both(calls):
        np.testing.assert_allclose(theirs, ours, rtol=1e-9, atol=1e-9 * abs(ours).max(initial=0))
        assert np.isfinite(ours).all()
        compared += 1
    assert compared >= len(calls)


def test_initial_weights_and_shuffles_are_the_same():
    net = Net((2, 7, 5, 1), "relu", "regression")
    record, seeds = np.array(net.record()), (0, 1, 2**31 - 1)
    calls = [("initialise", nets.rubbish(net.parameters), record, i, seed) for i in range(len(INITS)) for seed in seeds]
    calls += [("shuffled", nets.rubbish(n + 1), n, epoch, 9) for n in (1, 2, 100, 2000) for epoch in (0, 1, 9999)]
    for ours, theirs in both(calls):
        assert_same_bits(ours, theirs)


@pytest.mark.parametrize("n", [5, 300])
def test_answers_and_losses_are_the_same(n):
    calls = []
    for net in NETS:
        params, inputs, targets = nets.random_case(net, n)
        given = params, np.array(net.record()), inputs.reshape(-1)
        calls.append(("predict", nets.rubbish(n), *given, n, nets.rubbish(net.act)))
        calls.append(("units", nets.rubbish(n * sum(net.sizes)), *given, n, nets.rubbish(net.act)))
        scratch = nets.rubbish(net.act), nets.rubbish(net.delta)
        calls.append(("evaluate", nets.rubbish(2), *given, targets, 2, n, *scratch))
    assert_equal_but_for_rounding(calls)


@pytest.mark.parametrize("dataset, activation", [("sine", "tanh"), ("circle", "sigmoid"), ("gaussians", "relu")])
def test_learning_is_the_same(dataset, activation):
    """Of every optimizer, in two pieces, the second of which goes on from what the first has left."""
    lanes = tuple(Lane(name, {"weight_decay": 0.01}) for name in OPTIMIZERS)
    run = train(
        TrainSpec(
            dataset, samples=60, test=0.2, hidden=(5, 3), activation=activation, batch=20, steps=40, lanes=lanes, init="glorot"
        )
    )
    learners = [nets.Learner.of(run, i, every=5) for i in range(len(lanes))]
    for learner in learners:
        learner.data = [array.reshape(-1) for array in learner.data]
    for begin, end in (0, 21), (21, 40):
        assert_equal_but_for_rounding([("learn", *learner.arguments(begin, end)) for learner in learners])
    assert all(np.array_equal(learner.params, params) for learner, params in zip(learners, run.params))
