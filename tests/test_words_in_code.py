"""Words that a user sees stand in the language files, not in code; what shall be none is named, with the reason."""

import ast

import pytest

from tests.js_strings import literals
from tests.prose import shown_js, shown_python
from tests.test_words import SCRIPTS, SHOWING, said

NO_WORDS = {  # (file, how it begins): why it is in no language file
    ("notice.js", "Loading …"): "both languages: there are no words yet",
    ("notice.js", "This browser is too old"): "both languages: words may not come",
    ("notice.js", "这个浏览器版本太旧"): "both languages: words may not come",
    ("notice.js", "The stage could not be loaded"): "both languages: words have not come",
    ("notice.js", "Try again"): "both languages: words have not come",
    ("bundle.py", "^export"): "a pattern",
    ("share_dialog.js", "HOST="): "a command",
    ("kept_scenes_text.js", "speedup scenes"): "of a file's format",
    ("presenting.js", "speedup shown"): "a name in the browser's storage",
    ("notice.js", "Chrome or Edge"): "names, in a notice that is in both languages",
}


def excused(name, text):
    return any(name == file and text.strip().startswith(begin) for file, begin in NO_WORDS)


# Pictures hold names of shapes and colours; that no words are drawn, their own test sees.
@pytest.mark.parametrize("file", [one for one in SCRIPTS if not one.name.startswith("pictures_")], ids=lambda file: file.name)
def test_no_words_in_javascript(file):
    found = [
        f"{file.name}:{one.line}: {one.text!r}"
        for one in literals(file.read_text("utf-8"))
        if shown_js(one) and not excused(file.name, one.text)
    ]
    assert not found, "words that are in no language file:\n" + "\n".join(found)


@pytest.mark.parametrize("file", SHOWING, ids=lambda file: file.name)
def test_no_words_in_python(file):
    found = [
        f"{file.name}:{line}: {text!r}"
        for line, text in shown_python(ast.parse(file.read_text("utf-8")))
        if not excused(file.name, text)
    ]
    assert not found, "words that are in no language file:\n" + "\n".join(found)


def test_every_exception_is_one():
    assert all(any(one.file.name == file and one.text.strip().startswith(begin) for one in said()) for file, begin in NO_WORDS)


@pytest.mark.parametrize(
    "source, shown",
    [
        ('el("p", null, "Two words")', True),
        ("el('p', null, `${n} samples`)", True),
        ('put(element, "title", "Close")', True),
        ('button({ "aria-label": "Close" })', True),
        ('el("p", null, "步数")', True),
        ("`${stage.words('stage.x')}: two words`", True),
        ('el("p", { class: "big note" }, stage.words("stage.step"))', False),
        ('throw new Error("no such thing")', False),
        ('put(element, "title", stage.words("stage.close"))', False),
        ("// two words\nf(/two words/, `${a}px ${b}px`)", False),
    ],
)
def test_words_in_javascript_would_be_found(source, shown):
    assert any(map(shown_js, literals(source))) == shown


@pytest.mark.parametrize(
    "source, shown",
    [
        ('st.title("Surfaces")', True),
        ('st.button(say("page.x"), help="Try this")', True),
        ('print("步数")', True),
        ('x = f"{n} of many"', True),
        ('raise SpecError("steps", 1, "one of many")', False),
        ('st.Page("surfaces.py")', False),
        ('"""Two words."""', False),
        ('return refused(404, "there is no such file", "name")', False),
    ],
)
def test_words_in_python_would_be_found(source, shown):
    assert bool(list(shown_python(ast.parse(f"def f():\n    {source}")))) == shown
