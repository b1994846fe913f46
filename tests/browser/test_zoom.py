"""Zoom and pan on the flat map: by wheel, box, keys and link, down to where float64 ends."""

import numpy as np
import pytest
from playwright.sync_api import expect

from speedup import SURFACES
from tests.browser.pixels import Ground
from tests.browser.shown import SHOWN
from tests.browser.visitor import linked

SCENE = "surface=himmelblau&steps=200&lane=sgd,lr:0.01&lane=adam,lr:0.3"
SMALL = "[...stage.querySelector('.ground').dataset.window.split(',')].map(Number)"


# Presses + and gives what the ground looks like as soon as it is drawn anew and when it is sharp: {columns, the mean colours
# of its parts} each.
COARSE_AND_SHARP = """async (stage) => {
  const canvas = stage.querySelector(".ground canvas"), [across, down] = [12, 8];
  const look = () => {
    const { width, height } = canvas, { data } = canvas.getContext("2d").getImageData(0, 0, width, height);
    const sums = new Float64Array(across * down), counts = new Float64Array(across * down);
    for (let i = 0; i < width * height; i++) {
      const part = Math.floor(((i % width) + 0.5) / width * across) + across * Math.floor((Math.floor(i / width) + 0.5) / height * down);
      sums[part] += data[4 * i] + data[4 * i + 1] + data[4 * i + 2];
      counts[part] += 3;
    }
    return { columns: width, means: Array.from(sums, (sum, part) => sum / counts[part]) };
  };
  const until = async (holds) => { while (!holds()) await new Promise(requestAnimationFrame); };
  document.body.dispatchEvent(new KeyboardEvent("keydown", { key: "+", bubbles: true }));
  await until(() => canvas.dataset.sharp === undefined);
  const coarse = look();
  await until(() => canvas.dataset.sharp !== undefined);
  return [coarse, look()];
}"""


def window(visitor):
    """What the map shows: x0, x1, y0, y1."""
    return visitor.stage.evaluate(f"(stage) => {SMALL}")


def wait_for_side(visitor, low, high):
    """Until a part of the map so wide is drawn sharp."""
    visitor.wait(f"(([x0, x1]) => x1 - x0 > arg[0] && x1 - x0 < arg[1])({SMALL}) && {SHOWN}", [low, high])
    return window(visitor)


def wait_for_window_link(visitor, shown):
    """Until the address has the window that is shown, None: all of the map."""
    visitor.page.wait_for_url(
        lambda url: (
            (found := linked(url))
            and (
                found.window is None
                if shown is None
                else found.window and np.allclose(found.window, shown, rtol=0, atol=1e-3 * (shown[1] - shown[0]))
            )
        ),
        wait_until="commit",
    )


def in_page(visitor, x, y):
    box, (px, py) = visitor.map, Ground(visitor).pixel(x, y)
    return box["x"] + px, box["y"] + py


def place(visitor, px, py):
    """(x, y) at a pixel of the page."""
    box, ground = visitor.map, Ground(visitor)
    right, down = (px - box["x"] - ground.left) / ground.width, (py - box["y"] - ground.top) / ground.height
    return ground.x0 + right * (ground.x1 - ground.x0), ground.y1 - down * (ground.y1 - ground.y0)


def test_wheel_link_keys_and_the_way_back(play):
    visitor = play(SCENE).wait_until_shown().stop_at_end()
    run, mouse, whole = visitor.data("run"), visitor.page.mouse, visitor.control("button", "map.whole")
    expect(whole).to_be_hidden()
    at = tuple(map(round, in_page(visitor, 3.0, 2.0)))  # a mouse is at whole pixels
    held = place(visitor, *at)
    mouse.move(*at)
    for _ in range(8):
        mouse.wheel(0, -100)
    shown = wait_for_side(visitor, 1, 2.2)
    assert in_page(visitor, *held) == pytest.approx(at, abs=1)  # what is under the pointer stays there
    wait_for_window_link(visitor, shown)
    visitor.page.reload()
    visitor.wait_until_shown()
    assert window(visitor) == pytest.approx(shown, abs=1e-3)
    visitor.press("+")
    wait_for_side(visitor, 0.4 * (shown[1] - shown[0]), 0.6 * (shown[1] - shown[0]))
    visitor.press("0")
    assert wait_for_side(visitor, 10, 12) == [-5.5, 5.5, -5.5, 5.5]
    wait_for_window_link(visitor, None)
    visitor.press("+")
    wait_for_side(visitor, 5, 6)
    whole.click()
    wait_for_side(visitor, 10, 12)
    expect(whole).to_be_hidden()
    assert visitor.data("run") == run


