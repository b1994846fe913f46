"""The player's page and /api/scene: a link's scene and back, what is wrong with a link said, anything else refused."""

import dataclasses
import http.client
import json
import re
from html.parser import HTMLParser
from urllib.parse import parse_qsl

import pytest

from speedup import DATASETS, SURFACES
from speedup.scenes import lesson_scene, network_scene, surfaces_scene
from speedup.web.assets import version
from speedup.words import i18n
from speedup.words.settings import SETTINGS
from tests.servers import Answer

RACE = "surface=booth&start=1,2&steps=77&lane=adam,lr:0.25&lane=lion,lr:0.1&view=3d&off=2"
TRAINING = "dataset=spiral&samples=100&hidden=8,8&lane=sgd,lr:0.1&change=20,1,lr,0.5"
KINDS = {"surfaces": (surfaces_scene, RACE), "network": (network_scene, TRAINING), "lesson": (lesson_scene, "scene=shoes")}


class Page(HTMLParser):
    """What /play answers: `told`, the JSON in it, its `scripts`, and the text of its elements by tag."""

    def __init__(self, body):
        super().__init__()
        self.text, self.scripts, self.inside, self.attributes = {}, [], "", {}
        self.feed(body.decode())
        self.told = json.loads(self.text["script"])

    def handle_starttag(self, tag, attributes):
        self.inside, self.attributes[tag] = tag, dict(attributes)
        self.scripts += [dict(attributes)["src"]] if "src" in dict(attributes) else []

    def handle_data(self, text):
        self.text[self.inside] = self.text.get(self.inside, "") + text

    def handle_endtag(self, tag):
        self.inside = ""


