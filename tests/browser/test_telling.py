"""The lesson in a browser: gone through by keys, guessed at, tried out by hand, left and come back to."""

import pytest
from playwright.sync_api import expect

from speedup.scenes import lesson_scene, network_scene
from speedup.scenes import surfaces_scene as scene_module
from speedup.scenes.lesson import TELLINGS
from speedup.scenes.surfaces_scene import Scene
from tests.answers import answer

NAMES = list(TELLINGS)


def spec_of(scene):
    """The RaceSpec or TrainSpec of what a stage shows."""
    return scene.race if isinstance(scene, Scene) else scene.run


def shows(visitor, scene):
    """Waits until the stage has the whole run of a scene; returns its spec, as far as the stage has one."""
    kind = scene_module if isinstance(scene, Scene) else network_scene
    visitor.wait("data.kind === arg.kind && (stage.run?.done ?? Infinity) >= stage.run?.spec.steps && "
                 "stage.run?.spec.lanes.length === arg.lanes.length && arg.lanes.every(({h, batch}, i) => "
                 "Object.entries(h).every(([name, value]) => stage.run.spec.lanes[i].h[name] === value) "
                 "&& (batch ?? null) === (stage.run.spec.lanes[i].batch ?? null)) && "
                 "Object.entries(arg.params ?? {}).every(([name, value]) => stage.run.spec.params[name] === value)",
                 kind.scene_json(scene) | {"kind": kind.NAME})  # fmt: skip
    return visitor.race if isinstance(scene, Scene) else visitor.training


def says(visitor, name, key):
    """The words of a scene in the visitor's language."""
    return visitor.words(f"lesson.scenes.{name}.{key}")


def guess(visitor, name, lane):
    """Guesses a lane, and lets it run to the end."""
    visitor.stage.locator(".guess").nth(lane).click()
    visitor.wait_for_state("playing")
    visitor.stop_at_end()


def try_it(visitor, move):
    """Does with the mouse what the reader is told to."""
    kind, *where, to = move
    panel = visitor.stage.locator(".parameters" if kind == "param" else f".lane[data-lane='{where[0]}']")
    control = panel.locator(f".slider[data-name='{'batch' if kind == 'batch' else where[-1]}']")
    if not control.is_visible():
        panel.locator(".more").click()
    if to in ("low", "high"):
        place = visitor.grip(control.get_by_role("slider"))
        visitor.page.mouse.move(*place(1.02 if to == "high" else -0.02), steps=4)
        visitor.page.mouse.up()
    else:
        field = control.locator("input:not([type=range])")
        field.click()
        field.fill(str(to))
        visitor.press("Enter")


@pytest.mark.long
def test_the_whole_lesson_by_page_down(play):
    """In English. In both languages it is gone through in test_lecture.py."""
    visitor = play("", at="lesson")
    for i, (name, row) in enumerate(TELLINGS.items()):
        if i:
            visitor.press("PageDown")
        expect(visitor.stage.get_by_role("heading", level=2)).to_have_text(says(visitor, name, "title"))
        expect(visitor.stage.locator(".words")).to_have_text(says(visitor, name, "words"))
        expect(visitor.stage.get_by_role("img", name=says(visitor, name, "title"))).to_be_visible()
        assert shows(visitor, row.scene) == spec_of(row.scene)
        assert visitor.step == 0 and visitor.data("state") == "paused"  # it waits for a guess
        verdict = visitor.stage.locator(".verdict")
        expect(verdict).not_to_contain_text(says(visitor, name, "reveal"))
        guess(visitor, name, answer(row))
        expect(visitor.stage.locator(".question")).to_have_attribute("data-verdict", "right")
        expect(verdict).to_contain_text(says(visitor, name, "reveal"))

        outcome = visitor.stage.locator(".outcome")
        expect(outcome).to_be_hidden()
        told = visitor.data("run")
        try_it(visitor, row.move)
        visitor.wait_for_other_run(told)
        assert shows(visitor, row.tried) == spec_of(row.tried)
        visitor.stage.get_by_role("button", name=visitor.words("lesson.outcome")).click()
        expect(outcome).to_have_text(says(visitor, name, "outcome"))
        expect(visitor.stage.locator(".question")).to_have_attribute("data-verdict", "right")  # on what was asked
        expect(verdict).to_contain_text(says(visitor, name, "reveal"))
    visitor.press("PageDown")  # the last one
    expect(visitor.stage.get_by_role("heading", level=2)).to_have_text(says(visitor, NAMES[-1], "title"))
    visitor.press("PageUp", "ArrowLeft")
    expect(visitor.stage.get_by_role("heading", level=2)).to_have_text(says(visitor, NAMES[-3], "title"))
    visitor.page.wait_for_url(f"**scene={NAMES[-3]}*", wait_until="commit")


def test_a_wrong_guess_is_told_kindly(play):
    name = NAMES[3]
    visitor = play(f"scene={name}", at="lesson")
    shows(visitor, TELLINGS[name].scene)
    right = answer(TELLINGS[name])
    guess(visitor, name, 1 - right if right < 2 else 0)
    expect(visitor.stage.locator(".question")).to_have_attribute("data-verdict", "wrong")
    expect(visitor.stage.locator(".verdict")).to_contain_text(says(visitor, name, "reveal"))