@pytest.mark.long
def test_a_box_a_drag_and_a_start_in_it(visit):
    visitor = visit(SCENE).wait_until_shown().stop_at_end()
    run, mouse = visitor.data("run"), visitor.page.mouse
    first, last = in_page(visitor, 2.0, 3.0), in_page(visitor, 4.0, 1.0)
    visitor.page.keyboard.down("Shift")
    mouse.move(*first)
    mouse.down()
    mouse.move(*last, steps=4)
    expect(visitor.stage.locator(".map .box")).to_be_visible()
    mouse.up()
    visitor.page.keyboard.up("Shift")
    shown = wait_for_side(visitor, 1.5, 2.5)
    assert shown == pytest.approx([2, 4, 1, 3], abs=0.05) and visitor.data("run") == run
    expect(visitor.stage.locator(".map .box")).to_be_hidden()
    x, y = in_page(visitor, 3.0, 2.0)
    mouse.move(x, y)
    mouse.down()
    mouse.move(x + 60, y + 30, steps=3)
    mouse.up()
    visitor.wait(f"({SMALL})[0] < arg - 0.1 && {SHOWN}", shown[0])
    assert in_page(visitor, 3.0, 2.0) == pytest.approx((x + 60, y + 30), abs=1) and visitor.data("run") == run
    wait_for_window_link(visitor, window(visitor))
    mouse.click(*in_page(visitor, 2.71828, 1.41421))
    visitor.wait_for_other_run(run)
    assert visitor.race.start == pytest.approx((2.71828, 1.41421), abs=0.006)  # a pixel is 0.004
    visitor.wait_for_link()


@pytest.mark.long
def test_bands_are_drawn_anew_at_any_zoom(play):
    """Around a minimum: higher places are never lighter than lower ones, and there are many shades."""
    name = "rastrigin"
    row, (x, y) = SURFACES[name], SURFACES[name].minima[0]
    for side in (1e-1, 1e-4):
        ends = [x - side, x + side, y - side, y + side]
        visitor = play(f"surface={name}&window={','.join(map(repr, ends))}").wait_until_shown()
        assert window(visitor) == pytest.approx(ends, rel=0, abs=1e-9)
        ground, places = Ground(visitor), np.random.default_rng(1).uniform(-0.95, 0.95, (60, 2)) * side + (x, y)
        losses = np.array([row.kernel(*place, *row.record({})[:2])[0] for place in places])
        light = np.array([ground.colour(*place).sum() for place in places])
        order = np.argsort(losses)
        rises = np.maximum.accumulate(light[order][::-1])[::-1] - light[order]
        assert np.median(rises) < 12 and len(set(light)) > 6, (side, rises)


def test_the_closest_look_is_exact_and_says_so(play):
    """A window of a few thousand float64s: star and start are where their numbers are."""
    x, y, side = 1.0, 1.0, 2e-12
    ends = [x - side, x + side, y - side, y + side]
    visitor = play(
        f"surface=rosenbrock&start={x + side / 2!r},{y - side / 4!r}&steps=3&lane=sgd,lr:1e-6&window={','.join(map(repr, ends))}"
    )
    visitor.wait_until_shown().stop_at_end()
    ground = Ground(visitor)
    for place in (x, y), visitor.race.start:
        project = visitor.stage.evaluate("(stage, place) => stage.querySelector('.map').project(...place)", list(place))
        assert project == pytest.approx(ground.pixel(*place), abs=0.5)
    visitor.press(*"++++++")
    expect(visitor.stage.get_by_text(visitor.words("stage.map.closest"))).to_be_visible()
    visitor.press("0").wait(f"({SMALL})[1] === 2 && {SHOWN}")
    expect(visitor.stage.get_by_text(visitor.words("stage.map.closest"))).to_be_hidden()


@pytest.mark.long
def test_a_bad_window_is_named_and_the_whole_map_shown(visit):
    visitor = visit(f"{SCENE}&window=2,1,0,1").wait_until_shown()
    expect(visitor.page.get_by_role("alert").filter(has_text="window")).to_be_visible()
    assert window(visitor) == [-5.5, 5.5, -5.5, 5.5] and len(visitor.race.lanes) == 2


@pytest.mark.long
def test_another_view_keeps_the_window(play):
    visitor = play(f"{SCENE}&window=2,4,1,3", relief=True).wait_until_shown().stop_at_end()
    visitor.press("v").wait_for_view("3d").press("v").wait_for_view("2d")
    assert window(visitor) == [2, 4, 1, 3]


@pytest.mark.long
def test_coarse_and_sharp_are_equally_bright(play):
    """On a screen with so many pixels no machine draws them all at once."""
    visitor = play("surface=levy13", device_scale_factor=4).wait_until_shown().stop_at_end()
    coarse, sharp = visitor.stage.evaluate(COARSE_AND_SHARP)
    assert coarse["columns"] <= sharp["columns"] / 2
    off = np.abs(np.subtract(coarse["means"], sharp["means"]))
    assert off.max() < 2.5 and off.mean() < 0.5  # of 255
