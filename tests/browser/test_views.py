"""The map from above and in relief: trails lie on the surface, wherever one looks from."""

import pytest

from tests.browser.pixels import CLOSE, MAP, Trail

HALF = 0.25  # of a marker's pixels: the surface hides the lower half of those that lie on it
FAINT = 100  # of 255: how far a hidden trail's colour is off at least


def check(trail, hidden=()):
    """The trail is seen where the map has its points, faintly where the surface hides those."""

    def holds(seen):
        sight = [i not in hidden for i in range(len(seen))]
        right = [off < CLOSE if clear else off > FAINT for clear, (off, _) in zip(sight, seen)]
        return [share > HALF for _, share in seen] == sight and all(right)

    seen = trail.settled(holds)
    assert holds(seen), seen


@pytest.mark.long
def test_trails_lie_on_the_surface(play):
    """A path down the wall at the back, which is in full sight."""
    visitor = play("surface=matyas&start=-7,8&steps=60&lane=sgd,lr:0.2&view=2d", relief=True)
    visitor.wait_until_shown().stop_at_end()
    start, mouse, trail = visitor.spec["start"], visitor.page.mouse, Trail(visitor, (2, 3, 4, 5, 6))
    box = visitor.map
    x, y = box["x"] + 0.35 * box["width"], box["y"] + 0.6 * box["height"]
    check(trail)
    with trail.moving():
        mouse.move(x, y)
        mouse.wheel(0, -150)
    check(trail)
    mouse.move(x, y)
    with trail.moving():
        mouse.down()
        mouse.move(x + 40, y - 25, steps=3)
        mouse.up()
    check(trail)
    visitor.press("v").wait_for_view("3d")
    check(trail)
    mouse.move(x, y)
    with trail.moving():
        mouse.down()
        mouse.move(x - 40, y + 20, steps=3)
        mouse.up()
    check(trail)
    visitor.press("v").wait_for_view("2d")
    check(trail)
    assert visitor.spec["start"] == start  # a drag of the map is no click


@pytest.mark.long
def test_what_a_ridge_hides_is_drawn_faint(play):
    """Seen from low above the saddle: the path goes down on its far side."""
    visitor = play("surface=saddle&start=-1.6,0.01&steps=80&lane=sgd,lr:0.04&view=3d")
    visitor.wait_until_shown().stop_at_end()
    trail = Trail(visitor, (8, 14, 58, 62, 66))
    with trail.moving():
        eye = {"scene.camera.eye": {"x": 0.3, "y": -2.4, "z": 0.45}}
        visitor.stage.evaluate(f"(stage, eye) => {{ {MAP} return Plotly.relayout(map, eye); }}", eye)
    check(trail, hidden=(2, 3, 4))
