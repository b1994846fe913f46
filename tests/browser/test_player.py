"""The stage in its bare page: its address follows, pages and languages change without a new page, a lost server is waited for."""

import re
from urllib.parse import parse_qsl, urlsplit

import pytest
from playwright.sync_api import expect

from speedup import SURFACES
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


def settings(visitor):
    """Opens the drawer."""
    visitor.page.get_by_role("button", name=visitor.words("page.settings"), exact=True).click()
    return visitor.page.get_by_role("dialog", name=visitor.words("page.settings"))


def test_another_surface_comes_with_its_own_and_back_leads_to_the_one_before(play):
    visitor = play(RACE)
    drawer, height = settings(visitor), visitor.map["height"]
    box = drawer.bounding_box()
    assert box["x"] + box["width"] <= visitor.stage.bounding_box()["x"]  # beside the stage
    drawer.get_by_label(visitor.words("page.surface"), exact=True).select_option("beale")
    visitor.wait("stage.run.spec.surface === 'beale'").wait_for_link()
    expect(drawer.get_by_text(SURFACES["beale"].teaches)).to_be_visible()
    assert visitor.race == surfaces_scene.on_surface(surfaces_scene.read_scene(parse_qsl(RACE))[0], "beale").race
    assert visitor.map["height"] == height
    visitor.control("button", "undo").click()
    visitor.wait("stage.run.spec.surface === 'booth'").wait_for_link()
    expect(drawer.get_by_label(visitor.words("page.surface"), exact=True)).to_have_value("booth")
    visitor.page.go_back()
    visitor.wait("stage.run.spec.surface === 'booth'")
    assert linked(visitor)[1].race == visitor.race
    visitor.press("Escape")
    expect(drawer).to_be_hidden()


def test_the_keyboard_sets_numbers_and_what_cannot_be_is_said_and_taken_back(play):
    visitor = play("steps=60&hidden=4&lane=sgd,lr:0.1", at="network")
    visitor.page.get_by_role("button", name=visitor.words("page.settings"), exact=True).press("Enter")
    drawer = visitor.page.get_by_role("dialog")
    steps = drawer.get_by_role("spinbutton", name=visitor.words("network.steps"))
    steps.press("ArrowUp")
    visitor.wait("stage.run.spec.steps === 160")
    hidden = drawer.get_by_role("textbox", name=visitor.words("network.hidden"))
    hidden.fill("99")
    hidden.press("Enter")
    expect(drawer.get_by_role("alert")).to_contain_text("99")
    expect(hidden).to_have_value("4")
    hidden.fill("8, 2")
    hidden.press("Enter")
    visitor.wait("stage.run.spec.hidden.join() === '8,2'")
    expect(drawer.get_by_role("alert")).to_have_count(0)
    hidden.fill("7")
    hidden.press("Escape")
    expect(hidden).to_have_value("8, 2")
    hidden.press("Escape")
    expect(drawer).to_be_hidden()
    found = linked(visitor)[1].run
    assert (found.steps, found.hidden) == (160, (8, 2))


def test_settings_cover_a_phone_and_hold_what_the_stage_changed_meanwhile(play):
    visitor = play(RACE, size=(390, 844), lang="zh", has_touch=True, is_mobile=True)
    hide(visitor)
    drawer = settings(visitor)
    assert drawer.bounding_box()["width"] == visitor.page.evaluate("innerWidth") == 390
    for control in drawer.locator("button:visible:not(.ask), select, input").all():
        assert min(control.bounding_box()["height"], control.bounding_box()["width"]) >= 44
    drawer.get_by_label(visitor.words("page.steps"), exact=True).fill("80")
    drawer.get_by_role("button", name=visitor.words("stage.close")).tap()
    visitor.wait("stage.run.spec.steps === 80 && !stage.run.spec.lanes[0].on")
    expect(drawer).to_be_hidden()


def test_what_the_stage_changes_while_a_setting_is_under_way_is_kept(play):
    visitor, held = play(RACE), []
    visitor.page.route("**/api/scene", lambda route: route.continue_() if held else held.append(route))
    steps = settings(visitor).get_by_label(visitor.words("page.steps"), exact=True)
    with visitor.page.expect_request("**/api/scene"):
        steps.fill("80")
        steps.press("Enter")
    visitor.page.evaluate("document.activeElement.blur()")
    visitor.press("1").wait("!stage.run.spec.lanes[0].on")
    held[0].continue_()
    visitor.page.wait_for_url(re.compile("steps=80.*off=1"), wait_until="commit")
    visitor.wait("stage.run.spec.steps === 80 && !stage.run.spec.lanes[0].on")


def test_the_lesson_is_told_and_has_no_settings(play):
    visitor = play("scene=slope", at="lesson")
    told = i18n.words("en")["lesson"]["scenes"]["slope"]
    expect(visitor.stage.get_by_text(told["words"])).to_be_visible()
    expect(visitor.stage.get_by_text(told["question"])).to_be_visible()
    expect(visitor.page.get_by_role("button", name=visitor.words("page.settings"), exact=True)).to_have_count(0)
    tab(visitor, "surfaces").click()
    expect(visitor.page.get_by_role("button", name=visitor.words("page.settings"), exact=True)).to_be_visible()


# A page around the player: what the iframe says, in order.
AROUND = """<iframe src="/play?embed=1&{}" width="900" height="500"></iframe>
<script>said = []; addEventListener("message", ({{ data, source }}) => source === frames[0] && said.push(data))</script>"""


@pytest.fixture
def around(visit):
    """around(query, script="") -> Visitor of a page with the player in an iframe; the script runs first in both."""

    def open_one(query, script=""):
        def prepare(page):
            page.add_init_script(script)
            page.route("**/around", lambda route: route.fulfill(content_type="text/html", body=AROUND.format(query)))

        return visit(at="around", prepare=prepare)

    return open_one


@pytest.mark.parametrize("query", [RACE, "page=lesson"], ids=["race", "lesson"])
def test_the_page_around_hears_of_the_stage_and_of_the_keys_that_turn_slides(around, query):
    visitor = around(query)
    visitor.page.wait_for_function("said.length")
    slider = visitor.page.frame_locator("iframe").get_by_role("slider").last
    slider.click()
    before = float(slider.input_value())
    visitor.press("PageDown", "PageDown", "PageUp")
    visitor.page.wait_for_function("said.length === 4")
    keys = [{"type": "speedup:key", "key": key} for key in ("PageDown", "PageDown", "PageUp")]
    assert visitor.page.evaluate("said") == [{"type": "speedup:ready"}, *keys]
    assert abs(float(slider.input_value()) - before) < 2  # of 1000: no key has moved it


def test_the_page_around_hears_what_is_wrong(around):
    visitor = around("surface=booth&steps=-1")
    visitor.page.wait_for_function("said.length === 2")
    wrong, ready = visitor.page.evaluate("said")
    assert wrong["type"] == "speedup:error" and "steps" in wrong["message"] and ready == {"type": "speedup:ready"}


def test_the_page_around_hears_that_there_is_no_stage(around):
    """As in a browser without SIMD."""
    visitor = around(RACE, "WebAssembly.validate = () => false")
    visitor.page.wait_for_function("said.length")
    (wrong,) = visitor.page.evaluate("said")
    assert wrong["type"] == "speedup:error" and "Firefox" in wrong["message"]


def test_a_part_of_another_page_has_only_the_stage(play):
    visitor = play(f"embed=1&{RACE}", size=(900, 500))
    expect(visitor.page.locator("header, dialog, .tools-bar:visible")).to_have_count(0)
    hide(visitor)
    assert ("embed", "1") in fields(visitor)
