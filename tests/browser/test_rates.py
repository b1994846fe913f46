"""The rates instrument on the stage: by its switch, its key and the link; a dot that is dragged is its lane's lr."""

import re

from playwright.sync_api import expect

from speedup import simulate
from speedup.scenes.surfaces_scene import PANELS

QUERY = "surface=booth&steps=60&lane=sgd,lr:0.01&lane=adam,lr:0.3&panel=rates"
# Where lr 10^-6 and 10 are on the screen, and the sheet's top and bottom.
AXIS = """(stage) => {
  const { left, top, right, bottom } = stage.querySelector(".sweep").getBoundingClientRect();
  const style = getComputedStyle(stage.querySelector(".sweep")), em = parseFloat(style.fontSize);
  const margin = (side) => em * parseFloat(style.getPropertyValue(`--plot-${side}`));
  return [left + margin("left"), right - margin("right"), top, bottom];
}"""


def dot(visitor, share):
    """A place on the axis of lr."""
    left, right, top, bottom = visitor.stage.evaluate(AXIS)
    return left + share * (right - left), top, bottom


def drag(visitor, share, to):
    """Drags the dot that is at a share of the axis, at some height; returns the run that this leads to."""
    before = visitor.data("run")
    x, top, bottom = dot(visitor, share)
    for y in range(int(top) + 12, int(bottom) - 14, 6):
        visitor.page.mouse.move(x, y)
        if visitor.stage.locator(".sweep").evaluate("(sheet) => sheet.style.cursor"):
            break
    visitor.page.mouse.down()
    visitor.page.mouse.move(dot(visitor, to)[0], y, steps=3)
    run = visitor.wait_for_other_run(before)
    visitor.page.mouse.up()
    return run


def test_a_dot_is_its_lanes_rate(play):
    visitor = play(QUERY).stop_at_end()
    finding = visitor.stage.locator(".finding")
    expect(finding).to_contain_text("SGD")
    run = drag(visitor, 4 / 7, 4.5 / 7)  # 10^-2 is where SGD's dot is
    (lane, other), race = visitor.race.lanes, visitor.race
    assert 0.028 < lane.hyperparameters["lr"] < 0.035 and other.hyperparameters["lr"] == 0.3
    visitor.wait_for_link()
    assert visitor.data("run") == run and "panel=rates" in visitor.query
    assert simulate(race).diverged[0] == -1


def test_switch_key_and_link_agree(play):
    visitor = play(QUERY.replace("&panel=rates", "")).stop_at_end()
    sheet = visitor.stage.locator(".sweep")
    expect(sheet).to_be_hidden()
    visitor.press(*"i" * PANELS.index("rates"))
    expect(sheet).to_be_visible()
    visitor.page.wait_for_url("**panel=rates*")
    visitor.stage.get_by_role("button", name=visitor.words("stage.panels.loss"), exact=True).click()
    expect(sheet).to_be_hidden()
    visitor.page.wait_for_url(lambda url: "panel" not in url)
    expect(visitor.stage.locator(".chart canvas").first).to_be_visible()


def test_the_lesson_has_instruments_once_its_question_is_answered(play):
    visitor = play("scene=drunk", at="lesson")
    visitor.press("i")
    expect(visitor.stage.locator(".panels")).to_be_hidden()
    expect(visitor.stage.locator(".chart canvas").first).to_be_visible()
    why = visitor.stage.locator(".why")
    expect(why).to_be_hidden()
    visitor.stage.locator(".guess").first.click()
    visitor.press("End")
    expect(why).to_contain_text(visitor.words("lesson.scenes.drunk.why"))
    why.get_by_role("button").click()
    expect(visitor.stage.locator(".finding")).to_contain_text("1.9")
    visitor.press("PageDown").wait("stage.querySelector('.question:not([data-verdict])')")
    expect(visitor.stage.locator(".panels")).to_be_hidden()
    expect(visitor.stage.locator(".chart canvas").first).to_be_visible()


def test_another_hyperparameter_varies_by_choice_and_by_link(play):
    visitor = play(QUERY + "&chosen=2").stop_at_end()
    choice = visitor.control("combobox", "rate.against")
    expect(choice.get_by_role("option")).to_have_text(["lr", "β₁", "β₂", "ε", "λ", "noise"])
    choice.select_option("beta1")
    visitor.page.wait_for_url("**against=beta1*")
    expect(visitor.stage.locator(".finding")).to_contain_text("β₁")
    drag(visitor, 1 / 4, 1 / 2)  # from 0.9 to 0.99
    sgd, adam = visitor.race.lanes
    assert 0.985 < adam.hyperparameters["beta1"] < 0.993
    assert (adam.hyperparameters["lr"], sgd.hyperparameters["lr"]) == (0.3, 0.01)
    finding = visitor.stage.locator(".finding")
    visitor.stage.locator(".lane .name").first.hover()
    expect(finding).to_have_text(visitor.words("stage.rate.lacks", lane="SGD", name="β₁"))
    visitor.control("combobox", "rate.measure").select_option("steps")
    visitor.page.wait_for_url("**measure=steps*")
    visitor.stage.locator(".lane .name").last.hover()
    never = visitor.words("stage.rate.arrived.never", lane="Adam", name="β₁")
    expect(finding).to_have_text(f"{never} · {visitor.words('stage.rate.budget', steps=60)}")


def test_a_dot_is_the_noise_of_all_lanes(play):
    visitor = play(QUERY + "&noise=1&against=noise").stop_at_end()
    lanes = visitor.race.lanes
    drag(visitor, 0.51, 0.755)  # from 1 to 10
    assert 9 < visitor.race.noise < 11 and visitor.race.lanes == lanes
    visitor.wait_for_link()


def test_from_a_saddle_one_escapes_and_who_diverges_later_has_not(play):
    finding = play("surface=saddle&panel=rates&measure=steps&lane=sgd,lr:0.05").stop_at_end().stage.locator(".finding")
    expect(finding).to_contain_text(
        re.compile(r"fastest at lr .*, escapes at step \d+ .*· around it escapes at 0\.\d+–[01]\.\d+ · diverges from [12]")
    )
    expect(finding).not_to_contain_text("arrive")
