"""Lists of kept scenes as files hold them: read whole, or refused with the place that is wrong. Node runs kept_scenes_text.js."""

import base64
import json

from tests.modules import evaluate

KEPT = [{"title": f"Scene {n}", "note": f"Say {n}", "link": f"?surface=booth&steps={n}"} for n in (1, 2, 3)]
# What is read of a file's bytes: its scenes, or why they are refused.
READ = """arg.map((bytes) => {
  try {
    return { scenes: it.read(it.decode(Buffer.from(bytes, "base64"))) };
  } catch (refusal) {
    return { name: refusal.constructor.name, key: refusal.key, vars: refusal.vars };
  }
})"""


def hold(kept, version=1):
    """The text of a file."""
    return json.dumps({"speedup scenes": version, "scenes": kept})


def read(*contents):
    """What is read of files, each a text or bytes."""
    raw = [one if isinstance(one, bytes) else one.encode() for one in contents]
    return evaluate("tools/kept_scenes_text", READ, [base64.b64encode(one).decode() for one in raw])


def scene(**values):
    """One that would be taken but for these; None leaves out."""
    whole = {"title": "x", "note": "", "link": "?surface=booth"} | values
    return {name: value for name, value in whole.items() if value is not None}


FOREIGN = (
    "https://example.org/",
    "//example.org",
    "/\\example.org",
    "\\\\example.org",
    "javascript:alert(1)",
    "/../x",
    "network/../../x",
    "network:x",
    "?a#b",
    "?a b",
    "example.org?x",
    "",
    "/network//example.org",
    "http:?x",
    "?a\tb",
    "data:,x",
)
DAMAGED = [
    (hold(KEPT)[:50], "no_json", {}),
    ('{\n  "speedup scenes": 1,\n  "scenes": [,]\n}', "no_json", {}),
    ("", "no_json", {}),
    (b"\xff\xfe{\x00}\x00", "no_text", {}),
    ("[]", "foreign", {"name": "speedup scenes"}),
    ("null", "foreign", {"name": "speedup scenes"}),
    ('{"scenes": []}', "foreign", {"name": "speedup scenes"}),
    (hold(KEPT, 2), "version", {"version": "2", "known": 1}),
    (hold({"a": 1}), "no_list", {}),
    (hold(KEPT[:1] * 101), "too_many", {"count": 101, "most": 100}),
    (hold([*KEPT, "x"]), "no_scene", {"n": 4}),
    (hold([*KEPT[:2], scene(title=None)]), "missing", {"n": 3, "name": "title"}),
    (hold([scene(title=" \n")]), "missing", {"n": 1, "name": "title"}),
    (hold([scene(link=None)]), "missing", {"n": 1, "name": "link"}),
    (hold([scene(), scene(note=["x"])]), "kind", {"n": 2, "name": "note"}),
    (hold([scene(title="x" * 81)]), "long", {"n": 1, "name": "title", "length": 81, "most": 80}),
    (hold([scene(note="x" * 401)]), "long", {"n": 1, "name": "note", "length": 401, "most": 400}),
    (hold([scene(link="?" + "x" * 8000)]), "long", {"n": 1, "name": "link", "length": 8001, "most": 8000}),
    *((hold([scene(), scene(link=link)]), "link", {"n": 2}) for link in FOREIGN),
]  # fmt: skip


def test_damaged_files_are_refused_and_the_place_named():
    for (content, key, values), told in zip(DAMAGED, read(*[content for content, _, _ in DAMAGED]), strict=True):
        assert told == {"name": "Refusal", "key": key, "vars": values}, content[:80]


def test_what_is_not_damaged_is_read():
    title = [{"title": " a\n b ", "link": "/network"}]
    told = read(hold(KEPT), b"\xef\xbb\xbf" + hold(title).encode(), hold([]), hold(KEPT[:1] * 100))
    assert told[0] == {"scenes": KEPT} and told[2] == {"scenes": []} and len(told[3]["scenes"]) == 100
    assert told[1] == {"scenes": [{"title": "a b", "note": "", "link": "network"}]}
