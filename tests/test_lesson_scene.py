"""The lesson's address: every scene survives it, what is wrong in it is named, and the stage's JSON is not believed."""

from urllib.parse import parse_qsl

import pytest

from speedup import SpecError
from speedup.scenes import lesson_scene, network_scene, surfaces_scene
from speedup.scenes.lesson import TELLINGS
from speedup.scenes.lesson_scene import LessonScene, read_scene, scene_fields, scene_from_json, scene_json, told

NAMES = list(TELLINGS)


@pytest.mark.parametrize("name", NAMES)
def test_a_scene_as_it_is_told_is_named_only(name):
    assert scene_fields(told(name)) == [("scene", name)]
    assert read_scene([("scene", name)]) == (told(name), [])


@pytest.mark.parametrize("name", NAMES)
def test_a_changed_scene_survives_the_link(name):
    changed = LessonScene(name, TELLINGS[name].tried)
    assert changed.shown != TELLINGS[name].scene
    assert read_scene(scene_fields(changed)) == (changed, [])


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("which", ["scene", "tried"])
def test_the_stage_s_json_gives_the_scene_back(name, which):
    now = LessonScene(name, getattr(TELLINGS[name], which))
    assert scene_from_json(scene_json(now)) == now


def test_the_bare_address_opens_the_first_scene():
    assert read_scene([]) == (told(NAMES[0]), [])
    assert lesson_scene.default_scene() == told(NAMES[0])


@pytest.mark.parametrize(
    "pairs, field",
    [
        ([("scene", "nowhere")], "scene"),
        ([("scene", "")], "scene"),
        ([("scene", NAMES[0]), ("scene", NAMES[1])], "scene"),
        ([("scene", NAMES[0]), ("steps", "-1")], "steps"),
        ([("scene", NAMES[0]), ("zzz", "1")], "zzz"),
    ],
)
def test_what_is_wrong_in_a_link_is_named(pairs, field):
    now, problems = read_scene(pairs)
    assert now.at == NAMES[0]
    assert field in {problem.field for problem in problems}


@pytest.mark.parametrize("rubbish", [{"at": "nowhere"}, {"at": None}, {}, {"at": NAMES[0], "lanes": 3}, {"at": []}])
def test_rubbish_from_a_browser_is_refused(rubbish):
    with pytest.raises(SpecError):
        scene_from_json(rubbish)


def test_a_scene_of_the_other_kind_is_refused():
    kinds = {name: lesson_scene.kind_of(name) for name in NAMES}
    net, race = (next(name for name in NAMES if kinds[name] is kind) for kind in (network_scene, surfaces_scene))
    with pytest.raises(SpecError):
        scene_from_json(scene_json(told(net)) | {"at": race})
    with pytest.raises(SpecError):
        scene_from_json(scene_json(told(race)) | {"at": net})


def test_the_stage_s_table_opens_the_same_scene_on_its_own_page():
    for name, row in lesson_scene.plain().items():
        kind = lesson_scene.kind_of(name)
        assert row["kind"] == kind.NAME
        assert kind.read_scene(parse_qsl(row["query"])) == (TELLINGS[name].scene, [])
