"""The list of scenes that a teacher keeps in the browser: kept, sorted, shown, taken to another one as a file."""

import json
import re

import pytest
from playwright.sync_api import expect

SCENES = [
    ("", "surface=booth&steps=120&lane=adam,lr:0.2&lane=sgd,lr:0.01"),
    ("network", "dataset=sine&steps=60&lane=adam,lr:0.02"),
    ("", "surface=booth&steps=90&lane=adam,lr:0.1&lane=adam,lr:0.4"),
]
KEPT = [{"title": f"Scene {n}", "note": f"Say {n}", "link": f"{page}?{query}"} for n, (page, query) in enumerate(SCENES, 1)]
BUTTON, PANEL = "stage.tools.mine", "stage.mine.title"


def named(visitor, role, key, **values):
    """What has a role and is named by a key of [stage.mine]."""
    return visitor.page.get_by_role(role, name=visitor.words(f"stage.mine.{key}", **values), exact=True)


def panel(visitor):
    """Opens the list."""
    visitor.page.get_by_role("button", name=visitor.words(BUTTON), exact=True).click()
    dialog = visitor.page.get_by_role("dialog", name=visitor.words(PANEL))
    expect(dialog).to_be_visible()
    return dialog


def rows(visitor):
    """Title and note of every row."""
    return visitor.stage.locator(".mine-list li").evaluate_all(
        "(rows) => rows.map((row) => [...row.querySelectorAll('input, textarea')].map((field) => field.value))"
    )


def titles(visitor, *expected):
    """Waits for the list to have these titles in this order."""
    visitor.wait("[...stage.querySelectorAll('.mine-list input')].map((one) => one.value).join('|') === arg", "|".join(expected))


def hold(kept, version=1):
    """The text of a file."""
    return json.dumps({"speedup scenes": version, "scenes": kept})


def with_list(kept):
    """`prepare` of a visitor who has kept these."""
    return lambda page: page.add_init_script(
        f"if (!sessionStorage.known) {{ sessionStorage.known = 1; localStorage['speedup scenes'] = {json.dumps(hold(kept))}; }}"
    )


def open_file(visitor, content, name="lecture.json"):
    body = content if isinstance(content, bytes) else content.encode()
    visitor.stage.locator("input[type=file]").set_input_files({"name": name, "mimeType": "application/json", "buffer": body})


def test_kept_edited_sorted_and_there_after_a_reload(play):
    lang = "zh"
    visitor = play(SCENES[0][1], lang=lang).wait_until_shown().stop_at_end()
    dialog = panel(visitor)
    expect(dialog).to_contain_text(visitor.words("stage.mine.empty"))
    expect(named(visitor, "button", "present")).to_be_disabled()
    named(visitor, "button", "keep").click()
    title = named(visitor, "textbox", "title_of", n=1)
    place = visitor.words("surfaces.booth.label")
    expect(title).to_have_value({"en": f"{place}: Adam and SGD", "zh": f"{place}：Adam和SGD"}[lang])
    expect(title).to_be_focused()
    visitor.page.keyboard.type("第一 “one”")  # all of what was proposed is selected
    visitor.press("Tab")
    visitor.page.keyboard.type("why?\nlook")
    visitor.press("Escape")
    run = visitor.data("run")
    visitor.slider("Adam", "lr").focus()
    visitor.press("ArrowUp").wait_for_other_run(run)
    panel(visitor)
    named(visitor, "button", "keep").click()  # at once: the link has to wait for the server
    expect(named(visitor, "textbox", "title_of", n=2)).to_be_focused()
    visitor.page.keyboard.type("two")
    named(visitor, "button", "up_of", title="two").click()
    titles(visitor, "two", "第一 “one”")
    visitor.page.reload()
    visitor.wait_until_shown()
    panel(visitor)
    assert rows(visitor) == [["two", ""], ["第一 “one”", "why?\nlook"]]
    kept = json.loads(visitor.page.evaluate("localStorage['speedup scenes']"))["scenes"]
    assert len({one["link"] for one in kept}) == 2 and all(one["link"].startswith("?surface=booth&") for one in kept)
    named(visitor, "button", "open_of", n=2, title="第一 “one”").click()
    visitor.wait("data.run === arg", run)


@pytest.mark.long
def test_moved_removed_and_put_back(play):
    visitor = play(prepare=with_list(KEPT)).wait_until_shown()
    panel(visitor)
    one, two, three = (scene["title"] for scene in KEPT)
    grip = named(visitor, "button", "grip_of", n=1)
    grip.focus()
    visitor.press("ArrowDown")
    titles(visitor, two, one, three)
    visitor.press("ArrowDown")  # it is still the same scene's grip
    titles(visitor, two, three, one)
    here, there = (named(visitor, "button", "grip_of", n=n).bounding_box() for n in (3, 1))
    visitor.page.mouse.move(here["x"] + 5, here["y"] + 5)
    visitor.page.mouse.down()
    visitor.page.mouse.move(there["x"] + 5, there["y"] - 5, steps=8)
    titles(visitor, one, two, three)
    visitor.page.mouse.up()
    visitor.page.mouse.move(here["x"] + 5, here["y"] + 5)
    titles(visitor, one, two, three)
    named(visitor, "button", "remove_of", title=two).click()
    titles(visitor, one, three)
    visitor.page.get_by_role("dialog").get_by_role("button", name=visitor.words("stage.mine.undo"), exact=True).click()
    titles(visitor, one, two, three)
    title = named(visitor, "textbox", "title_of", n=1)
    title.fill("  ")
    title.blur()
    expect(title).to_have_value(one)  # no scene is without a title


