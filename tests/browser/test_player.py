"""The stage in its bare page: its address follows, pages and languages change without a new page, a lost server is waited for."""

import re
from urllib.parse import parse_qsl, urlsplit

import pytest
from playwright.sync_api import expect

from speedup.scenes import lesson_scene, network_scene, surfaces_scene
from speedup.words import i18n

KINDS = {"surfaces": surfaces_scene, "network": network_scene, "lesson": lesson_scene}
RACE = "surface=booth&start=1,2&steps=50&lane=adam,lr:0.25&lane=sgd,lr:0.01"


def fields(visitor):
    """The fields of the address."""
    return parse_qsl(urlsplit(visitor.page.url).query)


def linked(visitor):
    """(page, scene) that the address gives; nothing in it may be wrong."""
    pairs = dict(fields(visitor))
    kind = KINDS[pairs["page"]]
    found, problems = kind.read_scene([one for one in fields(visitor) if one[0] not in ("page", "lang", "embed", "projector")])
    assert not problems
    return pairs["page"], found


def tab(visitor, page):
    """The bar's link to a page."""
    return visitor.page.get_by_role("link", name=visitor.words(f"page.{page}"), exact=True)


def hide(visitor):
    """Switches the first lane off, and waits until the address has it."""
    visitor.press("1").page.wait_for_url(re.compile("off="), wait_until="commit")


@pytest.mark.parametrize("lang", i18n.LANGUAGES)
@pytest.mark.parametrize("page", KINDS)
def test_every_page_plays(play, page, lang):
    visitor = play(at=page, lang=lang)
    if page != "lesson":
        visitor.wait_for_state("playing", "ended")
    visitor.stop_at_end()
    expect(tab(visitor, page)).to_have_attribute("aria-current", "page")
    assert visitor.page.title() == f"{visitor.words(f'page.{page}')} · speedup"
    assert visitor.page.evaluate("document.documentElement.scrollHeight <= innerHeight")
    assert not any(one.startswith("ws") for one in visitor.sent)


def test_the_address_follows_and_gives_the_scene_back(play):
    visitor = play(RACE)
    visitor.stage.get_by_role("button", name=visitor.words("stage.add")).click()
    visitor.stage.get_by_role("button", name="Lion").click()
    visitor.page.wait_for_url(re.compile("lion"), wait_until="commit")
    page, found = linked(visitor)
    assert page == "surfaces" and found.race == visitor.race and len(found.lanes) == 3
    visitor.page.reload()
    visitor.wait("stage?.run && data.run")
    assert visitor.race == found.race


def test_a_damaged_link_is_named_until_something_changes(play):
    visitor = play("surface=booth&steps=-1&zzz=1")
    alert = visitor.page.get_by_role("alert")
    expect(alert.get_by_role("paragraph")).to_have_count(2)
    expect(alert).to_contain_text("steps")
    hide(visitor)
    expect(alert).to_be_hidden()
    assert linked(visitor)[1].race.surface == "booth"


def test_pages_change_without_a_new_page_and_keep_their_scenes(play):
    visitor = play(RACE)
    visitor.page.evaluate("window.same = true")
    hide(visitor)
    changed = linked(visitor)
    tab(visitor, "network").click()
    visitor.wait("data.kind === 'network' && stage.run")
    assert dict(fields(visitor))["page"] == "network"
    tab(visitor, "lesson").click()
    visitor.wait("stage.querySelector('.lecture') && stage.run")
    tab(visitor, "surfaces").click()
    visitor.wait("data.kind === 'surfaces' && !stage.querySelector('.lecture') && stage.run?.spec.surface === 'booth'")
    assert linked(visitor) == changed
    visitor.page.go_back()
    visitor.wait("stage.querySelector('.lecture')")
    visitor.page.go_forward()
    visitor.wait("stage.run?.spec.surface === 'booth' && !stage.run.spec.lanes[0].on")
    assert visitor.page.evaluate("window.same") is True


def test_another_language_keeps_what_is_done(play):
    visitor = play(RACE).stop_at_end()
    visitor.control("slider", "playhead").fill("20")
    hide(visitor)
    visitor.page.get_by_role("link", name=i18n.text("zh", "page.language_name")).click()
    expect(visitor.page.get_by_role("link", name=i18n.text("zh", "page.network"), exact=True)).to_be_visible()
    visitor.lang = "zh"
    expect(visitor.control("button", "undo")).to_be_enabled()
    visitor.wait("data.step === '20'")
    assert visitor.page.locator("html").get_attribute("lang") == "zh" and dict(fields(visitor))["lang"] == "zh"


def test_the_lesson_goes_on_with_its_scene_on_the_page_of_its_kind(play):
    visitor = play("scene=shoes", at="lesson")
    visitor.page.get_by_role("button", name=visitor.words("lesson.leave_surfaces")).click()
    visitor.wait("data.kind === 'surfaces' && !stage.querySelector('.lecture') && stage.run")
    page, found = linked(visitor)
    assert page == "surfaces" and found.race == lesson_scene.told("shoes").shown.race
    visitor.page.go_back()
    visitor.wait("stage.querySelector('.lecture')")


def test_what_is_shared_opens_the_player(play):
    visitor = play(f"{RACE}&projector=1")
    visitor.control("button", "tools.share").click()
    field = visitor.page.get_by_role("textbox", name=visitor.words("stage.share.link"))
    expect(field).to_have_value(re.compile(r"/play\?page=surfaces&surface=booth.*&lang=en$"))
    assert "projector" not in field.input_value()


def test_what_the_server_refuses_is_said_and_taken_back(play):
    visitor = play("steps=60&lane=sgd,lr:0.1", at="network")
    visitor.allowed = r"/api/scene|status of 400"
    before = visitor.data("run")
    visitor.page.route(
        "**/api/scene", lambda route: route.continue_(post_data=route.request.post_data.replace('"steps":60', '"steps":0'))
    )
    visitor.press("1")
    expect(visitor.page.get_by_role("alert")).to_contain_text("steps")
    visitor.wait("stage.run.spec.lanes[0].on")
    assert visitor.data("run") == before


def test_a_lost_server_is_said_and_waited_for(play):
    visitor = play(RACE)
    visitor.allowed = "ERR_INTERNET_DISCONNECTED"
    visitor.context.set_offline(True)
    visitor.press("1")
    expect(visitor.page.get_by_text(visitor.words("stage.notice.unsaved"))).to_be_visible()
    visitor.context.set_offline(False)
    visitor.page.wait_for_url(re.compile("off=1"), wait_until="commit")
    expect(visitor.page.get_by_text(visitor.words("stage.notice.unsaved"))).to_be_hidden()
