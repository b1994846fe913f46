"""TrainSpec: what it takes, and that all else is named, with what is allowed, before any work."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from speedup import DATASETS, Lane, SpecError, TrainSpec
from speedup.lane import MOST_BATCH, MOST_LANES, MOST_SEED
from speedup.network.training import (
    LEAST_SAMPLES,
    MOST_CHANGES,
    MOST_LAYERS,
    MOST_SAMPLES,
    MOST_STEPS,
    MOST_TEST,
    MOST_UNITS,
    MOST_WORK,
)

LANE, NAN, INF = Lane("sgd"), math.nan, math.inf
NUMBERS = {  # field: lowest, highest, whether it has to be whole
    "samples": (LEAST_SAMPLES, MOST_SAMPLES, True),
    "steps": (1, MOST_STEPS, True),
    "batch": (1, MOST_SAMPLES, True),
    "seed": (0, MOST_SEED, True),
    "noise": (0.0, 1.0, False),
    "test": (0.0, MOST_TEST, False),
}
BAD = [
    *((name, value) for name in ("dataset", "activation", "init") for value in ("nowhere", "", None, 0, NAN, True, ["relu"])),
    *(
        ("hidden", value)
        for value in (
            (0,),
            (MOST_UNITS + 1,),
            (-3,),
            (2.5,),
            (NAN,),
            (INF,),
            (True,),
            ("x",),
            (None,),
            ((3,),),
            (10**400,),
            (3,) * (MOST_LAYERS + 1),
            (1,) * 10**6,
            "20",
            20,
            None,
            True,
            {3: 4},
        )
    ),
    *(("lanes", value) for value in ((), (LANE,) * (MOST_LANES + 1), ("sgd",), (LANE, None), LANE, None, "sgd", 3)),
    *(("changes", value) for value in (None, 3, "0,0,lr,1", {}, True, ((0, 0, "lr", 0.1),) * (MOST_CHANGES + 1))),
    *(
        ("change", value)
        for value in (
            (),
            (0, 0, "lr"),
            (0, 0, "lr", 0.1, 5),
            "abcd",
            3,
            None,
            (0, 0, "beta1", 0.5),
            (0, 0, "", 1),
            (0, 0, None, 1),
            (0, 0, ["lr"], 1),
        )
    ),
    *(("change step", (value, 0, "lr", 0.1)) for value in (-1, 384, 1.5, NAN, INF, True, "x", None, 10**400)),
    *(("change lane", (0, value, "lr", 0.1)) for value in (-1, 1, 0.5, NAN, INF, False, "sgd", None)),
    *(("change lr", (0, 0, "lr", value)) for value in (-1, 0, 11, NAN, INF, True, "x", "nan", None, (1,))),
]


@pytest.mark.parametrize("field, value", BAD, ids=lambda x: str(x)[:40])
def test_what_is_out_of_bounds_is_named(field, value):
    given = {"changes": (value,)} if field.split()[0] == "change" else {field: value}
    with pytest.raises(SpecError) as error:
        TrainSpec(**{"lanes": (LANE,)} | given)
    assert error.value.field == field and error.value.allowed and field in str(error.value)
    assert len(str(error.value)) < 300


def wrong_numbers(low, high, whole):
    """What is no number from low to high, or no whole one."""
    outside = (st.floats() | st.integers()).filter(lambda x: not low <= x <= high)
    broken = st.floats(low, high).filter(lambda x: x != int(x)) if whole else st.nothing()
    rubbish = st.booleans() | st.none() | st.lists(st.integers(), max_size=2) | st.complex_numbers()
    return outside | broken | rubbish | st.sampled_from(["", "nan", "inf", "1_0", "٣", " 1", "1e999", "1" * 50])


@pytest.mark.parametrize("field", NUMBERS)
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_wrong_numbers_are_named(field, data):
    value = data.draw(wrong_numbers(*NUMBERS[field]))
    with pytest.raises(SpecError) as error:
        TrainSpec(**{"lanes": (LANE,), field: value})
    assert error.value.field == field and "from" in error.value.allowed


@pytest.mark.parametrize("field", NUMBERS)
def test_the_bounds_themselves_are_allowed(field):
    low, high, whole = NUMBERS[field]
    for value in low, high:
        found = getattr(TrainSpec(**{"lanes": (LANE,), field: value}), field)
        assert found == value and isinstance(found, int if whole else float)
        assert getattr(TrainSpec(**{"lanes": (LANE,), field: repr(value)}), field) == value


@pytest.mark.parametrize("dataset", DATASETS)
def test_noise_is_bounded_by_the_dataset(dataset):
    most = DATASETS[dataset].most_noise
    assert TrainSpec(dataset, noise=most, lanes=(LANE,)).noise == most
    with pytest.raises(SpecError, match="noise"):
        TrainSpec(dataset, noise=math.nextafter(most, INF), lanes=(LANE,))


@pytest.mark.parametrize("batch", [0, -1, MOST_BATCH + 1, 2.5, NAN, INF, True, "x", 10**400])
def test_a_lane_s_bad_batch_is_named(batch):
    with pytest.raises(SpecError) as error:
        Lane("adam", {}, batch)
    assert error.value.field == "lane adam batch"


def test_too_much_work_is_named_with_how_much_it_is():
    """The largest net on all samples: 2241 parameters."""
    large = dict(dataset="circle", hidden=(32, 32, 32), samples=2000, batch=2000)
    work = 2241 * 2000 * 1000 * 12
    with pytest.raises(SpecError) as error:
        TrainSpec(**large, lanes=(LANE,) * 12, steps=1000)
    assert error.value.field == "work" and f"{work:.3g}" in error.value.value
    assert f"{MOST_WORK:g}" in error.value.allowed and f"{work / MOST_WORK:.3g} times" in error.value.allowed
    steps = int(MOST_WORK / (2241 * 2000))
    assert TrainSpec(**large, lanes=(LANE,), steps=steps).work <= MOST_WORK
    with pytest.raises(SpecError, match="work"):
        TrainSpec(**large, lanes=(LANE,), steps=steps + 1)


def test_work_counts_the_batches_that_there_are():
    """A lane's own batch if it has one, and no more than the training samples."""
    lanes = LANE, Lane("adam", {}, 7), Lane("adam", {}, 2000)
    spec = TrainSpec("sine", samples=100, test=0.2, batch=16, hidden=(4, 3), steps=50, lanes=lanes)
    assert [spec.batch_of(lane) for lane in lanes] == [16, 7, 80]
    assert spec.work == 50 * (8 + 15 + 4) * (16 + 7 + 80)


def test_equal_specs_are_one_key():
    changes = ((3, 0, "lr", 1.0), (5, 0, "lr", 0.5))
    one = TrainSpec(lanes=[LANE], hidden=[8, 4], changes=[[5, 0, "lr", "0.5"], (3, 0, "lr", 1)], noise="0.5", steps=9.0)
    same = TrainSpec(lanes=(LANE,), hidden=(8, 4), changes=changes, noise=0.5, steps=9)
    assert one == same and hash(one) == hash(same) and len({one, same, TrainSpec(lanes=(LANE,))}) == 2
    assert one.changes == changes
    assert one.net.sizes == (1, 8, 4, 1) and TrainSpec("xor", lanes=(LANE,), hidden=()).net.sizes == (2, 1)
