"""A scene as one HTML file: what the address refuses, how it may be kept, how large it is, what is in it."""

import base64
import gzip
import json
from graphlib import CycleError
from html.parser import HTMLParser
from urllib.parse import urlencode

import pytest

from speedup import DATASETS
from speedup.scenes import network_scene, surfaces_scene
from speedup.scenes.lesson import TELLINGS
from speedup.scenes.query import DATA_FIELDS
from speedup.web import data
from speedup.web.assets import assets, version
from speedup.web.bundle import bundle
from speedup.words import i18n

LINK = "/api/page?page=surfaces&surface=long_valley,angle:40&lane=adam,lr:0.5&lane=sgd,lr:0.01"
GZIP = {"accept_encoding": "gzip, deflate, br"}
SMALL, HEAVIER = 2_800_000, 700_000  # bytes; the most samples that data may have
# The heaviest network: all samples that may be, every optimizer.
HEAVY = "dataset=spiral&samples=2000&hidden=16,16&batch=20&steps=100&" + urlencode(
    [("lane", name) for name in ("sgd", "momentum", "adam")]
)


class Page(HTMLParser):
    """What a file holds: `files` {name: bytes}, what is `told` first, and every address that it names."""

    def __init__(self, body):
        super().__init__()
        self.files, self.addresses, self.told, self.inside = {}, [], None, {}
        self.feed(body.decode())

    def handle_starttag(self, tag, attributes):
        self.inside = dict(attributes)
        self.lang = self.inside.get("lang") if tag == "html" else self.lang
        self.addresses += [self.inside[name] for name in ("src", "href") if name in self.inside]

    def handle_data(self, text):
        if "data-name" in self.inside:
            self.files[self.inside["data-name"]] = gzip.decompress(base64.b64decode(text))
        elif self.inside.get("id") == "scene":
            self.told = json.loads(text)

    def handle_endtag(self, tag):
        self.inside = {}


def test_a_file_is_offered_under_a_telling_name(server):
    answer = server.ask(LINK)
    assert answer.status == 200 and answer.headers["content-type"] == "text/html; charset=utf-8"
    assert answer.headers["content-disposition"] == 'attachment; filename="speedup-long_valley.html"'
    named = {"page=network": "tutorial", "page=network&dataset=spiral": "spiral", "page=lesson&scene=shoes": "shoes"}
    for query, name in named.items():
        disposition = server.ask(f"/api/page?{query}").headers["content-disposition"]
        assert disposition == f'attachment; filename="speedup-{name}.html"'


def test_a_file_is_kept_and_gzipped(server):
    plain, zipped = server.ask(LINK), server.ask(LINK, **GZIP)
    assert "content-encoding" not in plain.headers and zipped.headers["content-encoding"] == "gzip"
    assert gzip.decompress(zipped.body) == plain.body
    assert zipped.headers["vary"] == "Accept-Encoding" and zipped.headers["cache-control"] == "public, max-age=86400"
    versioned = server.ask(f"{LINK}&version={version()}", **GZIP)
    assert versioned.headers["cache-control"] == "public, max-age=31536000, immutable" and versioned.body == zipped.body
    again = server.ask(LINK, **GZIP, if_none_match=zipped.headers["etag"])
    assert again.status == 304 and not again.body
    assert server.ask(LINK, "POST").status == 405


@pytest.mark.parametrize(
    "query, most", [("page=surfaces", SMALL), (f"page=network&{HEAVY}", SMALL + HEAVIER), ("page=lesson", SMALL)]
)
def test_files_are_small_and_name_no_other_address(server, query, most):
    body = server.ask(f"/api/page?{query}").body
    print(f"{query}: {len(body):,} bytes")
    page = Page(body)
    assert len(body) < most and page.addresses == ["data:,"] and query.startswith(f"page={page.told['page']}")


@pytest.mark.parametrize("lang", i18n.LANGUAGES)
def test_what_is_in_a_file(server, lang):
    page = Page(server.ask(f"{LINK}&lang={lang}").body)
    asked = [("surface", "long_valley,angle:40"), ("lane", "adam,lr:0.5"), ("lane", "sgd,lr:0.01")]
    assert page.lang == lang and (page.told["page"], page.told["lang"]) == ("surfaces", lang)
    assert page.told["base"] == f"held:/assets/{version()}/"
    told = json.loads(page.files["scenes.json"])
    assert set(told) == set(i18n.LANGUAGES)
    assert told[lang]["surfaces"]["scene"] == surfaces_scene.scene_json(surfaces_scene.read_scene(asked)[0])
    assert all(page.files[name] == asset.body for name, asset in assets().items())


