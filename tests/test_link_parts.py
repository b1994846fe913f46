"""A wrong part of a link is named, and costs nothing but itself: what is good of its lane, and the other lanes, stay."""

import pytest

from speedup import Lane, RaceSpec
from speedup.scenes import network_scene, surfaces_scene
from speedup.schema.validation import SpecError

KINDS = [(surfaces_scene, lambda found: found.race), (network_scene, lambda found: found.run)]
PARTS = [  # a lane, what it becomes, the fields that are named
    ("adam,lr:0.1,wat:3", Lane("adam", {"lr": 0.1}), ["lane adam"]),
    ("adam,wat:3,lr:0.1,beta1:0.5", Lane("adam", {"lr": 0.1, "beta1": 0.5}), ["lane adam"]),
    ("adam,lr:nan,beta1:0.5", Lane("adam", {"beta1": 0.5}), ["lane adam lr"]),
    ("adam,lr:0.1,beta1:2,beta2:3", Lane("adam", {"lr": 0.1}), ["lane adam beta1", "lane adam beta2"]),
    ("adam,lr:0.1,beta1", Lane("adam", {"lr": 0.1}), ["lane"]),
    ("adam,lr:0.1,lr:0.2", Lane("adam", {"lr": 0.1}), ["lane"]),
    ("adam,lr:0.1,batch:0", Lane("adam", {"lr": 0.1}), ["lane adam batch"]),
    ("adam,,lr:0.1", Lane("adam", {"lr": 0.1}), ["lane"]),
]


@pytest.mark.parametrize("kind, spec", KINDS, ids=["race", "training"])
@pytest.mark.parametrize("text, lane, fields", PARTS, ids=[text for text, _, _ in PARTS])
def test_what_is_good_of_a_lane_is_kept(kind, spec, text, lane, fields):
    found, problems = kind.read_scene([("lane", text)])
    assert found.lanes == (lane,) and [problem.field for problem in problems] == fields
    found, problems = kind.read_scene([("lane", "sgd,lr:0.2"), ("lane", text), ("lane", "nowhere"), ("seed", "5")])
    assert found.lanes == (Lane("sgd", {"lr": 0.2}), lane) and spec(found).seed == 5
    assert sorted(problem.field for problem in problems) == sorted([*fields, "lane"])


def test_a_race_s_lane_loses_its_batch_only():
    found, problems = surfaces_scene.read_scene([("lane", "adam,lr:0.1,batch:5"), ("lane", "sgd,lr:0.2")])
    assert found.lanes == (Lane("adam", {"lr": 0.1}), Lane("sgd", {"lr": 0.2}))
    assert [problem.value for problem in problems] == ["batch:5"]


def test_what_is_good_of_a_surface_is_kept():
    found, problems = surfaces_scene.read_scene([("surface", "long_valley,condition:50,wat:3,angle:999"), ("lane", "sgd")])
    assert found.race == RaceSpec("long_valley", params={"condition": 50}, lanes=(Lane("sgd"),))
    assert [problem.field for problem in problems] == ["surface long_valley", "surface long_valley angle"]


def test_what_is_good_of_off_is_kept():
    found, problems = surfaces_scene.read_scene([("lane", "sgd"), ("lane", "adam"), ("off", "1,9,x")])
    assert found.off == {0} and [problem.value for problem in problems] == ["9", "x"]


@pytest.mark.parametrize("kind, _", KINDS, ids=["race", "training"])
def test_how_tall_an_instrument_is_has_bounds(kind, _):
    found, problems = kind.read_scene([("lower", "45"), ("panel", "limit")])
    assert (found.lower, problems) == (45, []) and ("lower", "45") in kind.scene_fields(found)
    assert kind.scene_from_json(kind.scene_json(found)) == found
    for wrong in ("14", "61", "30.5", "", "nan"):
        assert (kind.read_scene([("lower", wrong)])[0].lower, len(kind.read_scene([("lower", wrong)])[1])) == (None, 1)
        with pytest.raises(SpecError):
            kind.scene_from_json(kind.scene_json(found) | {"lower": wrong})


@pytest.mark.parametrize("lane", ["0", "3", "9", "13"])
def test_a_change_s_lane_is_named_as_it_was_written(lane):
    _, (problem,) = network_scene.read_scene([("lane", "sgd"), ("lane", "adam"), ("change", f"5,{lane},lr,0.5")])
    assert (problem.field, problem.value, problem.allowed) == ("change lane", lane, "a whole number from 1 to 2")


@pytest.mark.parametrize("kind, _", KINDS, ids=["race", "training"])
def test_messages_have_bounded_length(kind, _):
    long = "9" * 5000
    pairs = [(long, long), ("lane", "adam,lr:" + "9" * 300), ("lane", long), ("steps", long), ("seed", long), ("off", long)]
    for problem in kind.read_scene(pairs)[1]:
        assert len(problem.field) <= 60 and len(problem.value) <= 60 and len(str(problem)) < 400


@pytest.mark.parametrize(
    "pairs, field",
    [
        ([("lane", "sgd")] * 500, "query"),
        ([("steps", "5")] * 2, "steps"),
        ([("lane", "sgd")] * 13, "lane"),
        ([("zzz", "1")], "zzz"),
        ([("off", "9")], "off"),
        ([("surface", "beale," + "a" * 5000)], "surface"),
        ([("surface", "long_valley,condition:0")], "surface long_valley condition"),
    ],
)
def test_problems_name_the_field(pairs, field):
    assert field in [problem.field for problem in surfaces_scene.read_scene(pairs)[1]]
