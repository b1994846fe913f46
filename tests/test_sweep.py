"""Sweeps: every run is the one that its lane makes alone, and what is too much is refused before it begins."""

import sys
import threading
import time
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from speedup import Lane, RaceSpec, SpecError, TrainSpec, simulate, sweep, train

LANES = (Lane("sgd", lr=0.5), Lane("momentum", momentum=0.5), Lane("adam", lr=0.05), Lane("nesterov"))
RACE = RaceSpec("rosenbrock", steps=40, noise=2.0, lanes=LANES)
TRAINING = TrainSpec(
    "moons", samples=40, steps=30, hidden=(3,), lanes=LANES, changes=((9, 1, "momentum", 0.1), (5, 3, "lr", 0.3))
)
RATES, BETAS = (1e-4, 0.01, 10.0), (0.1, 0.9)


@settings(max_examples=12)
@given(
    training=st.booleans(), seeds=st.lists(st.integers(0, 99), min_size=1, max_size=3),
    over=st.sampled_from([{"lr": RATES}, {"lr": RATES, "momentum": BETAS}, {"momentum": BETAS, "lr": RATES}, {"eps": (0.0, 1e-8)}]),
)  # fmt: skip
def test_every_run_is_the_lane_s_own(training, seeds, over):
    spec = TRAINING if training else RACE
    found = sweep(spec, over, seeds)
    assert found.lanes == {"lr": (0, 1, 2, 3), "eps": (2,)}.get(" ".join(over), (1, 3)) and tuple(found.over) == tuple(over)
    assert (
        found.final.shape
        == (len(found.lanes), *map(len, over.values()), len(seeds))
        == found.arrived.shape
        == found.diverged.shape
    )
    for at in np.ndindex(found.final.shape):
        number = found.lanes[at[0]]
        values = {name: one[i] for (name, one), i in zip(over.items(), at[1:])}
        lane = Lane(spec.lanes[number].optimizer, spec.lanes[number].hyperparameters | values)
        lanes = tuple(lane if i == number else one for i, one in enumerate(LANES))  # beside the others: they don't matter
        one = (train if training else simulate)(replace(spec, lanes=lanes, seed=seeds[at[-1]]))
        final = one.train_loss[number, -1] if training else one.paths[number, -1, 2]
        assert np.array_equal(final, found.final[at], equal_nan=True)
        assert found.diverged[at] == one.diverged[number] and found.arrived[at] == (-1 if training else one.arrived[number])


def test_data_weights_and_batches_have_seeds_of_their_own():
    """An axis each, in the order given; what has none is drawn by the spec's, as in a run whose one seed draws all of it."""
    spec, seeds = replace(TRAINING, seed=3), {"batches": (5, 6), "data": (7, 3, 8)}
    found = sweep(spec, {"lr": RATES[:2]}, seeds)
    assert found.final.shape == found.diverged.shape == (4, 2, 2, 3) and found.seeds == seeds
    for lane, rate, batches, data in np.ndindex(found.final.shape):
        own = {"batches": seeds["batches"][batches], "data": seeds["data"][data]}
        lanes = [Lane(one.optimizer, one.hyperparameters | {"lr": RATES[rate]}) for one in LANES]
        run = train(replace(spec, lanes=lanes, seeds=own))
        assert np.array_equal(run.train_loss[lane, -1], found.final[lane, rate, batches, data], equal_nan=True)
    assert len(np.unique(found.final[0, 1])) == 6
    for name in ("inputs", "targets", "order", "initial"):
        drawn_by = {"order": own["batches"], "initial": 3}.get(name, own["data"])
        assert np.array_equal(getattr(run, name), getattr(train(replace(TRAINING, seed=drawn_by)), name))
    frame = sweep(TRAINING, {"lr": RATES}, {"weights": [1, 2]}).to_dataframe()
    assert list(frame)[2:4] == ["lr", "weights_seed"] and set(frame.weights_seed) == {1, 2}


def test_as_a_data_frame():
    found = sweep(RACE, {"lr": RATES, "momentum": BETAS}, [5, 7])
    frame = found.to_dataframe()
    assert list(frame) == ["lane", "optimizer", "lr", "momentum", "seed", "final", "arrived", "diverged"] and len(frame) == 24
    row = frame[(frame.optimizer == "nesterov") & (frame.lr == 0.0001) & (frame.momentum == 0.9) & (frame.seed == 7)]
    assert row.final.item() == found.final[1, 0, 1, 1] and row.lane.item() == 3


