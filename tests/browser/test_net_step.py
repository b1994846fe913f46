"""The step instrument of a network: a click into the net's picture picks the weight whose update is shown."""

import pytest
from playwright.sync_api import expect

from speedup import Lane, TrainSpec, anatomy
from tests.browser.test_step_panel import digits

SPEC = TrainSpec(samples=60, hidden=(3,), steps=40, lanes=(Lane("adam", lr=0.01),))
QUERY = "samples=60&hidden=3&steps=40&lane=adam,lr:0.01"
# Pixels of the line that says what the last line of the update came to at every step.
INK = """(stage) => {
  const canvas = [...stage.querySelectorAll("[data-part=update] canvas")].at(-1), { width, height } = canvas;
  return canvas.getContext("2d").getImageData(0, 0, width, height).data.filter((one, i) => i % 4 === 3 && one > 100).length;
}"""
MOVED = "(stage) => [3, 2].map((step) => stage.run.training.weights(0, step)[1]).reduce((after, before) => after - before)"


def test_a_click_on_a_line_shows_that_weight_s_update(play):
    visitor = play(QUERY, at="network").wait_until_trained().stop_at_end()
    stage, picture = visitor.stage, visitor.stage.locator(".net .view")
    box = picture.bounding_box()
    picture.click(position={"x": box["width"] / 3, "y": box["height"] / 2})  # from the input to the unit in the middle
    visitor.press("Home", ".", ".")
    ends = {"from": visitor.words("stage.network.input", name="x"), "to": visitor.words("stage.network.unit", number=2)}
    expect(stage.locator(".finding")).to_contain_text("2 → 3: " + visitor.words("stage.network.weight", layer=1, **ends))
    one = anatomy(SPEC, 0, 2)
    shown = [digits(cell) for cell in stage.locator("[data-part=update] tbody td:not(.past)").all_inner_texts()]
    assert shown == pytest.approx([line.value[1] for line in one.lines[-len(shown) :]], rel=1e-3)
    before = digits(stage.locator("[data-part=before] tbody td").first.inner_text())
    moved = stage.evaluate(MOVED)
    assert moved == pytest.approx(one.move[1], rel=1e-9) and shown[-1] - before == pytest.approx(moved, abs=2e-4)
    visitor.wait("location.search.includes('panel=step') && location.search.includes('weight=2')")
    visitor.wait(f"({INK})(stage) > 100")  # all that was is gone through, a little each frame
    visitor.control("slider", "network.pick").press("ArrowRight")
    expect(stage.locator(".finding")).to_contain_text(visitor.words("stage.network.unit", number=3))
