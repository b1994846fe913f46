"""A setting changed in the player: the server changes the scene by its own rules, or says at which field it can't be."""

import dataclasses
import json
import re
from urllib.parse import parse_qsl

import pytest

from speedup import DATASETS, SURFACES
from speedup.scenes import network_scene, surfaces_scene
from speedup.words import i18n
from speedup.words.settings import SETTINGS
from tests.test_player_route import GOOD, KINDS, TRAINING, send


def change(server, page, field, value, lang="en", query=""):
    """(the scene before, what is answered) to a change of a setting."""
    before = server.ask(f"/api/scene?page={page}&{query}").json()
    sent = {"page": page, "lang": lang, "scene": before["scene"], "change": {"field": field, "value": value}}
    answer = send(server, json.dumps(sent))
    assert answer.status == 200
    return before["scene"], answer.json()


def values(told):
    """{field: value} of the settings that are told."""
    return {row["field"]: row["value"] for row in told["settings"]}


CHANGES = [
    *[("surfaces", field, value) for field, value in (("steps", 40), ("noise", "0.5"), ("seed", 7), ("view", "3d"))],
    *[("network", field, value) for field, value in (("samples", 200), ("test", 0.2), ("hidden", "8, 4"), ("batch", 16))],
    *[("network", field, value) for field, value in (("steps", 50), ("noise", 0.3), ("seed", 7), ("activation", "tanh"))],
    ("network", "init", "he"),
]


@pytest.mark.parametrize("page, field, value", CHANGES)
def test_a_setting_changes_itself_alone(server, page, field, value):
    before, told = change(server, page, field, value)
    own = {"hidden": [8, 4], "noise": 0.5 if page == "surfaces" else 0.3}.get(field, value)
    assert told["scene"] == before | {field: own} and "refused" not in told
    assert str(values(told)[field]) == str(value)
    kind = KINDS[page][0]
    assert kind.scene_json(kind.read_scene(parse_qsl(told["query"]))[0]) == told["scene"]


def test_every_setting_of_the_pages_is_tried():
    tried = {(page, field) for page, field, _ in CHANGES} | {
        ("surfaces", "surface"),
        ("surfaces", "scene"),
        ("network", "scene"),
        ("network", "dataset"),
    }
    assert {(page, row.field) for page, rows in SETTINGS.items() for row in rows} == tried


@pytest.mark.parametrize("name", SURFACES)
def test_another_surface_has_its_own_start_and_rates(server, name):
    before, told = change(
        server, "surfaces", "surface", name, query="surface=booth&start=1,2&steps=77&lane=adam,lr:0.123&lane=sgd"
    )
    expected = surfaces_scene.on_surface(surfaces_scene.scene_from_json(before), name)
    assert told["scene"] == surfaces_scene.scene_json(expected) and told["scene"]["steps"] == 77
    assert told["settings"][0]["teaches"] == i18n.words("en")["surfaces"][name]["teaches"]


@pytest.mark.parametrize("page, name", [(page, name) for page in ("network", "surfaces") for name in KINDS[page][0].SCENES])
def test_a_named_scene_replaces_all(server, page, name):
    kind, query = KINDS[page][0], TRAINING if page == "network" else "surface=beale&view=3d"
    _, told = change(server, page, "scene", name, query=query)
    assert told["scene"] == kind.scene_json(kind.SCENES[name]) and values(told)["scene"] == name
    (row,) = (row for row in told["settings"] if row["field"] == "scene")
    assert row["teaches"] == i18n.words("en")["scenes"][name]["teaches"]


def test_another_data_set_keeps_the_rest_and_bounds_the_noise(server, monkeypatch):
    before, told = change(server, "network", "dataset", "moons", query=TRAINING)
    assert told["scene"] == before | {"dataset": "moons"} and values(told)["scene"] is None
    row = next(row for row in told["settings"] if row["field"] == "noise")
    assert row["high"] == DATASETS["moons"].most_noise
    small = dataclasses.replace(DATASETS["moons"], most_noise=0.05)
    monkeypatch.setattr(network_scene, "DATASETS", {**DATASETS, "moons": small})
    assert network_scene.changed(network_scene.default_scene(), "dataset", "moons").run.noise == 0.05


def test_fewer_steps_take_the_later_changes_with_them(server):
    _, told = change(server, "network", "steps", 20, query=TRAINING)
    assert told["scene"]["steps"] == 20 and told["scene"]["changes"] == []


WRONG = [
    ("surfaces", "surface", "nowhere"), ("surfaces", "steps", "abc"), ("surfaces", "steps", 2001), ("surfaces", "noise", -1),
    ("surfaces", "seed", 1.5), ("surfaces", "view", None), ("network", "scene", "nothing"), ("network", "dataset", ["moons"]),
    ("network", "samples", 9), ("network", "test", 0.6), ("network", "hidden", "8,8,8,8"), ("network", "hidden", [8]),
    ("network", "hidden", "9" * 999), ("network", "batch", 0), ("network", "steps", {}), ("network", "noise", "1e999"),
    ("network", "seed", True), ("network", "activation", ""), ("network", "init", 0),
]  # fmt: skip


@pytest.mark.parametrize("lang", i18n.LANGUAGES)
@pytest.mark.parametrize("page, field, value", WRONG)
def test_a_value_that_cannot_be_is_said_at_its_field_and_the_scene_kept(server, page, field, value, lang):
    before, told = change(server, page, field, value, lang)
    assert told["scene"] == before and told["refused"]["field"] == field and len(told["refused"]["said"]) < 400
    assert field in told["refused"]["said"] and bool(re.search("[\u4e00-\u9fff]", told["refused"]["said"])) == (lang == "zh")


def test_too_much_work_is_said_at_the_field_that_asked_for_it(server):
    before, told = change(server, "network", "steps", 10_000, query="hidden=32,32,32&samples=2000&batch=1000&steps=1")
    assert told["scene"] == before and told["refused"]["field"] == "steps"


@pytest.mark.parametrize("sent", ["steps", [], {}, {"field": "start", "value": 1}, {"field": ["steps"], "value": 1}])
def test_changes_of_anything_else_are_refused(server, sent):
    answer = send(server, json.dumps({"page": "surfaces", "lang": "en", "scene": GOOD, "change": sent}))
    assert answer.status == 400 and answer.json()["field"] == "change"


def test_the_lesson_has_no_settings(server):
    assert server.ask("/api/scene?page=lesson").json()["settings"] == []
    assert b'aria-expanded="false" hidden>' in server.ask("/play?page=lesson").body
    assert b'aria-expanded="false">' in server.ask("/play?page=network").body