def test_it_is_a_value():
    assert sweep(RACE, {"lr": RATES}, [1]) == sweep(RACE, {"lr": np.array(RATES)}, range(1, 2)) != sweep(RACE, {"lr": RATES}, [2])
    assert sweep(RACE, {"lr": ["0.5"]}).seeds == tuple(range(20))


def test_progress_rises_to_one_and_may_end_it():
    shares = []
    sweep(RACE, {"lr": RATES * 9}, [1], shares.append)
    assert shares == sorted(shares) and shares[-1] == 1 and len(shares) > 3

    def stop(share):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        sweep(RACE, {"lr": RATES * 9}, [1], stop)


def test_kernels_leave_the_other_threads_alone():
    """While one computes, this one counts: with the GIL held it could not."""
    long = TrainSpec(samples=1000, batch=1000, steps=10_000, hidden=(20,), lanes=(Lane("sgd"),))
    train(replace(long, steps=1))
    worker = threading.Thread(target=train, args=(long,))
    longest, before = 0.0, time.perf_counter()
    worker.start()
    begun = time.perf_counter()
    while worker.is_alive():
        now = time.perf_counter()
        longest, before = max(longest, now - before), now
    assert longest < 0.5 * (time.perf_counter() - begun)


MUCH = RaceSpec(steps=2000, lanes=LANES * 3)
HEAVY = TrainSpec(samples=2000, batch=2000, steps=10_000, hidden=(5,), lanes=(Lane("sgd"),))


@pytest.mark.parametrize("spec, over, seeds, field", [
    (RACE, {"rate": [1]}, [0], "over"), (RACE, {"lr": [20]}, [0], "over lr"), (RACE, {"lr": []}, [0], "over lr"), (RACE, {"lr": 0.1}, [0], "over lr"),
    (RACE, {"lr": {0.1}}, [0], "over lr"), (RACE, {"lr": [None]}, [0], "over lr"), (RACE, {"lr": "0.1"}, [0], "over lr"), (RACE, {}, [0], "over"),
    (RACE, None, [0], "over"), (RACE, ["lr"], [0], "over"), (RACE, {5: [1]}, [0], "over"), (RACE, {"rho": [0.5]}, [0], "over"),
    (RACE, {"rho": [0.5], "momentum": [0.5]}, [0], "over"), (RACE, {"lr": RATES}, [], "seeds"), (RACE, {"lr": RATES}, 5, "seeds"),
    (RACE, {"lr": RATES}, [-1], "seeds"), (RACE, {"lr": RATES}, [0.5], "seeds"), (RACE, {"lr": RATES}, range(10**9), "seeds"),
    (RACE, {"lr": [0.1] * 1001}, [0], "over lr"), (RACE, {"lr": [0.1] * 1000}, range(1000), "runs"), (MUCH, {"lr": [0.1] * 1000}, range(80), "work"),
    (RACE, dict.fromkeys(["lr", "weight_decay"], [0.1] * 1000), [0], "runs"), (HEAVY, {"lr": [0.1] * 100}, range(10), "work"),
    (RACE, {"lr": RATES}, {"data": [1]}, "seeds"), (TRAINING, {"lr": RATES}, {}, "seeds"), (TRAINING, {"lr": RATES}, {"noise": [1]}, "seeds"),
    (TRAINING, {"lr": RATES}, {"data": 5}, "seeds data"), (TRAINING, {"lr": RATES}, {"data": [1], "weights": [-1]}, "seeds weights"),
    (TRAINING, {"lr": [0.1] * 1000}, {"data": range(1000), "weights": range(9)}, "runs"),
])  # fmt: skip
def test_what_may_not_be_is_named_before_any_work(spec, over, seeds, field, monkeypatch):
    for work in ("simulate", "train"):
        monkeypatch.setattr(sys.modules["speedup.study.sweep"], work, None)
    with pytest.raises(SpecError) as error:
        sweep(spec, over, seeds)
    assert error.value.field == field and len(str(error.value)) < 250


def test_a_spec_is_wanted():
    with pytest.raises(TypeError, match="sweep takes a RaceSpec or a TrainSpec, not Lane"):
        sweep(LANES[0], {"lr": RATES})
