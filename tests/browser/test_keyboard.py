"""Keys, and that they are left alone while something is typed."""

import pytest
from playwright.sync_api import expect


@pytest.fixture
def visitor(visit):
    """At the last step."""
    return visit().wait_until_shown().stop_at_end()


@pytest.fixture
def bare(play):
    """The same in the bare page, which can show the relief."""
    return play(relief=True).stop_at_end()


def views(visitor):
    """Which of the buttons 2D and 3D are pressed."""
    buttons = [visitor.control("button", f"view_{view}") for view in ("2d", "3d")]
    return [button.get_attribute("aria-pressed") for button in buttons]


def shown(visitor):
    """Which lanes are on."""
    return [lane["on"] for lane in visitor.spec["lanes"]]


def test_the_playhead(visitor):
    last = visitor.race.steps
    visitor.press("ArrowLeft", "ArrowLeft").wait("data.step === arg", str(last - 2)).wait_for_state("paused")
    visitor.press("ArrowRight").wait("data.step === arg", str(last - 1))
    visitor.press("Home").wait("data.step === '0'")
    visitor.press("Space").wait("data.state === 'playing' && data.step > 1")
    visitor.press("Space").wait_for_state("paused")
    step = visitor.step
    visitor.press("ArrowRight").wait("data.step === arg", str(step + 1))
    visitor.press("End").wait("data.state === 'ended' && data.step === arg", str(last))
    assert visitor.query == ""  # nothing of this is a change
    teaches = visitor.words(f"surfaces.{visitor.race.surface}.teaches")
    for words in (visitor.page.get_by_text(teaches), visitor.page.get_by_role("table")):
        words.click()  # which wants no keys
        visitor.press("Space").wait_for_state("playing")
        visitor.press("End").wait_for_state("ended")


@pytest.mark.long
def test_lanes_view_help_and_full_screen(bare):
    run = bare.data("run")
    bare.press("2", "5", "9")  # there is no ninth lane
    bare.wait("stage.run.spec.lanes.map((lane) => lane.on).join() === 'true,false,true,true,false'")
    bare.press("5").wait("stage.run.spec.lanes[4].on")
    assert bare.data("run") == run  # the race is the same
    assert views(bare) == ["true", "false"]
    bare.press("v").wait_for_view("3d")
    assert views(bare) == ["false", "true"]
    bare.page.wait_for_url("**off=2*")
    bare.page.wait_for_url("**view=3d*")
    bare.press("V").wait_for_view("2d")
    assert views(bare) == ["true", "false"]
    dialog = bare.page.get_by_role("dialog", name=bare.words("stage.keys.title"))
    bare.press("?")
    expect(dialog).to_be_visible()
    bare.press("1", "v", "Home")  # the dialog has the keys
    bare.press("Escape")
    expect(dialog).to_be_hidden()
    assert shown(bare) == [True, False, True, True, True] and bare.data("state") == "ended"
    bare.wait("document.activeElement === document.body")
    bare.press("f").wait("document.fullscreenElement === stage")
    bare.press("f").wait("document.fullscreenElement === null")


def check_nothing_happened(visitor):
    """Keys typed elsewhere have changed nothing on the stage."""
    assert (visitor.data("state"), visitor.step) == ("ended", visitor.race.steps)
    assert all(shown(visitor)) and views(visitor) == ["true", "false"]
    expect(visitor.page.get_by_role("dialog")).to_have_count(0)


@pytest.mark.long
def test_typing(visitor):
    """In a field of the stage, and in one of Streamlit's own."""
    run, field = visitor.data("run"), f"Adam, {visitor.words('stage.hyperparameters.lr')}"
    box = visitor.control("textbox", "value_of", field=field)
    box.click()
    visitor.press("Home", "1", "2", "v", "f", "?", "l", " ", "ArrowLeft", "End")
    check_nothing_happened(visitor)
    visitor.press("Escape")
    assert visitor.data("run") == run
    visitor.press("ControlOrMeta+a")
    visitor.page.keyboard.type("0.125")
    visitor.press("Enter")
    visitor.wait_for_other_run(run)
    assert visitor.race.lanes[4].hyperparameters["lr"] == 0.125
    check_nothing_happened(visitor)
    visitor.wait_for_link()
    box = visitor.page.get_by_role("spinbutton", name=visitor.words("page.steps"), exact=True)
    box.click()
    visitor.press("ControlOrMeta+a", "v", "f", "?", " ", "1", "2", "0", "ArrowLeft", "Home", "End")
    check_nothing_happened(visitor)
    visitor.press("Enter")
    visitor.wait("stage.run.spec.steps === 120 && data.step === '120'")
    visitor.wait_for_link()


@pytest.mark.long
def test_after_a_choice_in_the_sidebar(visitor):
    """A list that is closed again and a button that was clicked leave the keys to the stage; an open list does not."""
    box = visitor.page.get_by_role("combobox", name=visitor.words("page.surface"))
    box.click()
    expect(box).to_have_attribute("aria-expanded", "true")
    visitor.press("b", "o", "o", "t", "h", "Home")
    assert (visitor.data("state"), visitor.step) == ("ended", visitor.race.steps)
    visitor.page.get_by_role("option", name="Booth").click()
    visitor.wait("stage.run.spec.surface === 'booth'").wait_until_shown()
    visitor.press("End").wait_for_state("ended")
    visitor.press("Home").wait("data.step === '0'")
    box.click()
    visitor.press("Escape")
    visitor.press("Space").wait_for_state("playing").press("End").wait_for_state("ended")
    expect(box).to_have_attribute("aria-expanded", "false")
    visitor.page.get_by_role("radiogroup", name=visitor.words("page.view")).get_by_text("3D").click()
    visitor.wait_for_view("3d").press("Space").wait_for_state("playing")
    visitor.press("v").wait_for_view("2d")


@pytest.mark.long
def test_widgets_reached_with_the_keyboard_keep_their_keys(visitor):
    box = visitor.page.get_by_role("combobox", name=visitor.words("page.surface"))
    chosen = visitor.page.get_by_role("radiogroup", name=visitor.words("page.view")).get_by_role("radio", checked=True)
    box.focus()
    for _ in range(20):
        visitor.press("Tab")
        if chosen.evaluate("(button) => button === document.activeElement"):
            break
    visitor.press("ArrowRight", "Space").wait_for_view("3d")
    assert visitor.data("state") == "ended"
    visitor.press("v").wait_for_view("2d")


def test_the_palette_closes_and_a_fold_stays_open(bare):
    add = bare.stage.get_by_role("button", name=bare.words("stage.add"))
    for away in (lambda: bare.press("Escape"), lambda: bare.stage.locator(".chart").click()):
        add.click()
        expect(add).to_have_attribute("aria-expanded", "true")
        away()
        expect(add).to_have_attribute("aria-expanded", "false")
    bare.control("button", "more", lane="Adam").click()
    bare.control("combobox", "optimizer_of", lane="Adam").select_option("lion")
    bare.wait("stage.run.spec.lanes[4].optimizer === 'lion'")
    expect(bare.control("button", "more", lane="Lion")).to_have_attribute("aria-expanded", "true")
    expect(bare.control("combobox", "optimizer_of", lane="Lion")).to_be_visible()
