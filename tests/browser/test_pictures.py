"""The lesson's pictures: each is whole without motion, moves, and rests for those who want no movement."""

import pytest

# Puts all pictures over the page, in a large and a small size, and says what there is to say of each.
SHOW = """(motionless) => {
  const stage = document.querySelector("[data-testid=stage]");
  const { NAMES, picture } = speedup("lesson/pictures.js");
  const wall = document.createElement("div");
  wall.style.cssText = "position: fixed; inset: 0; z-index: 9999999; display: flex; flex-wrap: wrap";
  if (motionless) wall.dataset.noMotion = "";
  stage.append(wall);
  for (const name of [...NAMES, ...NAMES]) {
    const box = document.createElement("div");
    box.style.cssText = "width: 300px; height: 150px";
    box.append(picture(name, `label of ${name}`));
    wall.append(box);
  }
  const shapes = "path, ellipse, circle, rect";
  return [...wall.querySelectorAll("svg")].map((one) => {
    const box = one.getBoundingClientRect();
    const drawn = [...one.querySelectorAll(shapes)].filter((shape) => !shape.closest("mask"));
    const outside = drawn.filter((shape) => Array.from({ length: 24 }, (_, i) =>
      shape.getPointAtLength((i / 24) * shape.getTotalLength()).matrixTransform(shape.getScreenCTM()))
      .some(({ x, y }) => x < box.left || x > box.right || y < box.top || y > box.bottom));
    return { label: one.ariaLabel, role: one.getAttribute("role"), text: one.textContent, drawn: drawn.length,
      outside: outside.map((shape) => shape.outerHTML), ids: [...one.querySelectorAll("[id]")].map((node) => node.id),
      moving: document.getAnimations().filter((motion) => one.contains(motion.effect.target)).length };
  });
}"""
NAMES = ["slow", "minibatch", "drunk", "slope", "shoes", "both", "adam", "which"]


@pytest.fixture
def show(play):
    """show(motionless, **how): what SHOW says."""

    def say(motionless, **how):
        return play(**how).page.evaluate(SHOW, motionless)

    return say


def test_every_picture_is_whole_and_still_where_movement_is_unwanted(show):
    pictures = show(False, reduced_motion="reduce")
    assert [one["label"] for one in pictures] == [f"label of {name}" for name in NAMES] * 2
    for one in pictures:
        assert one["role"] == "img" and one["text"] == "" and one["drawn"] > 20, one["label"]
        assert one["outside"] == [] and one["moving"] == 0, one["label"]
    ids = [name for one in pictures for name in one["ids"]]
    assert len(ids) == len(set(ids)) > 0


@pytest.mark.long
def test_every_picture_moves_unless_told_to_be_still(show):
    assert all(one["moving"] > 5 for one in show(False))
    assert not any(one["moving"] for one in show(True))
