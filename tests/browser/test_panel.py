"""The panel of lanes: complaints that go when they are over, what its words mean, what is in force, links that are copied."""

import pytest
from playwright.sync_api import expect

from tests.browser.test_phone import PHONE
from tests.browser.visitor import linked


@pytest.fixture
def visitor(visit):
    """Two lanes at the last step."""
    return visit("surface=beale&lane=sgd,lr:0.01&lane=adam,lr:0.02").wait_until_shown().stop_at_end()


def refuse(visitor):
    """Types a rate below zero. Returns the field and the complaint."""
    field = visitor.control("textbox", "value_of", field=f"SGD, {visitor.words('stage.hyperparameters.lr')}")
    field.fill("-5")
    field.press("Enter")
    complaint = visitor.stage.locator("[data-lane='0'] .complaint")
    expect(complaint).to_contain_text("-5")
    return field, complaint


@pytest.mark.long
def test_a_complaint_goes_when_it_is_over(visitor):
    field, complaint = refuse(visitor)
    field.press("Escape")
    expect(complaint).to_be_hidden()
    run = visitor.data("run")
    refuse(visitor)
    visitor.slider("Adam", "lr").focus()  # another lane's
    visitor.press("ArrowUp")
    visitor.wait_for_other_run(run)
    expect(complaint).to_be_hidden()
    refuse(visitor)
    visitor.page.evaluate("document.activeElement.blur()")
    visitor.press("ControlOrMeta+z").wait("data.run === arg", run)
    expect(complaint).to_be_hidden()
    refuse(visitor)
    visitor.wait_for_link()
    visitor.page.get_by_role("combobox", name=visitor.words("page.surface")).click()
    visitor.page.get_by_role("option", name="Booth").click()
    visitor.wait("stage.run.spec.surface === 'booth'")
    expect(complaint).to_be_hidden()


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize(
    "query, key, means",
    [
        ("surface=beale&steps=20", "arrived", "0.1"),
        ("surface=saddle&steps=20", "escaped", "−1"),
    ],
)
def test_what_the_words_mean(play, lang, query, key, means):
    visitor = play(query, lang=lang).wait_until_shown().stop_at_end()
    sign = visitor.control("button", "about.title")
    sign.focus()
    visitor.press("Enter")
    dialog = visitor.page.get_by_role("dialog", name=visitor.words("stage.about.title"))
    expect(dialog.get_by_text(visitor.words(f"stage.about.{key}.means", radius=means, loss=means))).to_be_visible()
    expect(dialog.get_by_text(visitor.words("stage.about.rates.means"))).to_be_visible()
    length = """(stage) => { const { path } = stage.run.lanes[0]; let sum = 0;
      for (let i = 3; i < path.length && Number.isFinite(path[i]); i += 3) sum += Math.hypot(path[i] - path[i - 3], path[i + 1] - path[i - 2]);
      return sum; }"""
    expect(dialog.get_by_role("table").get_by_role("row").first).to_contain_text(f"{visitor.stage.evaluate(length):#.3g}")
    visitor.press("Escape")
    expect(dialog).to_be_hidden()


def test_what_the_words_mean_on_a_phone(play):
    visitor = play(at="network", size=(390, 844), **PHONE).wait_until_trained()
    visitor.control("button", "about.title").tap()
    dialog = visitor.page.get_by_role("dialog", name=visitor.words("stage.about.title"))
    expect(dialog.get_by_text(visitor.words("stage.about.rate.means"))).to_be_visible()
    box = dialog.bounding_box()
    assert box["x"] >= 0 and box["x"] + box["width"] <= 390 and box["y"] + box["height"] <= 844