@pytest.mark.long
def test_a_file_goes_to_another_machine(play, tmp_path):
    visitor = play(prepare=with_list(KEPT)).wait_until_shown()
    panel(visitor)
    with visitor.page.expect_download() as download:
        named(visitor, "button", "download").click()
    assert download.value.suggested_filename.startswith("speedup scenes 2")
    file = tmp_path / "kept.json"
    download.value.save_as(file)
    assert json.loads(file.read_text("utf-8")) == {"speedup scenes": 1, "scenes": KEPT}
    other = play("surface=beale&lang=zh", lang="zh").wait_until_shown()
    panel(other)
    open_file(other, file.read_bytes())
    names = [scene["title"] for scene in KEPT]
    titles(other, *names)
    open_file(other, b"\xef\xbb\xbf" + hold(KEPT[:1] + [{"title": " a\n b ", "link": "/network"}], 1).encode())
    named(other, "button", "add").click()
    titles(other, *names, "Scene 1", "a b")
    open_file(other, hold(KEPT[1:]))
    named(other, "button", "replace").click()
    titles(other, *names[1:])
    other.page.get_by_role("dialog").get_by_role("button", name=other.words("stage.mine.undo"), exact=True).click()
    titles(other, *names, "Scene 1", "a b")
    open_file(other, hold([]))
    named(other, "button", "cancel").click()
    named(other, "button", "open_of", n=5, title="a b").click()
    other.page.wait_for_url(re.compile(r"page=network.*lang=zh"))
    assert json.loads(other.page.evaluate("localStorage['speedup scenes']"))["scenes"][:3] == KEPT


@pytest.mark.parametrize("kind, key", [("QuotaExceededError", "full"), ("SecurityError", "forbidden")])
def test_a_browser_that_keeps_nothing(play, kind, key):
    refuse = f"""for (const name of ["getItem", "setItem"]) {{
      const real = Storage.prototype[name];
      Storage.prototype[name] = function (...values) {{
        if (values[0] === "speedup scenes" && (name === "setItem" || "{kind}" === "SecurityError")) throw new DOMException("no", "{kind}");
        return real.apply(this, values);
      }};
    }}"""
    visitor = play(SCENES[0][1], prepare=lambda page: page.add_init_script(refuse)).wait_until_shown()
    dialog = panel(visitor)
    for _ in range(2):
        named(visitor, "button", "keep").click()
        expect(dialog.get_by_role("alert")).to_have_text(visitor.words(f"stage.mine.trouble.{key}"))
    titles(visitor, *["Booth: Adam and SGD"] * 2)
    named(visitor, "button", "present").click()
    expect(named(visitor, "navigation", "shown")).to_be_visible()


@pytest.mark.long
def test_two_tabs(play):
    visitor = play(prepare=with_list(KEPT)).wait_until_shown()
    panel(visitor)
    other = visitor.context.new_page()
    other.add_init_script("sessionStorage.known = 1")
    other.goto(visitor.page.url)
    other.get_by_role("button", name=visitor.words(BUTTON), exact=True).click()
    other.get_by_role("button", name=visitor.words("stage.mine.remove_of", title="Scene 2"), exact=True).click()
    titles(visitor, "Scene 1", "Scene 3")
    note = named(visitor, "textbox", "note_of", n=2)
    note.fill("from the first tab")
    expect(other.get_by_role("textbox", name=visitor.words("stage.mine.note_of", n=2))).to_have_value("from the first tab")


def test_by_thumb(play):
    visitor = play(SCENES[0][1], size=(390, 844), has_touch=True, is_mobile=True, prepare=with_list(KEPT)).wait("stage?.run")
    visitor.page.get_by_role("button", name=visitor.words(BUTTON), exact=True).tap()
    dialog = visitor.page.get_by_role("dialog")
    small = """(root) => [...root.querySelectorAll("button, input:not([hidden]), textarea")].map((one) => [one, one.getBoundingClientRect()])
      .filter(([, { width, height, left, right }]) => width < 44 || height < 44 || left < 0 || right > innerWidth).map(([one]) => one.outerHTML)"""
    assert dialog.evaluate(small) == []
    named(visitor, "button", "present").tap()
    bar = named(visitor, "navigation", "shown")
    expect(bar).to_be_visible()
    assert bar.evaluate(small) == []
    named(visitor, "button", "next").tap()
    expect(bar).to_contain_text("Scene 2")
    assert visitor.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
