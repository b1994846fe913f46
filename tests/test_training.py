"""Training: its contract, its batches, runs cut into pieces and changes on the way."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from speedup import DATASETS, OPTIMIZERS, Lane, TrainSpec, train
from speedup.network.learner import pieces
from speedup.network.learning import learn, shuffled
from speedup.network.training import MEASUREMENTS, initial
from speedup.numerics.rng import uniform
from tests import nets

SGD, ADAM = Lane("sgd", {"lr": 0.05}), Lane("adam", {"lr": 0.01})
MEASURED = "train_loss", "test_loss", "train_accuracy", "test_accuracy"


def run(*lanes, **fields):
    """A short Training: 60 samples in batches of 16."""
    small = dict(samples=60, batch=16, hidden=(4,), activation="tanh", steps=70)
    return train(TrainSpec(**small | fields, lanes=lanes or (SGD, ADAM)))


@pytest.mark.parametrize("steps", [1, MEASUREMENTS, MEASUREMENTS + 1, 100, 384])
@pytest.mark.parametrize("dataset", ["sine", "moons"])
def test_the_contract(dataset, steps):
    one = run(dataset=dataset, steps=steps, test=0.2, hidden=(4, 3))
    ins = len(DATASETS[dataset].domain)
    count, n = len(one.frames), one.spec.net.parameters
    shapes = dict(inputs=(60, ins), targets=(60,), initial=(n,), params=(2, n), batch_loss=(2, steps))
    for name, shape in (shapes | dict.fromkeys(MEASURED, (2, count))).items():
        array = getattr(one, name)
        assert array.shape == shape and array.dtype == np.float64 and np.isfinite(array).all(), name
    for name, shape, kind in ("order", (steps, 16), np.int64), ("diverged", (2,), np.int64), ("is_test", (60,), bool):
        assert getattr(one, name).shape == shape and getattr(one, name).dtype == kind
    assert one.frames.dtype == np.int64 and one.frames[0] == 0 and one.frames[-1] == steps and count <= MEASUREMENTS + 2
    assert len(set(np.diff(one.frames)[:-1])) <= 1 and (np.diff(one.frames) > 0).all()
    assert (one.diverged == -1).all() and np.array_equal(one.initial, initial(one.spec))


@pytest.mark.parametrize("dataset", ["sine", "moons"])
@pytest.mark.parametrize("test", [0.0, 0.3])
def test_measurements_are_the_losses_at_their_steps(dataset, test):
    """At the start, in the middle (a run of as many steps ends there) and at the end."""
    long = run(dataset=dataset, test=test, steps=100)
    middle = run(dataset=dataset, test=test, steps=int(long.frames[20]))
    for params, nth in (long.initial, 0), (middle.params[1], 20), (long.params[1], -1):
        for part, which in (long.train_loss, ~long.is_test), (long.test_loss, long.is_test):
            if which.any():
                loss = nets.mean_loss(long.spec.net, params, long.inputs[which], long.targets[which])
                assert part[1, nth] == pytest.approx(loss, rel=1e-11)
        right = (nets.answers(long.spec.net, params, long.inputs) > 0.5) == (long.targets > 0.5)
        if dataset == "moons":
            assert long.train_accuracy[1, nth] == pytest.approx(right[~long.is_test].mean(), rel=1e-12)


@pytest.mark.parametrize("test", [0.0, 0.004, 0.25, 0.5])
def test_the_test_samples_are_so_many(test):
    one = run(test=test)
    assert one.is_test.sum() == round(test * 60) == 60 - one.spec.train_samples
    for array in one.test_loss, one.test_accuracy:
        assert np.isnan(array).all() if test < 0.01 else np.isfinite(array).all()


@pytest.mark.parametrize("test", [0.0, 0.25])
@pytest.mark.parametrize("batch", [1, 16, 45, 2000])
def test_each_epoch_takes_each_training_sample_once(test, batch):
    one = run(test=test, batch=batch, steps=150)
    train_samples, width = np.flatnonzero(~one.is_test), one.order.shape[1]
    batches = -(-len(train_samples) // width)
    assert width == min(batch, len(train_samples))
    epochs = [one.order[first : first + batches].reshape(-1) for first in range(0, 150 - batches + 1, batches)]
    assert len(epochs) > 1
    for epoch in epochs:
        assert (epoch[: len(train_samples)] >= 0).all() and (epoch[len(train_samples) :] == -1).all()
        assert np.array_equal(np.sort(epoch[: len(train_samples)]), train_samples)
    assert len({epoch.tobytes() for epoch in epochs}) == len(epochs)
    assert not np.array_equal(one.order, run(test=test, batch=batch, steps=150, seed=1).order)


def test_a_shuffle_is_fisher_and_yates_s():
    """So that the batches of a link never change: the draw for place i of epoch e is number e n + i of stream 3."""
    for epoch, n in (0, 7), (3, 40):
        found, expected = nets.rubbish(n + 1), list(range(n))
        shuffled(found, n, epoch, 11)
        for i in range(n - 1, 0, -1):
            j = int(uniform(11, 3, epoch * n + i) * (i + 1))
            expected[i], expected[j] = expected[j], expected[i]
        assert found.tolist() == [*expected, epoch]


@pytest.mark.parametrize("dataset", ["sine", "moons"])
def test_batch_losses_are_those_of_order(dataset):
    """Of the first step at the start; of all, when a learning rate as small as can be leaves the net as it is."""
    one = run(Lane("sgd", {"lr": 1e-6}), dataset=dataset, test=0.25)
    for step, rows in enumerate(one.order):
        rows = rows[rows >= 0]
        loss = nets.mean_loss(one.spec.net, one.initial, one.inputs[rows], one.targets[rows])
        assert one.batch_loss[0, step] == pytest.approx(loss, rel=1e-3 if step else 1e-12)


def test_lanes_with_one_batch_see_the_same_batches():
    own = replace(SGD, batch=7)
    one = run(SGD, own, ADAM, own, replace(SGD, batch=16), replace(SGD, batch=2000), replace(SGD, batch=60))
    for array in one.params, one.batch_loss, one.train_loss:
        for a, b in (0, 4), (1, 3), (5, 6):
            assert np.array_equal(array[a], array[b])
        assert not np.array_equal(array[0], array[1]) and not np.array_equal(array[0], array[5])
    assert np.array_equal(run(own).batch_loss[0], one.batch_loss[1])
    assert np.array_equal(run(SGD, batch=7).batch_loss[0], one.batch_loss[1])


def test_a_lane_does_not_depend_on_the_others():
    lanes = [Lane(name) for name in OPTIMIZERS]
    together = run(*lanes)
    for i, lane in enumerate(lanes):
        assert np.array_equal(run(lane).params[0], together.params[i])
    assert len({params.tobytes() for params in together.params}) == len(lanes)


def test_seeds_differ_and_a_seed_repeats_itself():
    first, again, other = (run(seed=seed) for seed in (4, 4, 5))
    assert np.array_equal(first.params, again.params)
    for name in "targets", "initial", "order", "batch_loss", "params":
        assert not np.array_equal(getattr(first, name), getattr(other, name)), name


@pytest.mark.parametrize("optimizer", ["sgd", "momentum", "nesterov"])
def test_divergence_is_reported(optimizer):
    one = run(Lane(optimizer, {"lr": 10.0}), ADAM, activation="relu", steps=400)
    assert 0 < one.diverged[0] < 400 and one.diverged[1] == -1
    assert np.isfinite(one.batch_loss[0, : one.diverged[0]]).all() and not np.isfinite(one.train_loss[0, -1])


def some_values(row):
    """A hyperparameter of an optimizer and a value for it, none that is wild."""
    kinds = {"lr": st.floats(1e-3, 0.05), "eps": st.floats(1e-8, 0.1), "bias_correction": st.sampled_from([0, 1])}
    names = st.sampled_from(list(row.defaults()))
    return names.flatmap(lambda name: st.tuples(st.just(name), kinds.get(name, st.floats(0.0, 0.9))))


@st.composite
def changed_runs(draw):
    """(optimizer, changes of its lane 0, steps to cut at besides) for a run of 70 steps."""
    row = OPTIMIZERS[draw(st.sampled_from(list(OPTIMIZERS)))]
    changes = draw(st.lists(st.tuples(st.integers(0, 69), some_values(row)), max_size=4))
    cuts = draw(st.sets(st.integers(1, 69), max_size=6))
    return row.name, tuple((step, 0, *change) for step, change in changes), cuts


@settings(max_examples=50, deadline=None)
@given(changed_runs())
@example(("nadam", ((9, 0, "beta1", 0.5),), set(range(70))))  # step by step
def test_cut_into_pieces_it_is_the_same_run(case):
    """Bit for bit, wherever it is cut, with and without changes."""
    optimizer, changes, cuts = case
    one = run(Lane(optimizer), test=0.2, changes=changes)
    learner, values = nets.Learner.of(one, every=2), dict(pieces(one.spec, 0))
    places = sorted({0, 70} | cuts | set(values))
    for begin, end in zip(places, places[1:]):
        learner.h = values.get(begin, learner.h)
        learn(*learner.arguments(begin, end))
    assert learner.params.tobytes() == one.params[0].tobytes()
    assert learner.loss.tobytes() == one.batch_loss[0].tobytes()
    measured = np.stack([getattr(one, name)[0, 1:] for name in MEASURED], axis=1)
    assert np.array_equal(learner.measurements[:, [0, 2, 1, 3]], measured, equal_nan=True)


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_a_change_touches_nothing_before_it(optimizer):
    changed = run(Lane(optimizer), Lane(optimizer), changes=((30, 1, "lr", 0.02), (31, 1, "weight_decay", 0.5)))
    plain, bent = changed.batch_loss
    assert np.array_equal(plain[:31], bent[:31]) and not np.isclose(plain[31:], bent[31:], rtol=1e-9).any()
    assert np.array_equal(plain, run(Lane(optimizer)).batch_loss[0])


OTHERS = dict(lr=0.03, momentum=0.5, rho=0.5, beta1=0.5, beta2=0.5, eps=0.1, weight_decay=0.2, bias_correction=0)


@pytest.mark.parametrize("optimizer, name", [(name, h) for name, row in OPTIMIZERS.items() for h in row.defaults()])
def test_a_change_at_step_0_is_a_hyperparameter(optimizer, name):
    changed = run(Lane(optimizer), changes=((0, 0, name, OTHERS[name]),)).params
    assert np.array_equal(changed, run(Lane(optimizer, {name: OTHERS[name]})).params)
    assert not np.array_equal(changed, run(Lane(optimizer)).params)


def test_pieces_say_what_holds_from_where():
    changes = (50, 1, "lr", 0.1), (20, 1, "beta1", 0.5), (20, 1, "lr", 0.2), (20, 1, "lr", 0.3), (5, 0, "lr", 1.0)
    spec = TrainSpec(lanes=(SGD, Lane("adam")), changes=changes, steps=60)
    plain = [1e-3, 0.0, 0.0, 0.9, 0.999, 1e-8, 0.0, 1.0]
    at_20, at_50 = [0.3, 0.0, 0.0, 0.5, *plain[4:]], [0.1, 0.0, 0.0, 0.5, *plain[4:]]
    assert [(step, h.tolist()) for step, h in pieces(spec, 1)] == [(0, plain), (20, at_20), (50, at_50)]
    assert [step for step, _ in pieces(spec, 0)] == [0, 5]
