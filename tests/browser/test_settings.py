"""The player's settings, in their drawer: what is chosen there, what the server makes of it, what can't be."""

import re
from urllib.parse import parse_qsl

import pytest
from playwright.sync_api import expect

from speedup import SURFACES
from speedup.scenes import surfaces_scene
from speedup.words import i18n
from tests.browser.test_player import RACE, hide, linked, tab


def settings(visitor):
    """Opens the drawer."""
    visitor.page.get_by_role("banner").get_by_role("button", name=visitor.words("page.settings")).click()
    return visitor.page.get_by_role("dialog", name=visitor.words("page.settings"))


def test_another_surface_comes_with_its_own_and_back_leads_to_the_one_before(play):
    visitor = play(RACE)
    drawer, height = settings(visitor), visitor.map["height"]
    box = drawer.bounding_box()
    assert box["x"] + box["width"] <= visitor.stage.bounding_box()["x"]  # beside the stage
    drawer.get_by_label(visitor.words("page.surface"), exact=True).select_option("beale")
    visitor.wait("stage.run.spec.surface === 'beale'").wait_for_link()
    expect(drawer.get_by_text(SURFACES["beale"].teaches)).to_be_visible()
    opener = visitor.page.get_by_role("banner").get_by_role("button", name=visitor.words("page.settings"))
    expect(opener).to_have_accessible_name(
        f"{visitor.words('page.settings')} {SURFACES['beale'].label}"
    )  # what is seen, in its name
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
    visitor.page.get_by_role("banner").get_by_role("button", name=visitor.words("page.settings")).press("Enter")
    drawer = visitor.page.get_by_role("dialog")
    scene = drawer.get_by_role("combobox", name=visitor.words("network.scene"))
    expect(scene.locator("option:checked")).to_have_text(visitor.words("network.own"))
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
    expect(visitor.page.get_by_role("banner").get_by_role("button", name=visitor.words("page.settings"))).to_have_count(0)
    tab(visitor, "surfaces").click()
    expect(visitor.page.get_by_role("banner").get_by_role("button", name=visitor.words("page.settings"))).to_be_visible()


SEEN = "stage.querySelector(`[data-view='${arg[0]}'][aria-pressed=true]`) && data.panel === arg[1] && stage.run?.spec.steps === arg[2]"


@pytest.mark.long
def test_back_leads_through_views_instruments_settings_and_pages(play):
    visitor = play(RACE)  # where no relief can be drawn the view is the same, and much quicker
    for key, field in (("v", "view=3d"), ("i", "panel=step")):
        visitor.press(key).page.wait_for_url(re.compile(field), wait_until="commit")
    settings(visitor).get_by_label(visitor.words("page.steps"), exact=True).fill("80")
    visitor.press("Enter").page.wait_for_url(re.compile("steps=80"), wait_until="commit")
    tab(visitor, "network").click()
    visitor.wait("data.kind === 'network' && stage.run")
    for looks in (["3d", "step", 80], ["3d", "step", 50], ["3d", "loss", 50], ["2d", "loss", 50]):
        visitor.page.go_back()
        visitor.wait(SEEN, looks)
    visitor.page.go_forward()
    visitor.wait(SEEN, ["3d", "loss", 50])
