"""Spec <-> query string: every spec survives, and rubbish is named, never believed, never an exception."""

import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from speedup import OPTIMIZERS, SURFACES, Lane, RaceSpec, SpecError
from speedup.lane import MOST_SEED
from speedup.race.race import MOST_STEPS, NOISE
from speedup.race.tuning import best_lr, default_race
from speedup.scenes.pairs import SLID, own_pairs, sides
from speedup.scenes.query import format_race, parse_race
from speedup.scenes.surfaces_scene import (
    LAID,
    MEASURES,
    PANELS,
    SCENE_FIELDS,
    Scene,
    default_scene,
    merge,
    on_surface,
    read_scene,
    scene_fields,
    scene_from_json,
    scene_json,
    scene_query,
)


def values(rows):
    """Some of the rows' parameters, within their bounds."""
    one = lambda row: st.sampled_from([0.0, 1.0]) if row.scale == "switch" else st.floats(row.low, row.high)
    return st.fixed_dictionaries({}, optional={row.name: one(row) for row in rows})


lanes = st.sampled_from(list(OPTIMIZERS)).flatmap(
    lambda name: st.builds(Lane, st.just(name), values(OPTIMIZERS[name].hyperparameters))
)
races = st.sampled_from(list(SURFACES.values())).flatmap(
    lambda row: st.builds(
        RaceSpec,
        st.just(row.name),
        st.tuples(*(st.floats(*pair) for pair in row.domain)),
        st.integers(1, MOST_STEPS),
        st.lists(lanes, min_size=1, max_size=12).map(tuple),
        st.floats(0, NOISE.high),
        st.integers(0, MOST_SEED),
        values(row.parameters),
    )
)


def parts(whole):
    """Parts of a map or a picture, from all of it to the narrowest."""

    def part(side, share, closer):
        low, high = side
        width = max((high - low) * 10.0**-closer, 1e-12 * (high - low))
        first = low + share * (high - low - width)
        return first, min(high, first + width)

    sides = (st.builds(part, st.just(side), st.floats(0, 1), st.floats(0, 12)) for side in whole)
    return st.one_of(st.none(), st.tuples(*sides).map(lambda pair: (*pair[0], *pair[1])))


@st.composite
def scenes(draw):
    """Any scene; a region is one of a pair."""
    race = draw(races)
    chosen = draw(st.integers(0, len(race.lanes) - 1))
    pair = draw(st.sampled_from(["", *own_pairs(race.lanes[chosen])]))
    return Scene(
        race,
        draw(st.sampled_from(["2d", "3d"])),
        draw(st.frozensets(st.integers(0, len(race.lanes) - 1))),
        chosen,
        draw(parts(SURFACES[race.surface].domain)),
        panel=draw(st.sampled_from(PANELS)),
        against=draw(st.sampled_from(SLID)),
        measure=draw(st.sampled_from(MEASURES)),
        pair=pair,
        laid=draw(st.sampled_from(LAID)),
        region=draw(parts(sides(race.surface, pair))) if pair else None,
    )


@given(races)
def test_a_race_survives_the_query_string(spec):
    assert parse_race(format_race(spec)) == spec


@given(scenes())
def test_a_scene_survives_its_link_and_the_browser(scene):
    assert read_scene(scene_fields(scene)) == (scene, [])
    assert scene_from_json(scene_json(scene)) == scene


def test_the_query_string_reads_as_documented():
    query = "surface=beale&start=1,1.5&steps=200&noise=0&seed=0&lane=adam,lr:0.02,beta1:0.8&lane=sgd,lr:0.01"
    spec = parse_race(query)
    assert spec.lanes == (Lane("adam", {"lr": 0.02, "beta1": 0.8}), Lane("sgd", {"lr": 0.01}))
    assert spec.start == (1.0, 1.5) and spec.steps == 200
    assert format_race(spec) == query


@pytest.mark.parametrize(
    "text",
    [
        "",
        "1",
        "1,2,3",
        "1,2,3,4,5",
        "2,1,0,1",
        "1,1,0,1",
        "nan,1,0,1",
        "0,inf,0,1",
        "0,1,0,1e999",
        "-11,0,0,1",
        "0,1,0,8",
        "a,b,c,d",
        "1,1.00000000000001,0,1",
        "0,1e-300,0,1",
        "1,2,3," + "4" * 5000,
        "1,2;0,1",
        "0x1,2,0,1",
    ],
)
def test_a_window_that_is_none_is_named_and_ignored(text):
    scene, problems = read_scene([("surface", "long_valley"), ("window", text), ("steps", "77")])
    assert scene.window is None and scene.race.steps == 77
    (problem,) = problems
    assert problem.field == "window" and "x0,x1,y0,y1" in problem.allowed and len(problem.value) <= 60


