"""Where labels.js puts the names on the map, without a page: Node runs it."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.modules import NODE

LABELS = Path(__file__).resolve().parent.parent / "speedup" / "web" / "static" / "draw" / "labels.js"
BEGIN = """
import { Places, place, square } from "./labels.mjs";
const [seed, ...spot] = JSON.parse(process.argv[2]);
let state = seed;
const random = () => (state = (state * 16807) % 2147483647) / 2147483647 - 0.5;
const [rect, size, memory] = [{ left: 40, top: 0, right: 600, bottom: 420 }, 14, new Places()];
"""

# Five names whose points run through a minimum and its word, as balls do that arrive, while it plays: how many frames
# show each pair of texts one over the other, and how often a text has gone elsewhere.
RUN = """
const runs = Array.from({ length: 5 }, () => [300 * random(), 200 * random(), 0.01 + 0.02 * Math.abs(random())]);
const meet = (a, b) => a.x < b.x + b.width && b.x < a.x + a.width && Math.abs(a.y - b.y) < 0.8 * (a.height + b.height) / 2;
let [met, moves, before] = [[], 0, new Map()];
for (let frame = 0; frame < 300; frame += 1) {
  const labels = runs.map(([x, y, speed], key) => {
    const rest = Math.exp(-speed * frame);
    return { key, at: [300 + x * rest * Math.cos(frame / 20), 200 + y * rest * Math.cos(frame / 30)], width: 75, height: 19 };
  });
  const word = { key: "star", at: [300, 200], width: 64, height: 18, optional: true };
  place([...labels, word], [...labels.map(({ at }) => square(at, 7)), square([300, 200], 8)], memory, { rect, size, now: 16 * frame });
  const texts = [...labels, word].filter(({ shown }) => shown);
  texts.forEach((one, i) => texts.slice(0, i).forEach((other) => meet(one, other) && met.push([frame, one.key, other.key])));
  for (const { key, side, x, y, at } of texts) {
    const now = [side, Math.round(x - at[0]), Math.round(y - at[1])].join();
    moves += before.has(key) && before.get(key) !== now;
    before.set(key, now);
  }
}
console.log(JSON.stringify({ met, moves }));
"""


# Seven names about points that tremble around a place, for some frames: per frame what is wrong, and where they are.
WALK = """
const [[x, y], seen] = [spot, []];
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
console.log(JSON.stringify(seen));
"""


@pytest.fixture
def walk(tmp_path):
    """walk(script, seed, …) -> what a script says that has labels.js."""
    shutil.copy(LABELS, tmp_path / "labels.mjs")

    def run(script, *arguments):
        (tmp_path / "run.mjs").write_text(BEGIN + script, "utf-8")
        done = subprocess.run([NODE, tmp_path / "run.mjs", json.dumps(arguments)], capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    return run


@pytest.mark.parametrize("seed", range(1, 9))
def test_no_text_lies_over_another_while_it_plays(seed, walk):
    told = walk(RUN, seed)
    assert told["met"] == []
    assert told["moves"] <= 60  # of 5 names in 300 frames


@pytest.mark.parametrize("spot", [(300, 200), (598, 200), (42, 418), (300, 2)])
def test_names_hide_nothing_stay_inside_and_do_not_flicker(spot, walk):
    for seed in range(1, 6):
        frames = walk(WALK, seed, *spot)
        assert all(frame["out"] == 0 for frame in frames)
        assert frames[0]["met"] == 0 and frames[-1]["met"] == 0
        moves = sum(a != b for one, next_ in zip(frames, frames[1:]) for a, b in zip(one["places"], next_["places"]))
        assert moves <= 12  # of 7 names in 120 frames
