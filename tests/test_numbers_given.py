"""Which numbers the library takes, and how those that it does not take are named."""

import gc
import itertools
import math
import pickle
import time
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest

from speedup import OPTIMIZERS, Lane, RaceSpec, SpecError, TrainSpec
from speedup.network.training import Change  # noqa: F401 (in the repr of a TrainSpec)
from tests.test_library import RACE

REAL = [
    Decimal("0.125"),
    Fraction(1, 8),
    np.float64(0.125),
    np.float32(0.125),
    np.float16(0.125),
    np.longdouble(0.125),
    np.array(0.125),
    np.array(0.125, "f4"),
    "0.125",
    np.str_("0.125"),
]
WHOLE = [np.int64(1), np.uint8(1), np.array(1), Decimal(1), Fraction(1), 1.0, np.float32(1), "1"]


@pytest.mark.parametrize("value", REAL, ids=lambda value: type(value).__name__ + str(value))
def test_every_real_number_is_taken(value):
    assert Lane("adam", lr=value) == Lane("adam", lr=0.125)
    assert RaceSpec(noise=value, start=(value, value), lanes=RACE.lanes) == RaceSpec(
        noise=0.125, start=(0.125, 0.125), lanes=RACE.lanes
    )
    assert TrainSpec(lanes=[Lane("sgd")], changes=[(0, 0, "lr", value)]).changes == ((0, 0, "lr", 0.125),)
    assert all(type(one) is float for one in Lane("adam", lr=value).hyperparameters.values())


@pytest.mark.parametrize("value", WHOLE, ids=lambda value: type(value).__name__ + str(value))
def test_every_whole_number_is_taken(value):
    spec = TrainSpec(steps=value, seed=value, batch=value, hidden=[value], lanes=[Lane("sgd", batch=value)])
    assert spec == TrainSpec(steps=1, seed=1, batch=1, hidden=(1,), lanes=(Lane("sgd", batch=1),))
    assert type(spec.steps) is type(spec.hidden[0]) is type(spec.lanes[0].batch) is int


WRONG = [
    (True, "bool"),
    (np.bool_(True), "bool"),
    (np.array(True), "array(True)"),
    (1j, "complex"),
    (np.complex64(1), "complex"),
    (np.array([0.1]), "ndarray"),
    (Decimal("NaN"), "NaN"),
    (Decimal("sNaN"), "NaN"),
    (Decimal("1e999999"), "Decimal"),
    (math.nan, "nan"),
    (-math.inf, "-inf"),
    (None, "None"),
    ([0.1], "0.1"),
    ({0.1}, "set"),
    ({"lr": 0.1}, "dict"),
    (object(), "object"),
    (lambda: 0.1, "function"),
    (b"0.1", "bytes"),
    (np.datetime64("2020"), "datetime64"),
    (10**5000, "5001 digits"),
    (-(10**5000), "digits"),
    (10**1_000_000, "1000001 digits"),
    (Fraction(10**5000), "Fraction"),
    (Fraction(1, 10**5000), "Fraction"),
    ("9" * 5000, "999..."),
    ("x" * 10**7, "xxx..."),
    ([0] * 10**7, "10000000 items (list)"),
    (range(10**9), "1000000000 items (range)"),
    ([[0] * 10**7], "10000000 items"),
    ([10**5000], "5001 digits"),
    ({10**5000}, "set"),
    (itertools.count(), "count"),
    (OPTIMIZERS, "12 items"),
]


@pytest.fixture(scope="module")
def long():
    """Seconds of the processor that it takes to write ten million items: what is named in few words isn't written first."""
    gc.freeze()  # nobody looks through the lists above for garbage meanwhile: that takes as long
    before = time.thread_time()
    repr([0] * 10**7)
    yield time.thread_time() - before
    gc.unfreeze()


@pytest.mark.parametrize(
    "value, named", WRONG, ids=lambda value: f"{type(value).__name__}" if not isinstance(value, str) else value[:20]
)
def test_what_is_no_number_is_named_in_few_words_and_little_time(value, named, long):
    before = time.thread_time()
    for make, field in (
        (lambda: Lane("adam", lr=value), "lane adam lr"),
        (lambda: RaceSpec(steps=value), "steps"),
        (lambda: Lane("adam", {"lr": value}), "lane adam lr"),
    ):
        with pytest.raises(SpecError) as error:
            make()
        assert error.value.field == field and named in error.value.value and len(str(error.value)) < 200
        assert str(pickle.loads(pickle.dumps(error.value))) == str(error.value)
    assert time.thread_time() - before < long


NOT_ORDERED = [
    {1.0, 2.0},
    frozenset({1.0, 2.0}),
    {1.0: 2.0, 3.0: 4.0},
    "12",
    b"12",
    iter((1.0, 2.0)),
    (x for x in (1.0, 2.0)),
    1.0,
    np.array(1.0),
    np.ones((2, 2)),
    (1.0, 2.0, 3.0),
    (1.0,),
    [0] * 10**7,
]


@pytest.mark.parametrize("start", NOT_ORDERED, ids=lambda value: type(value).__name__)
def test_a_start_is_two_numbers_in_an_order(start):
    with pytest.raises(SpecError) as error:
        RaceSpec("beale", start=start, lanes=RACE.lanes)
    assert error.value.field == "start" and "x,y" in error.value.allowed and len(str(error.value)) < 250


@pytest.mark.parametrize(
    "start", [[1, 2], np.array([1.0, 2.0]), np.array([1, 2]), range(1, 3), (np.float32(1), Decimal(2))], ids=repr
)
def test_a_start_may_be_any_two_numbers(start):
    assert RaceSpec("beale", start=start, lanes=RACE.lanes).start == (1.0, 2.0)
