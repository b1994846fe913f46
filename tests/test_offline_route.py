"""A scene as one HTML file: what the address refuses, how it may be kept, how large it is, what is in it."""

import base64
import gzip
import json
import re
from graphlib import CycleError
from html.parser import HTMLParser
from urllib.parse import urlencode

import pytest

from speedup import SURFACES
from speedup.scenes import network_scene, surfaces_scene
from speedup.scenes.query import DATA_FIELDS
from speedup.web import data
from speedup.web.assets import assets, version
from speedup.web.bundle import bundle
from speedup.words import i18n

LINK = "/api/page?page=surfaces&surface=long_valley,angle:40&lane=adam,lr:0.5&lane=sgd,lr:0.01"
GZIP = {"accept_encoding": "gzip, deflate, br"}
SMALL = {"surfaces": 2_500_000, "network": 400_000}  # bytes
# The heaviest network: all samples that may be, every optimizer.
HEAVY = "dataset=spiral&samples=2000&hidden=16,16&batch=20&steps=100&" + urlencode(
    [("lane", name) for name in ("sgd", "momentum", "adam")]
)


class Page(HTMLParser):
    """What a file holds: `files` {name: bytes}, its `title`, and every other address that it names."""

    def __init__(self, body):
        super().__init__()
        self.files, self.addresses, self.title, self.inside = {}, [], "", None
        self.feed(body.decode())

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        self.inside = attributes.get("data-name", tag)
        self.lang = attributes.get("lang") if tag == "html" else self.lang
        self.addresses += [attributes[name] for name in ("src", "href") if name in attributes]

    def handle_data(self, text):
        if self.inside == "title":
            self.title += text
        elif "." in (self.inside or "") or self.inside == "data":
            self.files[self.inside] = gzip.decompress(base64.b64decode(text))

    def handle_endtag(self, tag):
        self.inside = None


def test_a_file_is_offered_under_a_telling_name(server):
    answer = server.ask(LINK)
    assert answer.status == 200 and answer.headers["content-type"] == "text/html; charset=utf-8"
    assert answer.headers["content-disposition"] == 'attachment; filename="speedup-long_valley.html"'
    named = {"page=network": "tutorial", "page=network&dataset=spiral": "spiral", "page=surfaces&surface=beale": "beale"}
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
    "query", [f"page=surfaces&surface={name}" for name in SURFACES] + [f"page=network&{HEAVY}", "page=network"]
)
def test_files_are_small_and_name_no_other_address(server, query):
    for lang in i18n.LANGUAGES:
        body = server.ask(f"/api/page?{query}&lang={lang}").body
        page = re.match(r"page=(\w+)", query)[1]
        print(f"{query}, {lang}: {len(body):,} bytes")
        assert len(body) < SMALL[page]
        made = Page(body)
        assert made.addresses == [] and ("plotly.min.js" in made.files) == (page == "surfaces")


@pytest.mark.parametrize("lang", i18n.LANGUAGES)
def test_what_is_in_a_file(server, lang):
    page = Page(server.ask(f"{LINK}&lang={lang}").body)
    asked = [("surface", "long_valley,angle:40"), ("lane", "adam,lr:0.5"), ("lane", "sgd,lr:0.01")]
    assert page.lang == lang and page.title == f"{i18n.words(lang)['surfaces']['long_valley']['label']} · speedup"
    told = json.loads(page.files["page.json"])
    assert told["scene"] == surfaces_scene.scene_json(surfaces_scene.read_scene(asked)[0]) and told["lang"] == lang
    names = ["speedup.js", "speedup.css", "kernels.wasm", f"tables.{lang}.json", "plotly.min.js"]
    assert [name for name in page.files if name != "page.json"] == names
    assert all(page.files[name] == assets()[name].body for name in names)


def test_a_network_s_file_holds_its_data(server):
    pairs = [("dataset", "xor"), ("samples", "80"), ("noise", "0.2"), ("test", "0.25"), ("seed", "3")]
    page = Page(server.ask(f"/api/page?page=network&{urlencode(pairs)}").body)
    spec = network_scene.read_scene(pairs)[0].run
    assert page.files["data"] == data.tensors(*(getattr(spec, name) for name in DATA_FIELDS))


LONG = "a" * 5000
BAD = [
    ("", "page"),
    ("surface=beale", "page"),
    ("page=lesson", "page"),
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