def test_a_file_holds_the_data_of_every_scene_in_it(server):
    pairs = [("dataset", "xor"), ("samples", "80"), ("noise", "0.00001"), ("test", "0.25"), ("seed", "3")]
    files = Page(server.ask(f"/api/page?page=network&{urlencode(pairs)}").body).files
    end = f"&version={version()}"
    for name in DATASETS:  # a name is as the browser asks for it, so numbers are as JavaScript writes them
        made = data.tensors(name, 80, 0.00001, 0.25, 3)
        assert files[f"data?{urlencode([('dataset', name), *pairs[1:]])}{end}"] == made
    scenes = [*network_scene.SCENES.values(), *(row.scene for row in TELLINGS.values())]
    for run in (scene.run for scene in scenes if isinstance(scene, network_scene.NetworkScene)):
        numbers = "&".join(f"{name}={getattr(run, name):g}" for name in DATA_FIELDS[1:])
        assert f"data?dataset={run.dataset}&{numbers}{end}" in files


LONG = "a" * 5000
BAD = [
    ("", "page"),
    ("surface=beale", "page"),
    ("page=lessons", "page"),
    ("page=surfaces&page=network", "page"),
    ("page=surfaces&lang=xx", "lang"),
    ("page=surfaces&lang=en&lang=zh", "lang"),
    (f"page=surfaces&version={LONG}", "version"),
    (f"page=surfaces&surface={LONG}", "surface"),
    ("page=surfaces&surface=nowhere", "surface"),
    ("page=surfaces&surface=beale&surface=beale", "surface"),
    ("page=surfaces&dataset=spiral", "dataset"),
    ("page=surfaces&start=99,99", "start"),
    ("page=surfaces&steps=999999", "steps"),
    ("page=surfaces&lane=adamm", "lane"),
    ("page=surfaces" + "&lane=sgd" * 99, "lane"),
    ("page=surfaces&view=4d", "view"),
    ("page=surfaces&lane=sgd,lr:nan", "lane sgd lr"),
    ("page=network&surface=beale", "surface"),
    ("page=network&hidden=8,8,8,8", "hidden"),
    ("page=network&samples=1e9", "samples"),
    ("page=network&hidden=32,32,32&samples=2000&batch=2000&steps=10000", "work"),
    (f"page=surfaces&{LONG}=1", LONG[:40]),
    ("page=surfaces&%3Cscript%3E=1", "<script>"),
]  # fmt: skip


@pytest.mark.parametrize("query, field", BAD, ids=[query[:40] for query, _ in BAD])
def test_bad_scenes_are_refused(server, query, field):
    answer = server.ask(f"/api/page?{query}")
    assert answer.status == 400 and set(answer.json()) == {"error", "field"} and len(answer.body) < 700
    assert answer.json()["field"] == field and answer.headers["cache-control"] == "no-store"


MODULES = {
    "a.js": 'import make, { b as c } from "./b.js";',
    "whole.js": 'import make from "./b.js";\nimport {\n  b as one,\n} from "./b.js";\n'
    'export async function all() { return [make(), one, (await import("./h.js")).h]; }\n',
    "h.js": "export const h = 3;\n",
    "b.js": "export const b = 1;\nexport default function make() { return 2; }\n",
    "c.js": 'import { d } from "./d.js";\nexport const c = 1;\n',
    "d.js": 'import { c } from "./c.js";\nexport const d = 1;\n',
    "e.js": 'export { b } from "./b.js";\n',
    "f.js": 'const lazy = () => import("./nowhere.js");\n',
    "g.js": 'import { x } from "./nowhere.js";\n',
    "room/whole.js": 'import { b } from "../b.js";\nimport { i } from "./deep/i.js";\n'
    'export async function all() { return [b, i, (await import("../h.js")).h]; }\n',
    "room/deep/i.js": 'import { b } from "../../b.js";\nexport const i = b + 10;\n',
    "room/j.js": 'import { b } from "./b.js";\n',
    "k.js": '/**\n * @param {import("./nowhere.js").X} x\n */\nexport const k = (x) => x * 2; // twice\n',
}


@pytest.mark.parametrize(
    "entry, error",
    [
        ("a.js", ValueError),
        ("c.js", CycleError),
        ("e.js", ValueError),
        ("f.js", KeyError),
        ("g.js", KeyError),
        ("room/j.js", KeyError),
    ],
)
def test_modules_that_no_script_can_hold_are_refused(entry, error):
    with pytest.raises(error):
        bundle(MODULES, (entry,))


def test_a_script_has_no_use_for_types():
    """A comment that names a type of another module doesn't bring that module along."""
    script = bundle(MODULES, ("k.js",))
    assert "nowhere" not in script and "const k = (x) => x * 2; // twice" in script
