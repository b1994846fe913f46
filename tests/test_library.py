"""The library in careless hands: nothing frozen changes, runs can be compared, and what can't be computed is said."""

import copy
import dataclasses
import itertools
import json
import math
import pickle
import threading
from types import MappingProxyType

import numpy as np
import pytest

from speedup import DATASETS, OPTIMIZERS, SURFACES, Lane, RaceSpec, SpecError, TrainSpec, simulate, train
from speedup.network.training import Change  # noqa: F401 (in the repr of a TrainSpec)
from speedup.race.tuning import default_race
from speedup.schema.parameters import HYPERPARAMETERS

RACE = RaceSpec("long_valley", steps=20, lanes=(Lane("adam", lr=0.1), Lane("sgd", lr=10.0)), params={"condition": 50})
TRAINING = TrainSpec(
    "xor", samples=50, steps=9, hidden=(3,), lanes=(Lane("adam", lr=0.1, batch=7), Lane("sgd")), changes=((3, 0, "lr", 0.2),)
)
SPECS = {"lane": TRAINING.lanes[0], "race": RACE, "training": TRAINING}
TABLES = {"optimizers": OPTIMIZERS, "surfaces": SURFACES, "datasets": DATASETS, "hyperparameters": HYPERPARAMETERS}
RUNS = {"race": (simulate, RACE), "training": (train, TRAINING)}
MAPPINGS = {"lane": RACE.lanes[0].hyperparameters, "params": RACE.params, **TABLES}
CHANGES = {
    "set": lambda one, key: one.__setitem__(key, math.nan),
    "new": lambda one, key: one.__setitem__("new", 1e9),
    "del": lambda one, key: one.__delitem__(key),
    "update": lambda one, key: one.update({key: 1e9}),
    "|=": lambda one, key: one.__ior__({key: 1e9}),
    "setdefault": lambda one, key: one.setdefault("new", 1.0),
    "pop": lambda one, key: one.pop(key),
    "popitem": lambda one, key: one.popitem(),
    "clear": lambda one, key: one.clear(),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
@pytest.mark.parametrize("one", MAPPINGS.values(), ids=MAPPINGS)
def test_nothing_frozen_changes(one, change):
    before = dict(one)
    with pytest.raises(TypeError, match=r"can't be changed|read-only"):
        change(one, next(iter(one)))
    assert one == before


@pytest.mark.parametrize("name, file", [("optimizers", "optimizers"), ("surfaces", "surfaces"), ("datasets", "datasets")])
def test_a_row_put_into_a_table_is_refused_with_what_to_do(name, file):
    table = TABLES[name]
    with pytest.raises(TypeError, match=r"read-only.*add a row in the file.*README"):
        table["mine"] = next(iter(table.values()))
    mine = table | {"mine": next(iter(table.values()))}
    assert type(mine) is dict and "mine" not in table


@pytest.mark.parametrize("spec", SPECS.values(), ids=SPECS)
def test_a_spec_survives_pickle_copies_and_sets(spec):
    for one in (
        pickle.loads(pickle.dumps(spec)),
        copy.copy(spec),
        copy.deepcopy(spec),
        dataclasses.replace(spec),
        eval(repr(spec)),
    ):
        assert one == spec and hash(one) == hash(spec) and len({one, spec}) == 1
    with pytest.raises(dataclasses.FrozenInstanceError):
        spec.steps = 5
    assert json.loads(json.dumps(dataclasses.asdict(spec)))


def test_what_a_spec_was_made_of_may_change():
    h, lanes, params, start = {"lr": 0.1}, [Lane("sgd")], {"condition": 50}, [1.0, 1.0]
    lane, spec = Lane("adam", h), RaceSpec(lanes=lanes, params=params, start=start)
    before = lane.hyperparameters["lr"], hash(spec)
    h["lr"], params["condition"], start[0] = math.nan, 1e9, math.nan
    lanes.append("nothing")
    assert (lane.hyperparameters["lr"], hash(spec)) == before and spec.start == (1.0, 1.0) and len(spec.lanes) == 1
    assert RaceSpec(lanes=(Lane("sgd"),), params=MappingProxyType({"condition": 50})).params["condition"] == 50


@pytest.mark.parametrize("run, spec", RUNS.values(), ids=RUNS)
def test_runs_are_compared_by_what_they_hold(run, spec):
    one, other = run(spec), run(dataclasses.replace(spec, seed=1, lanes=spec.lanes[:1]))
    assert one == one and one == run(spec) == pickle.loads(pickle.dumps(one)) == copy.deepcopy(one)
    assert hash(one) == hash(run(spec)) and len({one, run(spec), other}) == 2
    assert one != other and one != spec and one is not None and one != 5
    for field in dataclasses.fields(one)[1:]:
        changed = copy.deepcopy(one)
        array = getattr(changed, field.name)
        array.flat[0] = not array.flat[0]
        assert changed != one, field.name


@pytest.mark.parametrize("run, spec", RUNS.values(), ids=RUNS)
def test_reprs_are_short(run, spec):
    assert len(repr(run(spec))) < 200 and spec.lanes[0].optimizer in repr(run(spec))
    assert len(repr(dataclasses.replace(spec, lanes=spec.lanes[:1] * 12))) < 1200
    assert all(len(repr(table)) < 400 and len(repr(row)) < 200 for table in TABLES.values() for row in table.values())
    assert repr(Lane("adam", beta1=0.5)) == "Lane('adam', lr=0.001, beta1=0.5)"


@pytest.mark.parametrize("run, wanted", [(simulate, "RaceSpec"), (train, "TrainSpec")])
@pytest.mark.parametrize("wrong", [{}, None, "beale", RACE, TRAINING, RACE.lanes[0], [RACE], RaceSpec, 5], ids=str)
def test_a_run_says_what_it_takes(run, wanted, wrong):
    if type(wrong).__name__ == wanted:
        return
    with pytest.raises(TypeError, match=f"{run.__name__} takes a {wanted}, not {type(wrong).__name__}"):
        run(wrong)


@pytest.mark.parametrize(
    "lanes",
    [
        RACE.lanes[0],
        {RACE.lanes[0]},
        (one for one in RACE.lanes),
        itertools.repeat(RACE.lanes[0]),
        "adam",
        ["adam"],
        [None],
        RACE.lanes * 10**6,
        (Lane,),
    ],
    ids=lambda value: type(value).__name__,
)
def test_lanes_are_a_short_list_of_lanes(lanes):
    for make in RaceSpec, TrainSpec:
        with pytest.raises(SpecError) as error:
            make(lanes=lanes)
        assert error.value.field == "lanes" and len(str(error.value)) < 200


def test_hyperparameters_by_name():
    assert Lane("adam", lr=0.1) == Lane("adam", {"lr": 0.1}) == Lane("adam", {}, lr=0.1)
    assert Lane("adam", {"lr": 0.1}, beta1=0.5, batch=9) == Lane("adam", {"lr": 0.1, "beta1": 0.5}, 9)
    assert Lane(optimizer="adam", hyperparameters={"lr": 0.1}) == Lane("adam", lr=0.1)
    run = train(TrainSpec(steps=3, lanes=(Lane("adam", lr=0.1, batch=5), Lane("adam", {"lr": 0.1}, 5))))
    assert np.array_equal(*run.params)


@pytest.mark.parametrize("arguments, named, field", [
    (({"lr": 0.1},), {"lr": 0.1}, "lane adam lr"), (({"lr": 0.1},), {"lr": 0.2}, "lane adam lr"), ((), {"wat": 3}, "lane adam"),
    ((), {"x" * 5000: 3}, "lane adam"), (({"x" * 5000: 3},), {}, "lane adam"), (({5: 3},), {}, "lane adam"), ((None,), {}, "lane adam"),
    (([("lr", 0.1)],), {}, "lane adam"), ((0.1,), {}, "lane adam"), (("lr",), {}, "lane adam"), ((itertools.repeat(("lr", 1)),), {}, "lane adam"),
])  # fmt: skip
def test_what_is_wrong_with_a_lane_is_named(arguments, named, field):
    with pytest.raises(SpecError) as error:
        Lane("adam", *arguments, **named)
    assert error.value.field == field and len(str(error.value)) < 200


@pytest.mark.parametrize(
    "name", ["x" * 5000, None, 5, ["adam"], OPTIMIZERS["adam"], b"adam"], ids=lambda value: type(value).__name__
)
def test_a_wrong_name_is_named(name):
    for make in Lane, RaceSpec, TrainSpec:
        with pytest.raises(SpecError) as error:
            make(name)
        assert error.value.field in ("lane", "surface", "dataset") and len(str(error.value)) < 500


def test_names_are_ordinary_text():
    spec = RaceSpec(np.str_("beale"), lanes=[Lane(np.str_("adam"))])
    assert type(spec.surface) is type(spec.lanes[0].optimizer) is str


def test_threads_compute_the_same():
    """The lock around compiling, and nothing shared but what is frozen."""
    found = []
    threads = [threading.Thread(target=lambda: found.append((simulate(RACE), train(TRAINING)))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 8 and all(one == found[0] for one in found)


def test_the_tuned_race_is_a_key():
    assert {default_race(): 1}[default_race()] == 1
