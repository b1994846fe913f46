"""The network: what it computes against plain NumPy, its gradient against finite differences, its initial weights."""

import numpy as np
import pytest

from speedup import Lane
from speedup.network import layers
from speedup.network.learning import learn
from speedup.network.shape import ACTIVATIONS, INITS, TASKS, TILE, WEIGHTS, Net, initialise
from speedup.numerics.rng import uniform
from tests import nets

DEPTHS = (), (5,), (4, 3), (3, 5, 2)
AMOUNTS = 1, 50, TILE, TILE + 1, 3 * TILE - 10
every_net = pytest.mark.parametrize(
    "net",
    [Net((2, *hidden, 1), activation, task) for hidden in DEPTHS for activation in ACTIVATIONS for task in TASKS],
    ids=lambda net: f"{net.sizes}-{net.activation}-{net.task}",
)


def evaluate(net, params, inputs, targets, begin=0, end=None):
    """[mean loss, accuracy] of the samples begin … end - 1."""
    out, end = nets.rubbish(2), len(targets) if end is None else end
    scratch = nets.rubbish(net.act), nets.rubbish(net.delta)
    layers.evaluate(out, params, np.array(net.record()), inputs, targets, begin, end, *scratch)
    return out


def ask(entry, net, params, inputs, rows=1):
    """What `predict` or `units` puts out, (rows n,)."""
    out, n = nets.rubbish(rows * len(inputs)), len(inputs)
    entry(out, params, np.array(net.record()), inputs, n, nets.rubbish(net.act))
    return out


def gradient(net, params, inputs, targets):
    """The gradient over all samples: how far one step of SGD with a learning rate of 1 goes down."""
    n = len(targets)
    learner = nets.Learner(net, params, (inputs, targets), Lane("sgd", {"lr": 1.0}), n, n, 1)
    learn(*learner.arguments(0, 1))
    return params - learner.params


@every_net
@pytest.mark.parametrize("n", [50, 3 * TILE - 10])
def test_gradient_equals_finite_differences(net, n):
    params, inputs, targets = nets.random_case(net, n)
    found = gradient(net, params, inputs, targets)
    for i, step in enumerate(1e-6 * np.eye(len(params))):
        up, down = (evaluate(net, params + sign * step, inputs, targets)[0] for sign in (1, -1))
        assert abs(found[i] - (up - down) / 2e-6) < 1e-7 * (1 + abs(found).max()), f"parameter {i}"


@every_net
@pytest.mark.parametrize("n", AMOUNTS)
def test_answers_equal_numpy_s(net, n):
    params, inputs, _ = nets.random_case(net, n)
    expected = nets.units(net, params, inputs)
    found = ask(layers.units, net, params, inputs, sum(net.sizes)).reshape(sum(net.sizes), n)
    np.testing.assert_allclose(found, expected, rtol=1e-12, atol=1e-12)
    predicted = ask(layers.predict, net, params, inputs)
    np.testing.assert_allclose(predicted, nets.answers(net, params, inputs), rtol=1e-12, atol=1e-12)


@every_net
@pytest.mark.parametrize("begin, end", [(0, 300), (0, 100), (37, 37 + TILE), (290, 300)])
def test_evaluate_equals_numpy(net, begin, end):
    params, inputs, targets = nets.random_case(net, 300)
    loss, accuracy = evaluate(net, params, inputs, targets, begin, end)
    here = slice(begin, end)
    assert loss == pytest.approx(nets.mean_loss(net, params, inputs[here], targets[here]), rel=1e-12)
    if net.task == "classification":
        right = (nets.answers(net, params, inputs) > 0.5) == (targets == 1)
        assert accuracy == pytest.approx(right[here].mean(), rel=1e-12) and 0 < right[here].mean() < 1


@pytest.mark.parametrize("task", TASKS)
def test_no_samples_have_no_loss(task):
    net = Net((2, 3, 1), "tanh", task)
    for at in 0, 20:
        assert np.isnan(evaluate(net, *nets.random_case(net, 20), at, at)).all()


