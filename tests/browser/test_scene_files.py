"""Damaged lists of My scenes: a file is refused with the place named, what the browser kept is put aside."""

import pytest
from playwright.sync_api import expect

from tests.browser.test_my_scenes import KEPT, hold, named, open_file, panel, rows, with_list


def scene(**values):
    """One that would be taken but for these; None leaves out."""
    whole = {"title": "x", "note": "", "link": "?surface=booth"} | values
    return {name: value for name, value in whole.items() if value is not None}


FOREIGN = ("https://example.org/", "//example.org", "/\\example.org", "\\\\example.org", "javascript:alert(1)", "/../x", "network/../../x",
           "network:x", "?a#b", "?a b", "example.org?x", "", "/network//example.org", "http:?x", "?a\tb", "data:,x")
DAMAGED = [
    (hold(KEPT)[:50], "no_json", {"line": 1, "column": 51}),
    ('{\n  "speedup scenes": 1,\n  "scenes": [,]\n}', "no_json", {"line": 3, "column": 14}),
    ("", "no_json", {"line": 1, "column": 1}),
    (b"\xff\xfe{\x00}\x00", "no_text", {}),
    ("[]", "foreign", {"name": "speedup scenes"}),
    ("null", "foreign", {"name": "speedup scenes"}),
    ('{"scenes": []}', "foreign", {"name": "speedup scenes"}),
    (hold(KEPT, 2), "version", {"version": 2, "known": 1}),
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
    ("x" * 4_000_001, "too_large", {"size": "4.0", "most": 4}),
    *((hold([scene(), scene(link=link)]), "link", {"n": 2}) for link in FOREIGN),
]  # fmt: skip


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_damaged_files_are_refused_and_the_list_kept(visit, lang):
    visitor = visit(f"lang={lang}", lang=lang, prepare=with_list(KEPT)).wait_until_shown().stop_at_end()
    dialog = panel(visitor)
    before = visitor.page.evaluate("localStorage['speedup scenes']")
    for number, (content, key, values) in enumerate(DAMAGED):
        name = f"{number}.json"
        open_file(visitor, content, name)
        why = visitor.words(f"stage.mine.wrong.{key}", **values)
        expect(dialog.get_by_text(visitor.words("stage.mine.refused", file=name, why=why), exact=True)).to_be_visible()
        assert len(rows(visitor)) == 3 and visitor.page.evaluate("localStorage['speedup scenes']") == before
    open_file(visitor, hold(KEPT[:1] * 98))  # each may be, both together not
    named(visitor, "button", "add").click()
    expect(dialog).to_contain_text(visitor.words("stage.mine.wrong.too_many", count=101, most=100))
    assert visitor.page.evaluate("localStorage['speedup scenes']") == before


PLACES = """async (texts) => {
  const { name } = performance.getEntriesByType("resource").find(({ name }) => name.endsWith("/stage/stage.js"));
  const { whereBroken } = await import(name.replace("stage/stage.js", "tools/json_place.js"));
  return texts.map((text) => {
    try {
      JSON.parse(text);
      return [whereBroken(text), null, ""];
    } catch ({ message }) {
      return [whereBroken(text), message.match(/position (\\d+)/)?.[1] ?? null, message];
    }
  });
}"""


def test_where_a_text_stops_being_json_is_where_the_browser_says(visit):
    """For every way to cut a text, or to put a character into it."""
    whole = '{\n "a": [1, -2.5e+3, true, null, "x\\n\\u00e9 y"],\n\t"b": {"c": [], "d": {}}, "e": ""\n}\n'
    texts = [whole, "1", ' "x" ', "", " ", "[1,]", "{,}", '{"a" 1}', '{"a":1,}', "01", "1.", "-", "+1", "[[[", "]", "tru", "nul", '"\\x"', '"a\nb"', "[1}", '{"a"}']
    texts += [whole[:at] for at in range(len(whole))]
    texts += [whole[:at] + mark + whole[at:] for mark in ("x", ",", '"', "}", "\\", "0") for at in range(len(whole))]
    found = visit().wait_until_shown().page.evaluate(PLACES, texts)
    compared = 0
    for text, (place, position, message) in zip(texts, found):
        assert (place is None) == (message == ""), text
        if position is not None:
            before = text[: int(position)]
            expected = {"line": before.count("\n") + 1, "column": int(position) - (before.rfind("\n"))}
            # It says where in a number it gave up, or in an escape; ours where that begins.
            assert place["line"] == expected["line"] and abs(place["column"] - expected["column"]) <= 6, (text, message)
            compared += 1
    assert compared > 300


def test_a_damaged_list_is_put_aside(visit):
    visitor = visit(prepare=lambda page: page.add_init_script("localStorage['speedup scenes'] ??= '{'")).wait_until_shown()
    dialog = panel(visitor)
    why = visitor.words("stage.mine.wrong.no_json", line=1, column=2)
    expect(dialog.get_by_role("alert")).to_have_text(visitor.words("stage.mine.trouble.damaged", why=why))
    named(visitor, "button", "keep").click()
    expect(dialog.get_by_role("alert")).to_be_hidden()
    assert visitor.page.evaluate("localStorage['speedup scenes, damaged']") == "{"
