"""The documents: what they say of addresses and of the library is what the code does."""

import dataclasses
import doctest
import re
from pathlib import Path
from urllib.parse import parse_qsl

import pytest

import speedup
from docs.generated import renewed
from speedup.scenes import lesson_scene, network_scene, surfaces_scene
from speedup.web import address_sync, player

ROOT = Path(__file__).resolve().parent.parent
FILES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), ROOT / "bench" / "README.md"])
URL, API, EMBED = ((ROOT / "docs" / name).read_text("utf-8") for name in ("url.md", "api.md", "embed.md"))
KINDS = {"": surfaces_scene, "network": network_scene, "lesson": lesson_scene}
ADDRESS = re.compile(r"`(network|lesson|play|)\?([^`\s]+)`")
IFRAME = re.compile(r"\"https://speedup\.example\.org/(play)\?([^\"\s]+)\"")
RIGHT, WRONG = URL.split("## What is wrong")


def problems(page, query):
    pairs = parse_qsl(query)
    kind = player.PAGES[dict(pairs).get("page", "surfaces")] if page == "play" else KINDS[page]
    return kind.read_scene([(field, text) for field, text in pairs if field not in {*address_sync.OF_THE_PAGE, *player.CHOICES}])[
        1
    ]


@pytest.mark.parametrize("file", sorted((ROOT / "docs").glob("*.md")), ids=lambda file: file.name)
def test_what_comes_from_the_tables_is_theirs(file):
    text = file.read_text("utf-8")
    assert text == renewed(text), "run: make docs"


@pytest.mark.parametrize("page, query", [*ADDRESS.findall(RIGHT), *IFRAME.findall(EMBED)])
def test_addresses_are_read(page, query):
    assert problems(page, query) == []


@pytest.mark.parametrize("page, query", ADDRESS.findall(WRONG))
def test_what_is_said_to_be_wrong_is(page, query):
    assert len(problems(page, query)) == 1


def test_every_page_has_examples():
    assert {page for page, _ in ADDRESS.findall(RIGHT)} == {*KINDS, "play"}
    assert {page for page, _ in ADDRESS.findall(WRONG)} == KINDS.keys()


def test_every_field_is_explained():
    fields = {*surfaces_scene.SCENE_FIELDS, *network_scene.SCENE_FIELDS, "scene", *address_sync.OF_THE_PAGE, *player.CHOICES}
    assert fields <= set(re.findall(r"`(\w+)`", URL))


def anchors(text):
    """What GitHub calls the headings of a document."""
    heads = re.findall(r"^#+ (.+)$", text, re.M)
    return {re.sub(r"[^\w -]", "", head.lower()).replace(" ", "-") for head in heads}


NAMED = re.compile(r"`([\w.*-]+/[\w./*-]*|\w+\.(?:py|js|mjs|c|toml))`")
FOLDERS = "bench", "docs", "pages", "speedup", "tests"


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(ROOT)))
def test_files_that_are_named_are_there(file):
    for name in set(NAMED.findall(file.read_text("utf-8"))) - {"fr.toml"}:  # which the reader is to make
        assert any(ROOT.glob(name)) or any(found for folder in FOLDERS for found in (ROOT / folder).rglob(name)), name


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(ROOT)))
def test_links_lead_somewhere(file):
    text = file.read_text("utf-8")
    for path, anchor in re.findall(r"\]\((?!https?:)([^)#\s]*)#?([^)\s]*)\)", text):
        target = (file.parent / path).resolve() if path else file
        assert target.exists(), path
        assert not anchor or anchor in anchors(target.read_text("utf-8")), f"{path}#{anchor}"


def test_the_library_is_documented_as_it_is():
    code = "".join(re.findall(r"```python\n(.*?)```", API, re.S))
    session = doctest.DocTestParser().get_doctest(code, {}, "api.md", "api.md", 0)
    assert session.examples and doctest.DocTestRunner(verbose=False).run(session).failed == 0


def test_every_name_of_the_library_is_documented():
    named = set(re.findall(r"`(\w+)`", API))
    assert named >= set(speedup.__all__)
    for one in speedup.Lane, speedup.RaceSpec, speedup.Race, speedup.TrainSpec, speedup.Training, speedup.Anatomy, speedup.Sweep:
        assert named >= {field.name for field in dataclasses.fields(one)}, one.__name__


RANGE = re.compile(r"^\| `(\w+)` \|.* (\d+) to ([\d.]+)[^|\d]* \|$", re.M)
RANGES = [
    (spec, *found)
    for spec, title in ((speedup.RaceSpec, "## A race"), (speedup.TrainSpec, "## A training"))
    for found in RANGE.findall(API.split(title)[1].split("\n## ")[0])
]


@pytest.mark.parametrize("spec, field, low, high", RANGES)
def test_ranges_of_the_library_are_documented(spec, field, low, high):
    wrong = {"lanes": (), "hidden": (0,)}.get(field, -1)
    with pytest.raises(speedup.SpecError) as refused:
        spec(**{"lanes": (speedup.Lane("sgd"),)} | {field: wrong})
    assert f"{low} to {high}" in refused.value.allowed
