"""The player's page and /api/scene: a link's scene and back, what is wrong with a link said, anything else refused."""

import http.client
import json
import re
from html.parser import HTMLParser
from urllib.parse import parse_qsl

import pytest

from speedup.scenes import lesson_scene, network_scene, surfaces_scene
from speedup.web.assets import version
from speedup.words import i18n
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
    "an empty scene": ({"page": "network", "lang": "en", "scene": {}}, "lanes"),
    "half a character": ({"page": "\ud800", "lang": "en", "scene": GOOD}, "page"),
    "half a character deeper": ({"page": "surfaces", "lang": "en", "scene": GOOD | {"surface": "\ud800"}}, "surface"),
    "no steps": ({"page": "surfaces", "lang": "en", "scene": {k: v for k, v in GOOD.items() if k != "steps"}}, "steps"),
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


def test_of_many_problems_the_first_are_said_and_how_many_more(server):
    said = server.ask("/api/scene?page=network&lang=en&" + "&".join(["change=x"] * 100)).json()["problems"]
    assert len(said) == 7 and said[-1] == i18n.text("en", "page.more_problems", n=94)


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
def test_nothing_else_can_be_done(server, method):
    for path in "/play", "/api/scene":
        assert server.ask(path, method).status == 405
