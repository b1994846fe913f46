"""Where the relief is seen from: in the link, in the stage's scene, as Plotly's camera."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from speedup.scenes.sights import CAMERA
from speedup.scenes.surfaces_scene import (
    default_scene,
    merge,
    on_surface,
    read_scene,
    scene_fields,
    scene_from_json,
    scene_json,
)
from speedup.words import i18n
from tests.modules import evaluate

SEEN = (-72.4, 53.0, 2.35, 0.02, 0.0, -0.18)
cameras = st.none() | st.tuples(*(st.floats(*bounds) for bounds in CAMERA.values()))


@given(cameras)
def test_it_survives_the_query_and_the_stage(camera):
    scene = replace(default_scene(), camera=camera, view="3d")
    assert read_scene(scene_fields(scene)) == (scene, [])
    assert scene_from_json(scene_json(scene)) == scene


@pytest.mark.parametrize(
    "text", ["", "1,2", "1,2,3,0,0", "1,2,3,0,0,0,0", "181,0,2,0,0,0", "0,91,2,0,0,0", "0,0,0,0,0,0", "0,0,7,0,0,0",
             "0,0,2,3,0,0", "nan,0,2,0,0,0", "inf,0,2,0,0,0", "a,b,c,d,e,f", "1_0,0,2,0,0,0", "9" * 5000]
)  # fmt: skip
def test_what_is_none_is_named_and_replaced(text):
    scene, (problem,) = read_scene([("camera", text), ("steps", "77"), ("view", "3d")])
    assert scene.camera is None and scene.race.steps == 77 and scene.view == "3d"
    assert problem.field == "camera" and "turn from -180 to 180" in problem.allowed and len(problem.value) <= 60
    assert "turn 在 -180 到 180 之间" in i18n.explain(problem, "zh")


def test_it_belongs_to_its_surface():
    scene, problems = read_scene([("camera", ",".join(map(str, SEEN)))])
    assert scene.camera == SEEN and problems == []
    assert on_surface(scene, "beale").camera is None and merge(on_surface(scene, "beale"), scene).camera is None
    assert merge(replace(scene, view="3d"), scene).camera == SEEN


@pytest.mark.parametrize("ratio", [0.6, 1.2, 1.75, 2.4])
def test_the_eye_and_its_numbers_are_each_other_s(ratio):
    views = [list(SEEN), [180, 0, 0.3, 1, -1, 2], [0, -45, 6, 0, 0, 0], [12.3, 89.9, 1.1, -2, 2, 0]]
    assert evaluate("race/relief_look", "arg[0].map((one) => it.lookOf(it.eyeOf(one, arg[1]), arg[1]))", [views, ratio]) == views
