"""The names on the map: where labels.js puts them."""

import pytest

# Seven names about points that tremble around a place, for some frames: per frame what is wrong, and how many moved.
WALK = """async ([seed, x, y]) => {
  const names = performance.getEntriesByType("resource").map(({ name }) => name);
  const { place, square } = await import(names.find((name) => name.endsWith("/labels.js")));
  let state = seed;
  const random = () => (state = (state * 16807) % 2147483647) / 2147483647 - 0.5;
  const [rect, size, memory, seen] = [{ left: 40, top: 0, right: 600, bottom: 420 }, 14, new Map(), []];
  const points = Array.from({ length: 7 }, () => [x + 150 * random(), y + 150 * random()]);
  const inside = ([x, y]) => [Math.min(600, Math.max(40, x)), Math.min(420, Math.max(0, y))];
  const meet = (a, b) => a.left < b.right - 2 && b.left < a.right - 2 && a.top < b.bottom - 2 && b.top < a.bottom - 2;
  for (let frame = 0; frame < 120; frame += 1) {
    const labels = points.map(([x, y], key) =>
      ({ key, at: inside([x + 2 * random(), y + 2 * random()]), width: 75, height: 19 }));
    const balls = labels.map(({ at }) => square(at, 7));
    place(labels, balls, memory, { rect, size, now: 16 * frame });
    const boxes = labels.map(({ x, y }) => ({ left: x, right: x + 75, top: y - 9.5, bottom: y + 9.5 }));
    seen.push({
      out: boxes.filter(({ left, right, top, bottom }) => left < 40 || right > 600 || top < 0 || bottom > 420).length,
      met: boxes.filter((box, i) => [...balls, ...boxes.slice(0, i)].some((other) => meet(box, other))).length,
      places: labels.map(({ x, y, at }) => [Math.round(x - at[0]), Math.round(y - at[1])].join()),
    });
  }
  return seen;
}"""


@pytest.mark.parametrize("spot", [(300, 200), (598, 200), (42, 418), (300, 2)])
def test_names_hide_nothing_stay_inside_and_do_not_flicker(visit, spot):
    page = visit().wait_until_shown().page
    for seed in range(1, 6):
        frames = page.evaluate(WALK, [seed, *spot])
        assert all(frame["out"] == 0 for frame in frames)
        assert frames[0]["met"] == 0 and frames[-1]["met"] == 0
        moves = sum(a != b for one, next_ in zip(frames, frames[1:]) for a, b in zip(one["places"], next_["places"]))
        assert moves <= 12  # of 7 names in 120 frames
