"""The documents: what they say of addresses and of the library is what the code does."""

import re
from pathlib import Path
from urllib.parse import parse_qsl

import pytest

from docs.generated import renewed
from speedup import lesson_scene, network_scene, scene
from speedup.web import link

ROOT = Path(__file__).resolve().parent.parent
FILES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), ROOT / "bench" / "README.md"])
URL = (ROOT / "docs" / "url.md").read_text("utf-8")
KINDS = {"": scene, "network": network_scene, "lesson": lesson_scene}
ADDRESS = re.compile(r"`(network|lesson|)\?([^`\s]+)`")
RIGHT, WRONG = URL.split("## What is wrong")


def problems(page, query):
    pairs = [(field, text) for field, text in parse_qsl(query) if field not in link.OF_THE_PAGE]
    return KINDS[page].read_scene(pairs)[1]


@pytest.mark.parametrize("file", sorted((ROOT / "docs").glob("*.md")), ids=lambda file: file.name)
def test_what_comes_from_the_tables_is_theirs(file):
    text = file.read_text("utf-8")
    assert text == renewed(text), "run: make docs"


@pytest.mark.parametrize("page, query", ADDRESS.findall(RIGHT))
def test_addresses_are_read(page, query):
    assert problems(page, query) == []


@pytest.mark.parametrize("page, query", ADDRESS.findall(WRONG))
def test_what_is_said_to_be_wrong_is(page, query):
    assert len(problems(page, query)) == 1


def test_every_page_has_examples():
    assert {page for page, _ in ADDRESS.findall(RIGHT)} == {page for page, _ in ADDRESS.findall(WRONG)} == KINDS.keys()


def test_every_field_is_explained():
    fields = {*scene.SCENE_FIELDS, *network_scene.SCENE_FIELDS, "scene", *link.OF_THE_PAGE}
    assert fields <= set(re.findall(r"`(\w+)`", URL))


def anchors(text):
    """What GitHub calls the headings of a document."""
    heads = re.findall(r"^#+ (.+)$", text, re.M)
    return {re.sub(r"[^\w -]", "", head.lower()).replace(" ", "-") for head in heads}


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(ROOT)))
def test_links_lead_somewhere(file):
    text = file.read_text("utf-8")
    for path, anchor in re.findall(r"\]\((?!https?:)([^)#\s]*)#?([^)\s]*)\)", text):
        target = (file.parent / path).resolve() if path else file
        assert target.exists(), path
        assert not anchor or anchor in anchors(target.read_text("utf-8")), f"{path}#{anchor}"
