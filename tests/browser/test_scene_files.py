"""Damaged lists of My scenes: a file is refused with the place named, what the browser kept is put aside.

What is refused, and why: see ../test_kept_scenes.py.
"""

import pytest
from playwright.sync_api import expect

from tests.browser.test_my_scenes import KEPT, hold, named, open_file, panel, rows, with_list

DAMAGED = [
    (hold(KEPT)[:50], "no_json", {}),
    (hold([*KEPT[:2], {"link": "?"}]), "missing", {"n": 3, "name": "title"}),
    ("x" * 4_000_001, "too_large", {"size": "4.0", "most": 4}),
]


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.long
def test_damaged_files_are_refused_and_the_list_kept(play, lang):
    visitor = play(lang=lang, prepare=with_list(KEPT)).wait_until_shown().stop_at_end()
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


def test_a_damaged_list_is_put_aside(play):
    visitor = play(prepare=lambda page: page.add_init_script("localStorage['speedup scenes'] ??= '{'")).wait_until_shown()
    dialog = panel(visitor)
    why = visitor.words("stage.mine.wrong.no_json")
    expect(dialog.get_by_role("alert")).to_have_text(visitor.words("stage.mine.trouble.damaged", why=why))
    named(visitor, "button", "keep").click()
    expect(dialog.get_by_role("alert")).to_be_hidden()
    assert visitor.page.evaluate("localStorage['speedup scenes, damaged']") == "{"
