"""What is dragged on the stage: the run follows the hand, nothing is sent, the address follows on release."""

import numpy as np
import pytest

from tests.browser.pixels import Ground, band_colour

PLACES = [(x, y) for x in (-8.1, -4.7, -1.3, 2.2, 5.6, 9.1) for y in (-6.1, -3.4, -0.8, 1.9, 4.3)]
STEP = 60  # where the playhead stands meanwhile


@pytest.fixture
def visitor(play):
    """In the bare page, the playhead at a step in the middle."""
    return in_the_middle(play())


@pytest.fixture
def in_app(visit):
    """The same in the app."""
    return in_the_middle(visit().wait_until_shown())


def in_the_middle(one):
    """A visitor at the step."""
    one.stop_at_end().control("slider", "playhead").fill(str(STEP))
    return one.wait("data.state === 'paused' && data.step === arg", str(STEP))


def test_a_slider(in_app):
    runs, rate = [in_app.data("run")], in_app.race.lanes[4].hyperparameters["lr"]
    in_app.wait_for_table(in_app.race)
    place = in_app.grip(in_app.slider("Adam", "lr"))
    before = len(in_app.wait_for_tools().sent)
    for share in (0.55, 0.6, 0.65, 0.7):
        in_app.page.mouse.move(*place(share))
        runs.append(in_app.wait_for_other_run(runs[-1]))
        assert in_app.step == STEP and in_app.data("state") == "paused"
    assert len(set(runs)) == len(runs)
    assert in_app.sent[before:] == []
    assert in_app.query == ""
    in_app.page.mouse.up()
    in_app.wait_for_link()
    changed = in_app.race.lanes[4].hyperparameters["lr"]
    assert changed != rate and f"adam,lr:{changed:g}" in in_app.query
    assert in_app.data("run") == runs[-1] and in_app.step == STEP
    in_app.wait_for_table(in_app.race)


RUNS = """async () => {  // a hand says three times within one frame where it is
  const { surfaces } = await speedup("race/surfaces.js");
  const { Stage } = await speedup("stage/stage.js");
  const [own, rates, { draw }] = [surfaces.run, [], Stage.prototype];
  let frames = 0;
  surfaces.run = (view, spec) => rates.push(spec.lanes[0].h.lr) && own(view, spec);
  const slider = document.querySelector("[data-testid=stage] .lane input[type=range]");
  await new Promise(requestAnimationFrame);
  Stage.prototype.draw = function (now) { frames += 1; draw.call(this, now); };
  for (const value of [300, 310, 320]) {
    slider.value = value;
    slider.dispatchEvent(new Event("input", { bubbles: true }));
  }
  const before = rates.length;
  await new Promise(requestAnimationFrame);
  await new Promise(requestAnimationFrame);
  [surfaces.run, Stage.prototype.draw] = [own, draw];
  const { run } = document.querySelector("[data-testid=stage]");
  return { before, rates, frames, shown: run.spec.lanes[0].h.lr };
}"""


def test_a_run_for_every_frame_and_no_more(visitor):
    """A mouse reports more than once in a frame that is late: the last place counts."""
    found = visitor.page.evaluate(RUNS)
    assert found["before"] == 0
    assert found["rates"] == [found["shown"]]
    assert found["frames"] == 1, "the frame that computes it draws it"


def test_a_slider_while_playing(visitor):
    """Dragging does not begin the race again."""
    visitor.control("combobox", "speed").select_option("0.25")
    visitor.press("Space").wait("data.state === 'playing' && data.step > arg", STEP + 2)
    place = visitor.grip(visitor.slider("Momentum", "lr"))
    run, step = visitor.data("run"), visitor.step
    for share in (0.6, 0.65):
        visitor.page.mouse.move(*place(share))
        run = visitor.wait_for_other_run(run)
        assert visitor.data("state") == "playing" and visitor.step >= step
    visitor.page.mouse.up()
    visitor.wait_for_link().wait("data.state === 'playing' && data.step > arg", step)


def test_a_surface_parameter(visitor):
    """Paths and map bend at once, and nobody is asked."""
    run, ground = visitor.data("run"), Ground(visitor)
    name = visitor.words("stage.parameters.angle")
    place = visitor.grip(visitor.stage.get_by_role("slider", name=name, exact=True))
    before = len(visitor.wait_for_tools().sent)
    for share in (0.6, 0.7, 0.75):
        visitor.page.mouse.move(*place(share))
        run = visitor.wait_for_other_run(run)
        params = dict(visitor.race.params)
        off = [np.abs(ground.colour(*at) - band_colour("long_valley", params, at, "light")).max() for at in PLACES]
        assert sum(one <= 1 for one in off) >= 0.7 * len(PLACES), (params, off)  # the others are on a line
        assert visitor.step == STEP and "surface=" not in visitor.query
    assert visitor.sent[before:] == []
    visitor.page.mouse.up()
    visitor.wait_for_link().wait_until_shown()


def middle(locator):
    box = locator.bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def test_the_start(visitor):
    run, ring = visitor.data("run"), visitor.control("button", "start_handle")
    x, y = middle(ring)
    visitor.page.mouse.move(x, y)
    visitor.page.mouse.down()
    before = len(visitor.wait_for_tools().sent)
    for dx, dy in ((60, -20), (120, 40)):
        visitor.page.mouse.move(x + dx, y + dy)
        run = visitor.wait_for_other_run(run)
        assert middle(ring) == pytest.approx((x + dx, y + dy), abs=1)
        assert visitor.step == STEP
    assert visitor.sent[before:] == [] and "surface=" not in visitor.query
    visitor.page.mouse.up()
    visitor.wait_for_link()
    assert visitor.data("run") == run
    box = visitor.map  # a click sets it too
    x, y = box["x"] + 0.7 * box["width"], box["y"] + 0.3 * box["height"]
    visitor.page.mouse.click(x, y)
    visitor.wait_for_other_run(run)
    assert middle(ring) == pytest.approx((x, y), abs=1)
    visitor.wait_for_link()
    assert visitor.step == STEP


def test_what_is_sent_and_answered_while_a_slider_is_held_leaves_it_alone(visitor):
    """What it stands at meanwhile is nobody's wish yet: it isn't sent, so no answer can bring it back."""
    before, rate = visitor.data("run"), visitor.race.lanes[4].hyperparameters["lr"]
    visitor.slider("Momentum", "lr").focus()
    with visitor.page.expect_request("**/api/scene*") as sent:  # a quarter of a second after the key
        visitor.press("ArrowUp")
        place = visitor.grip(visitor.slider("Adam", "lr"))
        visitor.page.mouse.move(*place(0.55))
        visitor.wait("stage.run.spec.lanes[4].h.lr !== arg", rate)
    assert sent.value.post_data_json["scene"]["lanes"][4]["h"]["lr"] == rate
    held = visitor.data("run")
    visitor.page.wait_for_url("**lane=momentum*")
    assert visitor.data("run") == held != before
    visitor.page.mouse.move(*place(0.7))
    run = visitor.wait_for_other_run(held)
    visitor.page.mouse.up()
    visitor.wait_for_link()
    assert visitor.data("run") == run and visitor.race.lanes[4].hyperparameters["lr"] != rate