def send(server, body, lang="en"):
    """The answer to what a stage sends."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
    try:
        connection.request("POST", f"{server.base}/api/scene", body)
        answer = connection.getresponse()
        return Answer(answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read())
    finally:
        connection.close()


@pytest.mark.parametrize("page", KINDS)
@pytest.mark.parametrize("lang", i18n.LANGUAGES)
def test_the_page_holds_the_scene_of_its_link(server, page, lang):
    kind, query = KINDS[page]
    answer = server.ask(f"/play?page={page}&{query}&lang={lang}")
    assert answer.status == 200 and answer.headers["content-type"] == "text/html; charset=utf-8"
    assert answer.headers["cache-control"] == "no-cache"
    shown, told = Page(answer.body), server.ask(f"/api/scene?page={page}&{query}&lang={lang}").json()
    assert shown.told == told | {"base": f"/assets/{version()}/"}
    assert shown.scripts == [f"/assets/{version()}/speedup.js"]
    assert told["scene"] == kind.scene_json(kind.read_scene(parse_qsl(query))[0]) and told["problems"] == []
    assert shown.attributes["html"]["lang"] == lang and shown.text["title"].startswith(i18n.text(lang, f"page.{page}"))


@pytest.mark.parametrize("page", KINDS)
def test_a_scene_gives_its_link_back(server, page):
    kind, query = KINDS[page]
    told = server.ask(f"/api/scene?page={page}&{query}").json()
    back = send(server, json.dumps({"page": page, "lang": "en", "scene": told["scene"]})).json()
    assert back == told
    assert kind.read_scene(parse_qsl(back["query"]))[0] == kind.read_scene(parse_qsl(query))[0]


def test_what_is_missing_has_its_default(server):
    told = server.ask("/api/scene", accept_language="zh-CN,zh;q=0.9").json()
    assert (told["page"], told["lang"]) == ("surfaces", "zh")
    assert told["scene"] == surfaces_scene.scene_json(surfaces_scene.default_scene())
    assert server.ask("/api/scene", accept_language="de").json()["lang"] == "en"
    assert "Accept-Language" in server.ask("/play").headers["vary"]


@pytest.mark.parametrize("lang", i18n.LANGUAGES)
def test_what_is_wrong_with_a_link_is_said_and_the_rest_kept(server, lang):
    query = "surface=booth&steps=-3&zzz=1&lane=adam,lr:nan&lane=sgd"
    told = server.ask(f"/api/scene?{query}&lang={lang}").json()
    assert told["scene"] == surfaces_scene.scene_json(surfaces_scene.read_scene(parse_qsl(query))[0])
    assert told["scene"]["surface"] == "booth" and told["scene"]["steps"] == 300
    assert len(told["problems"]) == 3
    for field, value in (("steps", "-3"), ("lane adam lr", "nan"), ("zzz", "1")):
        assert any(field in said and value in said for said in told["problems"])
    shown = Page(server.ask(f"/play?surface=booth&zzz=%3C/script%3E&lang={lang}").body)
    assert "</script>" in shown.told["problems"][0]


def test_a_part_of_another_page_has_no_bar(server):
    assert b"<header" in server.ask("/play").body and b"<header" not in server.ask("/play?embed=1").body


def test_the_script_holds_every_module(server):
    script = server.ask(f"/assets/{version()}/speedup.js").body.decode()
    assert {"host/player.js", "stage/stage.js", "tools/downloads.js", "lesson/lecture.js"} <= set(
        re.findall(r'^"([\w./]+\.js)": ', script, re.M)
    )
    assert not re.search(r"^(import|export)\b", script, re.M)


@pytest.mark.parametrize(
    "query, field",
    [
        ("page=nowhere", "page"),
        ("page=", "page"),
        ("page=surfaces&page=network", "page"),
        ("lang=xx", "lang"),
        ("embed=2", "embed"),
        ("lang=en&lang=zh", "lang"),
        ("projector=yes", "projector"),
        ("page=" + "a" * 5000, "page"),
    ],
)
@pytest.mark.parametrize("path", ["/play", "/api/scene"])
def test_other_addresses_are_refused(server, path, query, field):
    answer = server.ask(f"{path}?{query}")
    assert answer.status == 400 and set(answer.json()) == {"error", "field"} and len(answer.body) < 400
    assert answer.json()["field"] == field and answer.headers["cache-control"] == "no-store"


GOOD = surfaces_scene.scene_json(surfaces_scene.default_scene())
BAD = {
    "nothing": (b"", "scene"),
    "no JSON": (b"{", "scene"),
    "no text": (b"\xff\xfe", "scene"),
    "a list": (b"[]", "scene"),
    "deep": (b"[" * 50_000, "scene"),
    "large": (b" " * 200_000, "scene"),
    "no page": ({"lang": "en", "scene": GOOD}, "page"),
    "another page": ({"page": "x", "lang": "en", "scene": GOOD}, "page"),
    "a page that is none": ({"page": ["surfaces"], "lang": "en", "scene": GOOD}, "page"),
    "no language": ({"page": "surfaces", "scene": GOOD}, "lang"),
    "no scene": ({"page": "surfaces", "lang": "en"}, "scene"),
    "a scene that is none": ({"page": "surfaces", "lang": "en", "scene": [GOOD]}, "scene"),
    "an empty scene": ({"page": "network", "lang": "en", "scene": {}}, "scene"),
    "another page's scene": ({"page": "lesson", "lang": "en", "scene": GOOD}, "scene"),
    "too many steps": ({"page": "surfaces", "lang": "en", "scene": GOOD | {"steps": 10**9}}, "steps"),
    "not a number": ({"page": "surfaces", "lang": "en", "scene": GOOD | {"noise": float("nan")}}, "noise"),
    "no start": ({"page": "surfaces", "lang": "en", "scene": GOOD | {"start": []}}, "start"),
    "no lanes": ({"page": "surfaces", "lang": "en", "scene": GOOD | {"lanes": "adam"}}, "scene"),
}


@pytest.mark.parametrize("body, field", BAD.values(), ids=BAD)
def test_other_scenes_are_refused(server, body, field):
    answer = send(server, body if isinstance(body, bytes) else json.dumps(body))
    assert answer.status == 400 and set(answer.json()) == {"error", "field", "said"} and len(answer.body) < 900
    assert answer.json()["field"] == field and answer.headers["cache-control"] == "no-store"


def test_a_refusal_is_said_in_the_language(server):
    body = json.dumps({"page": "surfaces", "lang": "zh", "scene": GOOD | {"steps": 0}})
    assert re.search("[\u4e00-\u9fff]", send(server, body).json()["said"])


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


@pytest.mark.parametrize("name", network_scene.SCENES)
def test_a_named_scene_replaces_all(server, name):
    _, told = change(server, "network", "scene", name, query=TRAINING)
    assert told["scene"] == network_scene.scene_json(network_scene.SCENES[name])
    assert values(told)["scene"] == name and told["settings"][0]["teaches"] == i18n.words("en")["scenes"][name]["teaches"]


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


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
def test_nothing_else_can_be_done(server, method):
    for path in "/play", "/api/scene":
        assert server.ask(path, method).status == 405
