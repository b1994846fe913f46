"""The anatomy of an update: the kernel's own lines, in the run's own digits, of every optimizer that there is."""

import ast
import inspect
import pickle
from dataclasses import replace
from math import sqrt

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from speedup import OPTIMIZERS, SURFACES, Lane, RaceSpec, SpecError, TrainSpec, anatomy, simulate, train
from speedup.decay import start, tick, unbias
from speedup.kernels.apart import take_apart
from speedup.kernels.native import kernel
from speedup.optimizers import UPDATES
from speedup.schema.parameters import Hyper, hyper_record

H = {row.name: Hyper(*map(float, hyper_record(row.defaults() | {"weight_decay": 0.1}))) for row in OPTIMIZERS.values()}
SLOTS = {
    "sgd": "", "momentum": "m", "nesterov": "m", "adagrad": "v", "adadelta": "vu", "rmsprop": "v", "adam": "mv", "amsgrad": "mvu",
    "adamax": "mu", "nadam": "mv", "adamw": "mv", "lion": "m",
}  # fmt: skip


def same(one, other):
    """Whether all digits are the same, NaN where NaN is, and zeros have their signs."""
    one, other = np.asarray(one, float), np.asarray(other, float)
    nan = np.isnan(one)
    return np.array_equal(nan, np.isnan(other)) and one[~nan].tobytes() == other[~nan].tobytes()


def noted(apart, w, g, state, decay, h):
    """(w, state, values, reached) of an update taken apart, at one coordinate."""
    weight, slots = np.array([w]), np.array(state)[:, None]
    values, reached = np.full((len(apart.lines), 1), np.nan), np.zeros(len(apart.lines), bool)
    apart.run(weight, np.array([g]), slots, decay, h, (values, reached))
    return weight[0], slots[:, 0], values[:, 0], reached


FLOATS = st.floats(width=64) | st.sampled_from([0.0, -0.0, 1e-300, 5e-324])


@pytest.mark.parametrize("row", OPTIMIZERS.values(), ids=OPTIMIZERS)
@settings(max_examples=60)
@given(w=FLOATS, g=FLOATS, state=st.tuples(FLOATS, FLOATS, FLOATS), eps=st.sampled_from([0.0, 1e-8]), corrected=st.booleans())
@pytest.mark.long
def test_noting_changes_no_digit(row, w, g, state, eps, corrected):
    update, h = UPDATES[row.index], H[row.name]._replace(eps=eps, bias_correction=float(corrected))
    decay = tick(start(h), h)
    weight, slots, values, _ = noted(take_apart(update), w, g, state, decay, h)
    wanted, remembered = update(w, g, state, decay, h)
    assert same([weight, *slots], [wanted, *remembered]) and same(values[-1], wanted)


