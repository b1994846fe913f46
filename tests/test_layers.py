"""Drawings over each other of which only what has changed is drawn again, in Node, on canvases that remember what was drawn."""

import random

from tests.modules import evaluate

# drawn(steps): each step is the version of every layer. Gives [what the canvas shows, how many layers were drawn] after each.
DRAWN = """(() => {
  const canvas = () => {
    const own = { shows: [] };
    own.pen = {
      canvas: own, save() {}, restore() {}, resetTransform() {}, setTransform() {}, getTransform() {},
      clearRect: () => (own.shows = []),
      drawImage: (sheet) => own.shows.push(...sheet.shows),
    };
    return Object.defineProperties(own, {
      width: { get: () => 300, set: () => (own.shows = []) },
      height: { get: () => 100, set() {} },
      getContext: { value: () => own.pen },
    });
  };
  globalThis.document = { createElement: canvas };
  const [page, draw] = [canvas(), it.createLayers()];
  let count = 0;
  return arg.map((versions) => {
    const layers = versions.map((version, i) => ({
      of: [version],
      draw: (pen) => { pen.canvas.shows.push([i, version]); count += 1; },
    }));
    count = 0;
    draw(page.pen, layers);
    return [page.shows, count];
  });
})()"""


def test_what_is_shown_is_what_all_layers_drawn_anew_would_be():
    rng = random.Random(5)
    steps, versions = [], [0] * 5
    for _ in range(200):
        if rng.random() < 0.1:
            versions = [0] * rng.randrange(8)
        versions = [version + (rng.random() < 0.3) for version in versions]
        steps.append(list(versions))
    for versions, (shown, _) in zip(steps, evaluate("draw/layers", DRAWN, steps), strict=True):
        assert shown == [[i, version] for i, version in enumerate(versions)]


def test_only_what_changes_is_drawn_while_it_does():
    steps = [[0, 0, 0, 0], *([0, 0, n, 0] for n in range(1, 6))]
    assert [count for _, count in evaluate("draw/layers", DRAWN, steps)] == [4, 4, 1, 1, 1, 1]
    assert [count for _, count in evaluate("draw/layers", DRAWN, [[3, 4]] * 3)] == [2, 0, 0]


def test_things_differ_if_one_of_them_is_another_or_has_another_number_in_it():
    told = """(() => {
      const [differs, numbers, none] = [it.createDiffers(), Float64Array.of(1, NaN), it.createDiffers()];
      const first = [differs(1, "a", numbers), differs(1, "a", numbers), differs(1, "a", Float64Array.of(1, NaN))];
      numbers[0] = 2; // as a kernel writes into it
      return [...first, differs(1, "a", numbers), differs(1, "b", numbers), differs(1, "b"), differs(1, {}), none(), none()];
    })()"""
    assert evaluate("base/differs", told) == [True, False, False, True, True, True, True, True, False]
