"""A slider moved while it trains: the curve bends from there on, a mark stays, and the link holds it."""

from urllib.parse import urlsplit

import numpy as np
import pytest
from playwright.sync_api import expect

from speedup import train
from tests.browser.test_network_stage import close, numbers

STEP = 150


@pytest.fixture
def visitor(play):
    """The playhead in the middle of the default scene, in the bare page."""
    return in_the_middle(play(at="network"))


@pytest.fixture
def in_app(visit):
    """The same in the app."""
    return in_the_middle(visit(at="network"))


def in_the_middle(one):
    """A visitor at the step."""
    one.wait_until_trained().stop_at_end().control("slider", "playhead").fill(str(STEP))
    return one.wait("data.state === 'paused' && data.step === arg", str(STEP))


def move(visitor, shares=(0.6, 0.65, 0.7)):
    """Drags SGD's learning rate; the run's name before."""
    run = first = visitor.data("run")
    link = visitor.query
    before = len(visitor.wait_for_tools().sent)
    place = visitor.grip(visitor.slider("SGD", "lr"))
    for share in shares:
        visitor.page.mouse.move(*place(share))
        run = visitor.wait_for_other_run(run)
        assert visitor.step == STEP
    assert visitor.sent[before:] == [] and visitor.query == link
    visitor.page.mouse.up()
    visitor.wait_until_trained().wait_for_training_link()
    visitor.page.mouse.move(5, 5)
    visitor.page.evaluate("document.activeElement.blur()")
    return first


def marks(visitor):
    return visitor.stage.locator(".change")


def test_the_curve_bends_from_there_on(visitor):
    before = numbers(visitor, "loss")
    run = move(visitor)
    changed, after = visitor.training, numbers(visitor, "loss")
    assert [(one.step, one.lane, one.name) for one in changed.changes] == [(STEP, 0, "lr")]
    assert np.array_equal(after[1:], before[1:]) and np.array_equal(after[0, :STEP], before[0, :STEP])
    assert not np.array_equal(after[0, STEP + 1 :], before[0, STEP + 1 :])
    assert close(after, train(changed).batch_loss)
    ghost = visitor.stage.evaluate("(stage) => Array.from(stage.run.training.ghosts[0].loss)")
    assert np.array_equal(ghost, before[0])
    slider = visitor.slider("SGD", "lr")
    expect(slider).to_have_attribute("aria-valuetext", f"{changed.changes[0].value:g}")
    visitor.control("slider", "playhead").fill(str(STEP - 50))
    expect(slider).to_have_attribute("aria-valuetext", "0.01")
    expect(marks(visitor)).to_have_count(1)
    marks(visitor).click()
    visitor.wait("data.run === arg", run)
    expect(marks(visitor)).to_have_count(0)
    assert np.array_equal(numbers(visitor, "loss"), before)


@pytest.mark.long
def test_a_shared_link_holds_the_change(visitor, play):
    move(visitor)
    second = play(urlsplit(visitor.page.url).query, at="network").wait_until_trained()
    assert second.data("run") == visitor.data("run") and second.training == visitor.training
    assert np.array_equal(numbers(second, "loss"), numbers(visitor, "loss"))
    expect(marks(second)).to_have_count(1)
    second.page.reload()
    second.wait_until_trained()
    assert second.data("run") == visitor.data("run")


def test_from_the_start_by_a_switch(visitor):
    visitor.control("combobox", "network.turn").select_option("start")
    visitor.page.wait_for_url("**turn=start*")
    move(visitor)
    changed = visitor.training
    assert changed.changes == () and changed.lanes[0].hyperparameters["lr"] != 0.01
    assert close(numbers(visitor, "loss"), train(changed).batch_loss)
    expect(marks(visitor)).to_have_count(0)


@pytest.mark.long
def test_undo_and_back(in_app):
    run = move(in_app)
    changed = in_app.data("run")
    in_app.press("ControlOrMeta+z").wait("data.run === arg", run)
    in_app.wait_for_training_link()
    in_app.page.go_back()
    in_app.wait("data.run === arg", changed)


def test_a_lane_may_have_its_own_batch(visitor):
    run = visitor.data("run")
    visitor.control("button", "more", lane="SGD").click()
    name = visitor.words("stage.value_of", field=f"SGD, {visitor.words('stage.network.batch')}")
    field = visitor.stage.get_by_role("textbox", name=name, exact=True)
    field.fill("1000")
    field.press("Enter")
    visitor.wait_for_other_run(run)
    visitor.wait_until_trained().wait_for_training_link()
    assert visitor.training.lanes[0].batch == 1000
    badge = visitor.words("stage.network.other_batches", sizes="1000, 32")
    expect(visitor.stage.get_by_text(badge)).to_be_visible()
    assert close(numbers(visitor, "loss"), train(visitor.training).batch_loss)


@pytest.mark.long
def test_another_scene_begins_anew(in_app):
    in_app.page.get_by_role("combobox", name=in_app.words("network.scene")).click()
    in_app.page.get_by_role("option", name=in_app.words("scenes.overshoot.label")).click()
    in_app.wait("stage.run.spec.lanes.length === 3").wait_for_state("playing", "ended")
    in_app.wait_until_trained().wait_for_training_link()
    assert [lane.optimizer for lane in in_app.training.lanes] == ["momentum"] * 3