def test_a_window_is_read_and_belongs_to_its_surface():
    scene, problems = read_scene([("window", "-1,2.5,0,1e-3"), ("surface", "long_valley,angle:10")])
    assert (scene.window, problems) == ((-1.0, 2.5, 0.0, 0.001), [])
    assert ("window", "-1,2.5,0,0.001") in scene_fields(scene)
    elsewhere = on_surface(scene, "beale")
    assert elsewhere.window is None and merge(elsewhere, scene).window is None
    assert merge(replace(scene, view="3d"), scene).window == scene.window


texts = st.one_of(
    st.text(max_size=50),
    st.sampled_from(
        [
            "sgd,batch:5",
            "sgd,batch:x",
            "nan",
            "inf",
            "-1",
            "1e999",
            "1_0",
            "٣",
            "",
            ",",
            ":",
            "adam,lr",
            "adam,lr:1,lr:2",
            "adam," * 3000,
            "9" * 5000,
        ]
    ),
)
fields = st.one_of(
    st.sampled_from(["surface", "start", "steps", "noise", "seed", "lane", "view", "off", "chosen", "window"]),
    st.text(max_size=8),
)


@settings(max_examples=300)
@given(st.lists(st.tuples(fields, texts), max_size=8))
def test_rubbish_gives_a_scene_and_names_what_was_wrong(pairs):
    scene, problems = read_scene(pairs)
    assert isinstance(scene, Scene)
    assert all(isinstance(problem, SpecError) and len(str(problem)) < 1000 for problem in problems)
    known = [field for field, _ in pairs if field in SCENE_FIELDS]
    assert problems or len(known) == len(pairs)


@given(st.text(max_size=200))
def test_rubbish_from_a_program_is_a_spec_error(query):
    try:
        parse_race(query)
    except SpecError as error:
        assert error.field is not None and error.allowed


def test_the_rest_of_the_scene_is_kept():
    scene, problems = read_scene(
        [
            ("surface", "booth"),
            ("steps", "-3"),
            ("seed", "4"),
            ("lane", "sgd,lr:0.02"),
            ("lane", "adamm"),
            ("view", "5d"),
            ("off", "1"),
        ]
    )
    assert [problem.field for problem in problems] == ["lane", "steps", "view"]
    assert scene.race == RaceSpec("booth", seed=4, lanes=(Lane("sgd", {"lr": 0.02}),)) and scene.off == {0}


def test_the_stage_is_not_believed():
    good = scene_json(default_scene())
    bad = [
        {},
        good | {"lanes": 5},
        good | {"lanes": [{}]},
        good | {"view": "5d"},
        good | {"steps": 10**9},
        good | {"start": None},
        good | {"lanes": good["lanes"] * 100},
        good | {"params": {"a": 1}},
        good | {"lanes": [{"optimizer": "sgd", "h": {"lr": "nan"}, "on": True}]},
    ]
    for one in bad:
        with pytest.raises(SpecError):
            scene_from_json(one)


def test_another_surface_keeps_what_was_chosen_and_takes_its_own_rates():
    race = RaceSpec("beale", seed=3, steps=120, lanes=(*default_race("beale").lanes, Lane("adam", {"lr": 0.123})))
    moved = on_surface(Scene(race, view="3d"), "booth")
    assert moved.view == "3d" and moved.race.steps == 120 and moved.race.seed == 3
    assert moved.race.start == SURFACES["booth"].start
    assert [lane.hyperparameters["lr"] for lane in moved.race.lanes] == [
        *(best_lr("booth", lane.optimizer) for lane in race.lanes[:5]),
        0.123,
    ]


def test_a_long_scene_still_fits_into_an_address():
    random.seed(0)
    lane = Lane(
        "nadam",
        {row.name: random.random() for row in OPTIMIZERS["nadam"].hyperparameters if row.scale != "switch"}
        | {"bias_correction": 0},
    )
    query = scene_query(Scene(RaceSpec("long_valley", lanes=(lane,) * 12, params={"condition": 1 / 3 + 5})))
    assert len(query) < 4000 and read_scene([tuple(one.split("=", 1)) for one in query.split("&")])[1] == []