def test_the_log_loss_does_not_overflow():
    """Logits of ±1000: the loss is 0 where the class is right and 1000 where it isn't."""
    net, inputs, targets = Net((1, 1), "relu", "classification"), np.ones((2, 1)), np.array([0.0, 1.0])
    for weight, losses in (1000.0, (1000, 0)), (-1000.0, (0, 1000)):
        params = np.array([weight, 0.0])
        assert [evaluate(net, params, inputs, targets, i, i + 1)[0] for i in (0, 1)] == list(losses)
        assert np.isfinite(gradient(net, params, inputs, targets)).all()


@pytest.mark.parametrize("activation", ACTIVATIONS)
@pytest.mark.parametrize("task", TASKS)
def test_nan_comes_out_where_it_goes_in(activation, task):
    net = Net((2, 3, 1), activation, task)
    params, inputs, targets = nets.random_case(net, 20)
    params[0] = np.nan
    assert np.isnan(evaluate(net, params, inputs, targets)[0])
    assert np.isnan(ask(layers.predict, net, params, inputs)).all()


def test_the_shape_in_numbers():
    net = Net((2, 5, 4, 1), "tanh", "classification")
    assert net.parameters == 3 * 5 + 6 * 4 + 5
    assert net.record() == [3, 1, 1, 2, 5, 4, 1] and all(isinstance(number, float) for number in net.record())
    assert Net((1, 1), "linear", "regression").record() == [1, 3, 0, 1, 1]
    assert Net((1, 1), "linear", "regression").parameters == 2
    assert (net.act, net.delta) == (12 * TILE, 11 * TILE)


def initialised(net, init, seed=0):
    """[(weights, biases)] of each layer."""
    params, layers, at = nets.rubbish(net.parameters), [], 0
    initialise(params, np.array(net.record()), INITS.index(init), seed)
    for ins, outs in zip(net.sizes, net.sizes[1:]):
        end = at + ins * outs
        layers.append((params[at:end], params[end : end + outs]))
        at = end + outs
    return layers


BOUNDS = {
    "default": lambda ins, outs: ins**-0.5,  # torch.nn.Linear
    "glorot": lambda ins, outs: (6 / (ins + outs)) ** 0.5,
    "he": lambda ins, outs: (6 / ins) ** 0.5,
}
WIDE = Net((50, 60, 40, 1), "relu", "regression")


@pytest.mark.parametrize("init", BOUNDS)
def test_initial_weights_are_uniform_within_their_bounds(init):
    for (weights, biases), ins, outs in zip(initialised(WIDE, init), WIDE.sizes, WIDE.sizes[1:]):
        bound, n = BOUNDS[init](ins, outs), len(weights)
        assert bound * (1 - 10 / n) < abs(weights).max() <= bound
        assert abs(weights.mean()) < 4 * bound / (3 * n) ** 0.5
        assert weights.var() == pytest.approx(bound**2 / 3, rel=4 / n**0.5)
        assert np.all(abs(biases) <= bound)
        assert (np.unique(biases).size == outs) if init == "default" else (biases == 0).all()


def test_zeros_are_zeros():
    assert all((part == 0).all() for layer in initialised(WIDE, "zeros") for part in layer)


@pytest.mark.parametrize("seed", [0, 2**31 - 1])
def test_the_kth_parameter_is_the_kth_draw(seed):
    """So that the weights of a link never change."""
    (weights, biases), last = initialised(Net((4, 3, 1), "relu", "regression"), "default", seed)
    draws = [2 * uniform(seed, WEIGHTS, k) - 1 for k in range(19)]
    assert np.concatenate([weights, biases]).tolist() == [draw * 0.5 for draw in draws[:15]]
    np.testing.assert_allclose(np.concatenate(last), np.array(draws[15:]) / 3**0.5, rtol=1e-15)


def test_seeds_give_other_weights():
    first, again, other = (initialised(WIDE, "glorot", seed)[0][0] for seed in (1, 1, 2))
    assert np.array_equal(first, again) and not np.isin(first, other).any()
