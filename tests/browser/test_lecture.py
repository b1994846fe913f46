"""What the lesson's lecture keeps in sight and in mind: the question, the answer, what is to be tried."""

import pytest
from playwright.sync_api import expect

from speedup.scenes.lesson import TELLINGS
from speedup.words import i18n
from tests.answers import answer, lowest
from tests.browser.stages import DRAWN
from tests.browser.test_take_away import take
from tests.browser.test_telling import guess, says, shows, spec_of


@pytest.mark.long
def test_another_language_keeps_the_guess_and_the_outcome(visit):
    visitor = visit("scene=slope", at="lesson")
    shows(visitor, TELLINGS["slope"].scene)
    guess(visitor, "slope", 0)
    visitor.stage.get_by_role("button", name=visitor.words("lesson.outcome")).click()
    visitor.page.get_by_text(i18n.text("zh", "page.language_name"), exact=True).click()
    visitor.lang = "zh"
    expect(visitor.stage.locator(".words")).to_have_text(says(visitor, "slope", "words"))
    expect(visitor.stage.locator(".guess").first).to_have_attribute("aria-pressed", "true")
    expect(visitor.stage.locator(".question")).to_have_attribute("data-verdict", "wrong")
    expect(visitor.stage.locator(".verdict")).to_contain_text(says(visitor, "slope", "reveal"))
    expect(visitor.stage.locator(".outcome")).to_have_text(says(visitor, "slope", "outcome"))
    for key, at in (("PageDown", "shoes"), ("PageUp", "slope")):  # whoever comes back guesses anew
        visitor.press(key)
        expect(visitor.stage.locator(".words")).to_have_text(says(visitor, at, "words"))
    expect(visitor.stage.locator(".verdict")).to_have_text(visitor.words("lesson.guess"))


PANEL = {"hyper": ".lane[data-lane='{}']", "param": ".parameters"}  # where the panel has what is to be moved


def value_of(row):
    """What to type into the field of the slider that a Telling wants moved."""
    kind, *where, _ = row.move
    values = row.tried.race.params if kind == "param" else row.tried.lanes[where[0]].hyperparameters
    return f"{values[where[-1]]:g}"


def in_sight(visitor, *names):
    """Waits until each of these elements is whole within the window and whatever scrolls around it; returns the last."""
    for name in names:
        found = visitor.stage.locator(name).first
        expect(found).to_be_in_viewport(ratio=0.99)
    return found


@pytest.mark.parametrize(
    "size, projector, lang",
    [((1280, 720), False, "en"), ((1280, 720), True, "zh"), ((1920, 1080), False, "zh"), ((1920, 1080), True, "en")],
)
@pytest.mark.long
def test_what_is_asked_and_tried_is_in_sight(play, size, projector, lang):
    """Before the guess all of the lecture is; later on what gives way says that there is more of it."""
    visitor = play(f"lang={lang}" + "&projector=1" * projector, at="lesson", size=size, lang=lang, reduced_motion="reduce")
    for i, (name, row) in enumerate(TELLINGS.items()):
        if i:
            visitor.press("PageDown")
        expect(visitor.stage.get_by_role("heading", level=2)).to_have_text(says(visitor, name, "title"))
        expect(visitor.stage.locator(".words")).to_have_text(says(visitor, name, "words"))
        shows(visitor, row.scene)
        telling = visitor.stage.locator(".telling")
        in_sight(visitor, ".guesses", ".verdict")
        assert telling.evaluate("(node) => node.scrollHeight - node.clientHeight") <= 2
        guess(visitor, name, answer(row))
        expect(in_sight(visitor, ".guesses", ".attempt p", ".verdict")).to_contain_text(says(visitor, name, "reveal"))
        panel = ".attempt .move" if projector else PANEL[row.move[0]].format(row.move[1])
        told = visitor.data("run")
        in_sight(visitor, f"{panel} .slider[data-name='{row.move[-2]}'] input:not([type=range])").fill(value_of(row))
        visitor.press("Enter")
        visitor.wait_for_other_run(told)
        assert shows(visitor, row.tried) == spec_of(row.tried)
        visitor.stage.get_by_role("button", name=visitor.words("lesson.outcome")).click()
        expect(in_sight(visitor, ".verdict", ".outcome")).to_have_text(says(visitor, name, "outcome"))
        more = telling.evaluate("(node) => node.scrollHeight > node.clientHeight + 2")
        expect(visitor.stage.locator(".telling[data-more]")).to_have_count(int(more))


def test_by_samples_both_lanes_are_shown_up_to_what_both_have_seen(play):
    row = TELLINGS["minibatch"]
    visitor = play("scene=minibatch", at="lesson", prepare=lambda page: page.add_init_script(f"({DRAWN})()"))
    shows(visitor, row.scene)
    visitor.stop_at_end()
    losses = [visitor.words("stage.loss", loss=f"{loss:#.3g}") for loss in lowest(row.scene)]
    expect(visitor.stage.locator(".lane .status")).to_have_text(losses)
    visitor.wait("written.has('20000')")
    assert not visitor.page.evaluate("[...written.keys()].filter((text) => Number(text) > 24000)")


@pytest.mark.long
def test_a_file_is_called_after_the_scene(visit):
    visitor = visit("scene=slope", at="lesson")
    shows(visitor, TELLINGS["slope"].scene)
    visitor.stop_at_end()
    assert take(visitor, "numbers")[0] == "speedup-slope.csv"
