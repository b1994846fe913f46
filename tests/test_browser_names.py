"""The names and keys that the browser's modules are checked with are those of the tables and the words."""

from tests import browser_names


def test_the_types_are_current():
    assert browser_names.FILE.read_text("utf-8") == browser_names.text(), "run: make types"
