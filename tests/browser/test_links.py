"""The address holds the scene: shared, reloaded, gone back to; and what is wrong in it is said."""

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

RACE = "surface=long_valley,condition:40,angle:20&start=-5,1.5&steps=120&noise=0.5&seed=7"
LANES = "lane=adam,lr:0.2,beta1:0.8&lane=lion,lr:0.05"


@pytest.mark.long
def test_a_shared_link_draws_the_same_run(visit):
    first = visit().wait_until_shown().stop_at_end()
    default = first.data("run")
    box = first.map
    first.page.mouse.click(box["x"] + 0.6 * box["width"], box["y"] + 0.4 * box["height"])
    run = first.wait_for_other_run(default)
    first.press("3").wait_for_link()
    first.page.wait_for_url("**off=3*")
    first.page.reload()
    first.wait_until_shown()
    assert first.data("run") == run and not first.spec["lanes"][2]["on"]
    second = visit(urlsplit(first.page.url).query).wait_until_shown()
    assert second.data("run") == run and second.race == first.race
    assert [lane["on"] for lane in second.spec["lanes"]] == [True, True, False, True, True]


@pytest.mark.long
def test_a_whole_scene(visit):
    visitor = visit(f"{RACE}&{LANES}&view=3d&off=1&chosen=2&lang=zh").wait_for_state("playing")
    spec = visitor.spec
    assert spec["surface"] == "long_valley" and spec["params"] == {"condition": 40, "angle": 20}
    assert (spec["start"], spec["steps"], spec["noise"], spec["seed"]) == ([-5, 1.5], 120, 0.5, 7)
    adam, lion = spec["lanes"]
    assert (adam["optimizer"], adam["h"]["lr"], adam["h"]["beta1"], adam["on"]) == ("adam", 0.2, 0.8, False)
    assert (lion["optimizer"], lion["h"]["lr"], lion["on"]) == ("lion", 0.05, True)
    visitor.lang = "zh"
    visitor.wait_for_view("3d")
    expect(visitor.page.get_by_role("heading", name="Lion")).to_be_visible()


def test_rubbish_is_named_and_the_rest_kept(visit):
    visitor = visit("surface=booth&steps=-3&seed=7&lane=adam,lr:nan&lane=sgd,lr:0.01&zzz=1")
    visitor.wait_until_shown()
    alerts = visitor.page.get_by_role("alert")
    expect(alerts).to_have_count(1)  # one box, each problem once in its list
    lines = alerts.get_by_role("listitem")
    expect(lines).to_have_count(3)
    for field, value in (("steps", "-3"), ("lane adam lr", "nan"), ("zzz", "1")):
        named = visitor.words("page.problem", field=field, value=value, allowed="|").split("|")[0]
        expect(lines.filter(has_text=named)).to_have_count(1)
    race = visitor.race
    assert (race.surface, race.seed, race.steps) == ("booth", 7, 300)
    assert [lane.optimizer for lane in race.lanes] == ["adam", "sgd"]


@pytest.mark.long
def test_nothing_of_what_is_wrong_is_cut_off(visit):
    """The longest messages there are, and more of them than are said."""
    visitor = visit("surface=nowhere&lane=adamm&lane=adam,lr:0.1,wat:3&steps=-3&noise=999&seed=x&start=99,99&off=9&zzz=1&view=5d")
    visitor.wait_until_shown()
    box = visitor.page.get_by_role("alert")
    expect(box.get_by_role("listitem")).to_have_count(7)
    cut = "box => [box, ...box.querySelectorAll('*')].filter((one) => one.scrollHeight > one.clientHeight + 1 && one.clientHeight > 0).length"
    assert box.evaluate(cut) == 0
    assert box.get_by_role("listitem").last.bounding_box()["y"] < visitor.stage.bounding_box()["y"]
    assert [lane.optimizer for lane in visitor.race.lanes] == ["adam"]


@pytest.fixture
def visitor(visit):
    """With the default scene, paused."""
    return visit().wait_until_shown().stop_at_end()


def nudge(visitor):
    """Moves Adam's learning rate; returns the new run's name when the address has it."""
    run, slider = visitor.data("run"), visitor.slider("Adam", "lr")
    slider.focus()
    visitor.press("ArrowUp")
    run = visitor.wait_for_other_run(run)
    visitor.wait_for_link()
    slider.blur()
    return run


def test_back_and_forward(visitor):
    runs = [visitor.data("run"), nudge(visitor), nudge(visitor)]
    assert len(set(runs)) == 3
    back, forward = visitor.page.go_back, visitor.page.go_forward
    for move, run in ((back, runs[1]), (back, runs[0]), (forward, runs[1])):
        move()
        visitor.wait("data.run === arg", run)
    visitor.wait_for_link()
    assert visitor.step == visitor.race.steps  # the playhead stays


@pytest.mark.long
def test_undo(visitor):
    runs = [visitor.data("run"), nudge(visitor), nudge(visitor)]
    visitor.press("ControlOrMeta+z").wait("data.run === arg", runs[1]).wait_for_link()
    visitor.control("button", "undo").click()
    visitor.wait("data.run === arg", runs[0]).wait_for_link()
    expect(visitor.control("button", "undo")).to_be_disabled()
