"""Where everything stands: the boxes of all parts of every page and scene are those stored in layout.json.

Boxes and colours, and no pixels: they survive another font. `make pictures` stores them anew, with a picture of each
view to look at in tests/browser/changed, where a view that fails leaves its picture too.
"""

import json
import os
from pathlib import Path

import pytest

from speedup.scenes.lesson import TELLINGS
from tests.browser.stages import STAGES

HERE = Path(__file__).resolve().parent
FILE, CHANGED = HERE / "layout.json", HERE / "changed"
RENEW = os.environ.get("RENEW") == "1"
NEAR = 0.025  # of the window's side: as much as other letters move things
PLACES = {
    **{name: (at or "surfaces", query) for name, (at, query) in STAGES.items() if "3d" not in query},
    **{f"lesson {name}": ("lesson", f"scene={name}") for name in TELLINGS},
}
SHAPES = {
    "light": {}, "dark": {"color_scheme": "dark"}, "phone": {"size": (390, 844)}, "projector": {"projector": True},
}  # fmt: skip
PARTS = ".map, .fit, .net, .transport, .chart, .lanes, .legend, .looks, .lecture, .telling, .tools-bar, .question, .attempt"
# {"parts": {class: [left, top, right, bottom] in shares of the window}, "colours": [page, text], "beyond": whether it scrolls sideways}
BOXES = """(parts) => {
  const found = {};
  for (const node of document.querySelectorAll(`[data-testid=stage] :is(${parts})`)) {
    const { left, top, right, bottom, width, height } = node.getBoundingClientRect();
    if (!width || !height || !node.checkVisibility()) continue;
    const shares = [left / innerWidth, top / innerHeight, right / innerWidth, bottom / innerHeight];
    found[node.classList[0]] ??= shares.map((share) => Number(share.toFixed(3)));
  }
  const { color } = getComputedStyle(document.querySelector("[data-testid=stage]"));
  const colours = [getComputedStyle(document.body).backgroundColor, color];
  return { parts: found, colours, beyond: document.documentElement.scrollWidth > innerWidth };
}"""


def stored():
    """The layouts as they are kept: {view: what BOXES gives}."""
    return json.loads(FILE.read_text("utf-8")) if FILE.exists() else {}


def keep(name, seen):
    """Stores a view anew."""
    text = json.dumps(stored() | {name: seen}, indent=1, sort_keys=True)
    FILE.write_text(text + "\n", "utf-8")


def differences(seen, wanted):
    """What stands elsewhere, looks different, or is not there, in words."""
    ours, theirs = seen["parts"], wanted["parts"]
    found = [f"{part} is {'gone' if part in theirs else 'new'}" for part in ours.keys() ^ theirs.keys()]
    for part in ours.keys() & theirs.keys():
        if any(abs(one - other) > NEAR for one, other in zip(ours[part], theirs[part], strict=True)):
            found.append(f"{part} at {ours[part]}, was at {theirs[part]}")
    return found + [f"{key}: {seen[key]}, was {wanted[key]}" for key in ("colours", "beyond") if seen[key] != wanted[key]]


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("place", PLACES)
def test_everything_stands_where_it_stood(play, place, shape):
    (at, query), how = PLACES[place], dict(SHAPES[shape])
    if how.pop("projector", False):
        query = "&".join(filter(None, [query, "projector=1"]))
    visitor = play(query, at=at, reduced_motion="reduce", **how)
    seen, name = visitor.page.evaluate(BOXES, PARTS), f"{place}, {shape}"
    wanted = stored().get(name)
    found = differences(seen, wanted) if wanted else ["not stored yet"]
    if found:
        CHANGED.mkdir(exist_ok=True)
        visitor.page.screenshot(path=CHANGED / f"{name}.png")
    if RENEW:
        keep(name, seen)
    else:
        assert not found, "; ".join(found) + " (make pictures stores it anew)"


def test_a_moved_part_would_be_found():
    wanted = {"parts": {"map": [0, 0.1, 0.6, 0.7]}, "colours": ["white", "black"], "beyond": False}
    assert differences(wanted, wanted) == []
    assert len(differences(wanted | {"parts": {"map": [0, 0.15, 0.6, 0.7], "chart": [0, 0, 1, 1]}}, wanted)) == 2
    assert differences(wanted | {"colours": ["white", "grey"], "beyond": True}, wanted) != []
