"""The dialog that shares a scene: its QR code as a phone reads it off the screen, or why there is none."""

import io
from types import SimpleNamespace

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import expect

from speedup.web.lan_address import lan_address
from tests.browser.visitor import SILENCE
from tests.servers import running

SCENE = "surface=long_valley,condition:40,angle:20&start=-5,1.5&steps=120&lane=adam,lr:0.2,beta1:0.8&lane=lion,lr:0.05"
CHANGES = "".join(f"&change={step},1,momentum,0.{step}12345678" for step in range(1, 101))


@pytest.fixture(scope="module")
def open_server():
    """One that listens to the whole network; `lan` is the same as others reach it."""
    if lan_address() is None:
        pytest.skip("this machine is in no network")
    with running(HOST="0.0.0.0") as server:
        server.lan = SimpleNamespace(url=f"http://{lan_address()}:{server.port}")
        yield server


def share(visitor):
    """Opens the dialog. Returns it, its code and its field of the link."""
    visitor.page.get_by_role("button", name=visitor.words("stage.tools.share"), exact=True).click()
    dialog = visitor.page.get_by_role("dialog", name=visitor.words("stage.share.title"))
    expect(dialog).to_be_visible()
    code = dialog.get_by_role("img", name=visitor.words("stage.share.code"))
    return dialog, code, dialog.get_by_role("textbox", name=visitor.words("stage.share.link"))


def read_off_the_screen(visitor, code):
    """What a reader finds in a picture of the window."""
    visitor.page.wait_for_function("(code) => code.naturalWidth > 0 && code.style.width", arg=code.element_handle())
    (found,) = zxingcpp.read_barcodes(Image.open(io.BytesIO(visitor.page.screenshot())))
    return found.text


@pytest.mark.parametrize(
    "how",
    [
        {"lang": "en", "color_scheme": "light"},
        {"lang": "zh", "color_scheme": "dark", "size": (390, 844), "has_touch": True, "is_mobile": True},
    ],
    ids=["projected", "phone"],
)
@pytest.mark.long
def test_a_code_opens_the_very_scene(visit, open_server, how):
    first = visit(f"{SCENE}&lang={how['lang']}", open_server, **how).wait_until_shown().stop_at_end()
    before, slider = first.data("run"), first.slider("Adam", "lr")
    slider.focus()
    first.press("ArrowUp")
    run = first.wait_for_other_run(before)
    _, code, field = share(first)  # at once: the link has to wait for the server
    link = read_off_the_screen(first, code)
    assert link == field.input_value() and link.startswith(f"{open_server.lan.url}/play?page=surfaces&surface=")
    if how.get("size") is None:
        assert min(code.bounding_box()["width"], code.bounding_box()["height"]) >= 300
    box, (width, height) = code.bounding_box(), how.get("size", (1280, 720))
    assert box["x"] >= 0 and box["x"] + box["width"] <= width and box["y"] >= 0 and box["y"] + box["height"] <= height
    second = visit(link.partition("?")[2], open_server.lan, at="play", lang=how["lang"]).wait_until_shown()
    assert second.data("run") == run and second.race == first.race
    dialog, code, field = share(second)  # opened by that address, it is the page's own
    assert field.input_value() == read_off_the_screen(second, code) == link
    if how["lang"] == "en":
        check_copied(second, dialog, link)


@pytest.mark.long
def test_the_scene_that_a_page_opens_with(visit, open_server):
    at = "network"
    first = visit("", open_server, at=at).wait("stage?.run")
    _, code, _ = share(first)
    link = read_off_the_screen(first, code)
    second = visit(link.partition("?")[2], open_server.lan, at="play").wait("stage?.run")
    assert second.data("run") == first.data("run")
    second.page.get_by_role("link", name=second.words("page.whole_app")).click()
    second.page.wait_for_url(f"{open_server.lan.url}/network?*", wait_until="commit")
    assert second.wait("stage?.run").data("run") == first.data("run")


def check_copied(visitor, dialog, link):
    """The link is copied also where a browser has no clipboard to write to, as on any address but the computer's own."""
    assert visitor.page.evaluate("navigator.clipboard === undefined")
    dialog.get_by_role("button", name=visitor.words("stage.copy_link"), exact=True).click()
    expect(dialog.get_by_role("button", name=visitor.words("stage.copied"), exact=True)).to_be_visible()
    visitor.press("Escape")
    expect(dialog).to_be_hidden()
    visitor.page.get_by_role("button", name=visitor.words("stage.tools.mine"), exact=True).click()
    visitor.page.get_by_role("button", name=visitor.words("stage.mine.keep"), exact=True).click()
    note = visitor.page.get_by_role("textbox", name=visitor.words("stage.mine.note_of", n=1))
    note.focus()
    visitor.press("ControlOrMeta+v")
    expect(note).to_have_value(link)


def check_no_code(visitor, key, link):
    """The dialog says why in the sentence of `key`; whether there is a link."""
    dialog, code, field = share(visitor)
    said = visitor.words(f"stage.share.{key}", command="HOST=0.0.0.0 make run")
    expect(dialog.get_by_role("status")).to_have_text(said)
    expect(code).to_be_hidden()
    if link:
        return field.input_value()
    expect(field).to_be_hidden()
    return None


def test_a_server_for_this_computer_only(play, server):
    visitor = play(SCENE, lang="zh").wait_until_shown()
    link = check_no_code(visitor, "alone", link=True)
    assert link.startswith(f"{server.url}/play?page=surfaces&surface=long_valley,condition:40")


@pytest.mark.long
def test_a_link_too_long_for_a_code(visit, open_server):
    visitor = visit(f"dataset=parabola&lane=momentum,lr:0.01{CHANGES}", open_server, at="network").wait("stage?.run")
    visitor.allowed = "400"  # how the server says so
    link = check_no_code(visitor, "too_long", link=True)
    assert len(link) > 2953 and link.count("change=") == 100


@pytest.mark.long
def test_no_server(visit):
    """What was changed after it had gone has no link."""
    with running(HOST="0.0.0.0") as server:
        visitor = visit(SCENE, server).wait_until_shown().stop_at_end()
        visitor.allowed = SILENCE
        visitor.wait_for_tools()
        server.stop()
        run = visitor.data("run")
        visitor.slider("Adam", "lr").focus()
        visitor.press("ArrowUp").wait_for_other_run(run)
        check_no_code(visitor, "away", link=False)