@pytest.mark.long
def test_the_link_beside_the_transport_is_the_one_that_is_shared(visit, server):
    visitor = visit(
        "surface=beale&lane=adam,lr:0.02&projector=1&lang=en", permissions=["clipboard-read", "clipboard-write"]
    ).wait_until_shown()
    visitor.control("button", "copy_link").click()
    expect(visitor.control("button", "copied")).to_be_visible()
    link = visitor.page.evaluate("navigator.clipboard.readText()")
    visitor.page.get_by_role("button", name=visitor.words("stage.tools.share"), exact=True).click()
    expect(visitor.page.get_by_role("textbox", name=visitor.words("stage.share.link"))).to_have_value(link)
    assert "projector" not in link and linked(link).race == visitor.race


def test_the_value_in_force_is_shown_at_the_end(play):
    visitor = play("lane=sgd,lr:0.01&lane=sgd,lr:0.02&change=200,1,lr,0.3", at="network").wait_until_trained().stop_at_end()
    slider = visitor.slider("SGD", "lr").first
    expect(slider).to_have_attribute("aria-valuetext", "0.3")
    expect(visitor.stage.locator("[data-lane='0'] .apart")).to_have_text("lr\u00a00.3")
    visitor.control("slider", "playhead").fill("199")
    expect(slider).to_have_attribute("aria-valuetext", "0.01")
    expect(visitor.stage.locator("[data-lane='0'] .apart")).to_have_text("lr\u00a00.01")


def test_a_held_slider_leaves_the_others_alone(play):
    """The batch's, after a rate was changed at another step."""
    visitor = play("lane=sgd,lr:0.01&change=200,1,lr,0.3", at="network").wait_until_trained().stop_at_end()
    lr, playhead = visitor.slider("SGD", "lr"), visitor.control("slider", "playhead")
    playhead.fill("100")
    lr.focus()
    run = visitor.data("run")
    visitor.press("ArrowUp")
    visitor.wait_for_other_run(run)
    visitor.wait_until_trained()
    changed = lr.get_attribute("aria-valuetext")
    playhead.fill("250")
    expect(lr).to_have_attribute("aria-valuetext", "0.3")
    visitor.control("button", "more", lane="SGD").click()
    place = visitor.grip(visitor.stage.get_by_role("slider", name=f"SGD, {visitor.words('stage.network.batch')}", exact=True))
    run = visitor.data("run")
    visitor.page.mouse.move(*place(0.8))
    visitor.wait_for_other_run(run)
    assert changed != "0.3"
    expect(lr).to_have_attribute("aria-valuetext", "0.3")
    visitor.page.mouse.up()


def test_one_change_too_many_is_refused_in_words(play):
    most = 100
    changes = "".join(f"&change={step},1,lr,0.0{step}" for step in range(11, 11 + most))
    visitor = play(f"lane=sgd,lr:0.01{changes}", at="network").wait_until_trained().stop_at_end()
    visitor.control("slider", "playhead").fill("300")
    lr = visitor.slider("SGD", "lr")
    before = lr.get_attribute("aria-valuetext")
    lr.focus()
    visitor.press("ArrowUp")
    complaint = visitor.stage.locator("[data-lane='0'] .complaint")
    expect(complaint).to_have_text(visitor.words("stage.network.most_changes", most=most))
    expect(lr).to_have_attribute("aria-valuetext", before)
    visitor.control("button", "network.changed", lane="SGD", name="lr", value="0.011", step=11).press("Enter")
    expect(complaint).to_be_hidden()


@pytest.mark.parametrize("how", [{}, {"size": (1920, 1080)}, {"size": (844, 390)} | PHONE], ids=["720", "1080", "across"])
def test_many_seeds_leave_the_transport_free(play, how):
    visitor = play("steps=50", at="network", **how).wait_until_trained().stop_at_end()
    handle, panel = visitor.control("button", "network.seeds"), visitor.stage.locator(".seeds")
    handle.click()
    expect(panel).to_be_visible()
    visitor.control("button", "play").click()
    visitor.press("Escape")
    expect(panel).to_be_hidden()
    handle.focus()
    visitor.press("Enter")
    expect(panel).to_be_visible()
    panel.get_by_role("spinbutton").focus()
    visitor.press("Escape")
    expect(panel).to_be_hidden()
    expect(handle).to_be_focused()