@pytest.mark.parametrize("row", OPTIMIZERS.values(), ids=OPTIMIZERS)
def test_its_lines_are_the_kernel_s(row):
    spec = RaceSpec("beale", steps=4, lanes=(Lane(row.name),))
    one = anatomy(spec, 0, 3)
    module = " ".join(inspect.getsource(inspect.getmodule(row.kernel.py_func)).split())
    nodes = ast.walk(ast.parse(inspect.getsource(row.kernel.py_func)))
    names = {node.id for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
    assert names - {"m", "v", "u"} <= {line.name for line in one.lines} and one.before.keys() == one.after.keys()
    assert one.lines[-1].name == "w" and all(line.value.shape == (2,) and line.value.dtype == np.float64 for line in one.lines)
    for line in one.lines:
        ast.parse(line.source)
    assert one.lines[-1].source.removeprefix("w = ") in module
    for name, value in one.after.items():
        assert same([line.value for line in one.lines if line.name == name][-1], value)


@pytest.mark.parametrize("name, slots", SLOTS.items(), ids=SLOTS)
def test_it_has_what_the_optimizer_remembers(name, slots):
    for spec in RaceSpec("beale", steps=2, lanes=(Lane(name),)), TrainSpec(samples=20, steps=2, lanes=(Lane(name),)):
        one = anatomy(spec, 0, 1)
        assert "".join(one.before) == "".join(one.after) == slots


def lanes(name):
    row = OPTIMIZERS[name]
    values = {
        one.name: st.sampled_from([one.low, one.default, one.high, (one.low + one.high) / 2]) for one in row.hyperparameters
    }
    values = {one: strategy.map(int) if one == "bias_correction" else strategy for one, strategy in values.items()}
    return st.fixed_dictionaries(values).map(lambda h: Lane(name, h))


LANES = st.sampled_from(list(OPTIMIZERS)).flatmap(lanes)


@settings(max_examples=80)
@given(
    surface=st.sampled_from(list(SURFACES)), noise=st.sampled_from([0.0, 3.0]), seed=st.integers(0, 99),
    some=st.lists(LANES, min_size=1, max_size=3), lane=st.integers(0, 2), step=st.integers(0, 11),
)  # fmt: skip
@example("rosenbrock", 0.0, 0, [Lane("sgd", lr=10.0)], 0, 2)  # it diverges
@example("beale", 0.0, 0, [Lane("adam", eps=0.0)], 0, 0)
def test_it_is_the_race_s_update(surface, noise, seed, some, lane, step):
    spec, lane = RaceSpec(surface, steps=12, lanes=some, noise=noise, seed=seed), lane % len(some)
    path = simulate(spec).paths[lane, :, :2]
    one = anatomy(spec, lane, step)
    assert same(one.move, path[step + 1] - path[step]) and same(one.weights, path[step])
    if np.isfinite(path[step + 1]).all():
        assert same(one.lines[-1].value, path[step + 1]) and same(one.lines[-1].value - one.weights, one.move)
    if step:
        before = anatomy(spec, lane, step - 1)
        assert all(same(before.after[name], value) for name, value in one.before.items())
    else:
        assert not any(value.any() for value in one.before.values())


@pytest.mark.parametrize("noise", [0.0, 0.5])
def test_it_is_what_one_computes_by_hand(noise):
    """Plain NumPy, without a look at the kernels: a bowl's gradient, weight decay in it, the papers' lines."""
    decayed = dict(lr=0.1, weight_decay=0.01)
    some = Lane("sgd", decayed), Lane("momentum", decayed, momentum=0.8), Lane("rmsprop", decayed, rho=0.9), Lane("adam", decayed)
    spec = RaceSpec("booth", (2.0, -4.0), steps=30, lanes=some, noise=noise)
    m, v = np.zeros((4, 2)), np.zeros((4, 2))
    for step in range(30):
        sgd, momentum, rmsprop, adam = found = [anatomy(spec, lane, step) for lane in range(4)]
        for one in found:
            (x, y), g = one.weights, one.gradient
            slope = [2 * (x + 2 * y - 7) + 4 * (2 * x + y - 5), 4 * (x + 2 * y - 7) + 2 * (2 * x + y - 5)]
            assert noise or g == pytest.approx(slope, rel=1e-12, abs=1e-12)
        noises = [one.gradient - anatomy(replace(spec, noise=0.0, start=(2.0, -4.0)), 0, 0).gradient for one in found]
        assert step or not noise or all(same(one, noises[0]) for one in noises)  # the same draws for every lane
        g = np.array([one.gradient + 0.01 * one.weights for one in found])
        m[1], m[3] = 0.8 * m[1] + g[1], 0.9 * m[3] + 0.1 * g[3]
        v[2], v[3] = 0.9 * v[2] + 0.1 * g[2] ** 2, 0.999 * v[3] + 0.001 * g[3] ** 2
        m_hat, v_hat = m[3] / (1 - 0.9 ** (step + 1)), v[3] / (1 - 0.999 ** (step + 1))
        steps = -0.1 * g[0], -0.1 * m[1], -0.1 * g[2] / (np.sqrt(v[2]) + 1e-8), -0.1 * m_hat / (np.sqrt(v_hat) + 1e-8)
        for one, wanted in zip(found, steps):
            assert one.move == pytest.approx(wanted, rel=1e-9, abs=1e-13)
        assert sgd.after == {} and momentum.after["m"] == pytest.approx(m[1], rel=1e-10)
        assert rmsprop.after["v"] == pytest.approx(v[2], rel=1e-10) and adam.after["m"] == pytest.approx(m[3], rel=1e-10)
        values = {line.name: line.value for line in adam.lines}
        assert values["m_hat"] == pytest.approx(m_hat, rel=1e-9) and values["v_hat"] == pytest.approx(v_hat, rel=1e-9)
        assert adam.decay["beta1"] == pytest.approx(0.9 ** (step + 1)) and adam.hyperparameters == spec.lanes[3].hyperparameters


CHANGES = [(step, lane, "lr", 0.02 * (1 + step)) for lane in range(12) for step in (3, 7)] + [(5, 6, "beta1", 0.5)]


@pytest.mark.parametrize("lane", range(len(OPTIMIZERS)), ids=OPTIMIZERS)
def test_it_is_the_training_s_update(lane):
    """From weights to weights as two trainings have them, the second a step longer; a changed lr from its step on."""
    some = tuple(Lane(name, lr=0.03, weight_decay=0.01, batch=7 + i) for i, name in enumerate(OPTIMIZERS))
    spec = TrainSpec("moons", samples=40, hidden=(3,), steps=12, lanes=some, changes=CHANGES)
    lr = {0: 0.03, 2: 0.03, 3: 0.08, 6: 0.08, 7: 0.16, 11: 0.16}
    for step, rate in lr.items():
        one = anatomy(spec, lane, step)
        shorter, longer = (
            train(replace(spec, steps=n, changes=[change for change in CHANGES if change[0] < n])).params[lane]
            if n
            else train(spec).initial
            for n in (step, step + 1)
        )
        assert same(one.weights, shorter) and same(one.move, longer - shorter) and same(one.lines[-1].value, longer)
        assert one.hyperparameters["lr"] == rate and one.gradient.shape == (spec.net.parameters,)
        assert step or not any(value.any() for value in one.before.values())
        following = anatomy(spec, lane, step + 1).before if step < 11 else one.after
        assert all(same(one.after[name], value) for name, value in following.items())
    assert one.gradient.any()


def test_after_divergence_there_is_nan():
    spec = RaceSpec("rosenbrock", steps=50, lanes=(Lane("momentum", lr=1.0),))
    step = simulate(spec).diverged[0]
    last, over = anatomy(spec, 0, step - 1), anatomy(spec, 0, step)
    assert np.isfinite(last.weights).all() and np.isnan(last.move).all() and not np.isnan(last.lines[-1].value).all()
    assert np.isnan(over.weights).all() and np.isnan(over.move).all() and np.isnan(over.lines[-1].value).all()


@kernel
def inner(w, gradient, memory, decay, h):
    return w - h.lr * gradient, memory


@kernel
def forked(w, g, memory, decay, h):
    """All that an update may be written with: slots by other names, branches, loops, several variables at once."""
    average, _, old = memory
    a, (b, c) = g * g, (abs(g), 2.0)
    if g > 0:
        factor = 2
    else:
        other = True
        factor = 3 if other else 4
    for _ in range(2):
        b += c / 2
    pair = a, b
    average = 0.5 * average + pair[0]
    if w < 0:
        return w - unbias(average, 0.5, h), (average, 0.0, old)
    return inner(w, g * factor + sqrt(b), (average, 0.0, old), decay, h)


def test_any_function_of_that_form_has_lines():
    apart, h = take_apart(forked), H["sgd"]
    decay = tick(start(h), h)
    assert apart.slots == ("average", "_", "old")
    for w, g, missing in (1.0, 0.5, {"other"}), (1.0, -0.5, set()), (-1.0, 0.5, {"gradient", "other"}):
        weight, state, values, reached = noted(apart, w, g, (0.1, 0.2, 0.3), decay, h)
        assert (weight, tuple(state)) == forked(w, g, (0.1, 0.2, 0.3), decay, h)
        found = {line.name: value for line, value, was in zip(apart.lines, values, reached) if was}
        assert {"average", "a", "b", "c", "factor", "other", "gradient", "w"} - found.keys() == missing
        assert found["w"] == weight and found["b"] == abs(g) + 2 and found["average"] == 0.05 + g * g and found["c"] == 2
    lines = [(line.name, line.source) for line in apart.lines]
    assert ("a", "a = g * g") in lines and ("b", "b += c / 2") in lines and ("w", "w = w - unbias(average, 0.5, h)") in lines
    assert lines[-2:] == [("memory", "memory = (average, 0.0, old)"), ("w", "w = w - h.lr * gradient")]


RACE, TRAINING = RaceSpec("beale", steps=5, lanes=(Lane("adam"),) * 2), TrainSpec(samples=20, steps=5, lanes=(Lane("adam"),) * 2)


@pytest.mark.parametrize("spec", [RACE, TRAINING], ids=["race", "training"])
def test_what_is_not_there_is_named(spec):
    for lane, step, field, allowed in (
        (2, 0, "lane", "0 to 1"), (-1, 0, "lane", "0 to 1"), (0, 5, "step", "0 to 4"), (0, -1, "step", "0 to 4"), (True, 0, "lane", "0 to 1"),
        (0.5, 0, "lane", "0 to 1"), ("adam", 0, "lane", "0 to 1"), (0, None, "step", "0 to 4"), (0, 10**400, "step", "0 to 4"),
    ):  # fmt: skip
        with pytest.raises(SpecError, match=allowed) as error:
            anatomy(spec, lane, step)
        assert error.value.field == field
    assert anatomy(spec, "1", np.int64(4)).lane == 1


@pytest.mark.parametrize("wrong", [None, "beale", RACE.lanes[0], RaceSpec, [RACE]], ids=str)
def test_a_spec_is_wanted(wrong):
    with pytest.raises(TypeError, match="anatomy takes a RaceSpec or a TrainSpec, not"):
        anatomy(wrong, 0, 0)


@pytest.mark.parametrize("spec", [RACE, TRAINING], ids=["race", "training"])
def test_it_is_a_value(spec):
    one = anatomy(spec, 0, 2)
    assert one == anatomy(spec, 0, 2) == pickle.loads(pickle.dumps(one)) and hash(one) == hash(anatomy(spec, 0, 2))
    assert one != anatomy(spec, 0, 3) and one != anatomy(spec, 1, 2) and len(repr(one)) < 200
    with pytest.raises(TypeError, match="can't be changed"):
        one.before["m"] = None