def test_what_is_to_come_is_veiled_until_the_answer(play):
    visitor = play(f"scene={NAMES[3]}", at="lesson")
    shows(visitor, TELLINGS[NAMES[3]].scene)
    expect(visitor.stage.locator(".arrivals i:not([hidden])")).to_have_count(0)
    visitor.stop_at_end()  # who just watches is told too
    expect(visitor.stage.locator(".verdict")).to_contain_text(says(visitor, NAMES[3], "reveal"))
    expect(visitor.stage.locator(".arrivals i:not([hidden])").first).to_be_attached()


@pytest.mark.parametrize("name, page", [(NAMES[1], "network"), (NAMES[3], "surfaces")])
@pytest.mark.long
def test_the_same_scene_on_its_own_page_and_back(visit, name, page):
    visitor = visit(f"scene={name}", at="lesson")
    row = TELLINGS[name]
    shows(visitor, row.scene)
    try_it(visitor, row.move)
    visitor.page.wait_for_url("**lane=*", wait_until="commit")
    visitor.stage.locator(".leave").click()
    visitor.wait("!('lesson' in data)")
    assert shows(visitor, row.tried) == spec_of(row.tried)
    assert ("/network" in visitor.page.url) == (page == "network")
    visitor.page.get_by_role("link", name=visitor.words("lesson.back")).click()
    visitor.wait("'lesson' in data")
    expect(visitor.stage.get_by_role("heading", level=2)).to_have_text(says(visitor, name, "title"))
    assert shows(visitor, row.tried) == spec_of(row.tried)
    visitor.stage.get_by_role("button", name=visitor.words("lesson.reset")).click()
    visitor.page.wait_for_url(lambda url: "lane=" not in url, wait_until="commit")
    assert shows(visitor, row.scene) == spec_of(row.scene)


def test_a_link_opens_the_scene_that_was_left(play):
    scene = lesson_scene.LessonScene(NAMES[4], TELLINGS[NAMES[4]].tried)
    visitor = play(lesson_scene.scene_query(scene), at="lesson")
    assert shows(visitor, scene.shown) == spec_of(scene.shown)
    expect(visitor.stage.get_by_role("heading", level=2)).to_have_text(says(visitor, NAMES[4], "title"))


@pytest.mark.long
def test_a_wrong_scene_in_the_link_is_named(visit):
    visitor = visit("scene=nowhere", at="lesson")
    expect(visitor.page.get_by_role("alert")).to_contain_text("nowhere")
    expect(visitor.stage.get_by_role("heading", level=2)).to_have_text(says(visitor, NAMES[0], "title"))


def test_pictures_stand_still_where_motion_is_not_wanted(play):
    visitor = play(f"scene={NAMES[2]}", at="lesson", reduced_motion="reduce")
    shows(visitor, TELLINGS[NAMES[2]].scene)
    moving = "[...stage.querySelectorAll('.picture, .picture *')].flatMap((one) => one.getAnimations()).filter((one) => one.playState === 'running').length"
    visitor.wait(f"{moving} === 0")
    lively = play(f"scene={NAMES[2]}", at="lesson", reduced_motion="no-preference")
    shows(lively, TELLINGS[NAMES[2]].scene)
    lively.wait(f"{moving} > 0")


def test_a_remote_control_turns_the_scenes_wherever_the_focus_is(play):
    visitor = play("scene=minibatch", at="lesson")
    shows(visitor, TELLINGS["minibatch"].scene)
    heading = visitor.stage.get_by_role("heading", level=2)
    try_it(visitor, TELLINGS["minibatch"].move)  # the cursor is still in the field
    visitor.press("PageDown")
    expect(heading).to_have_text(says(visitor, "drunk", "title"))
    shows(visitor, TELLINGS["drunk"].scene)
    try_it(visitor, TELLINGS["drunk"].move)  # the slider has the focus
    visitor.press("PageDown")
    expect(heading).to_have_text(says(visitor, "slope", "title"))
    assert shows(visitor, TELLINGS["slope"].scene) == spec_of(TELLINGS["slope"].scene)


def test_what_was_tried_at_the_start_is_played(play):
    visitor = play("scene=slope", at="lesson")
    shows(visitor, TELLINGS["slope"].scene)
    try_it(visitor, TELLINGS["slope"].move)
    shows(visitor, TELLINGS["slope"].tried)
    visitor.stage.get_by_role("button", name=visitor.words("lesson.outcome")).click()
    visitor.wait_for_state("playing", "ended")


@pytest.mark.long
def test_back_from_the_lesson_shows_the_scene_that_was_there(visit):
    row = TELLINGS["slope"]
    visitor = visit("scene=slope", at="lesson")
    shows(visitor, row.scene)
    visitor.stage.locator(".leave").click()
    visitor.wait("!('lesson' in data)")
    shows(visitor, row.scene)
    visitor.page.get_by_role("link", name=visitor.words("lesson.back")).click()
    visitor.wait("'lesson' in data")
    visitor.page.wait_for_url("**/lesson?scene=slope*", wait_until="commit")
    visitor.page.go_back()
    visitor.wait("!('lesson' in data)")
    assert shows(visitor, row.scene) == spec_of(row.scene)
    expect(visitor.page.get_by_role("alert")).to_have_count(0)
