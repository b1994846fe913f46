"""Scenes of the network page one after the other: lanes fewer or more than before, whatever was looked at."""

from itertools import permutations

import pytest

from speedup.scenes import network_scene
from speedup.scenes.network_scene import SCENES, scene_json

# Hands the stage another scene, as Streamlit would, and looks at its last lane; until its run is drawn.
SHOW = """async ([scene, serial]) => {
  const script = performance.getEntriesByType("resource").map(({ name }) => name).find((name) => name.endsWith("/speedup.js"));
  const stage = document.querySelector("[data-testid=stage]");
  const data = { kind: "network", scene, lang: "en", base: new URL(".", script).href, serial, id: null };
  const parentElement = stage.parentElement;
  speedup("host/mount.js").default({ parentElement, data, setStateValue() {} });
  const same = ({ spec }) => Object.keys(spec).every((name) => JSON.stringify(spec[name]) === JSON.stringify(scene[name]));
  const drawn = () => new Promise(requestAnimationFrame);
  while (!stage.run || !same(stage.run)) await drawn();
  await drawn();
  const last = [...stage.querySelectorAll(".lane")].at(-1);
  last.dispatchEvent(new PointerEvent("pointerover", { bubbles: true, pointerType: "mouse" }));
  await drawn();
  await drawn();
  return [stage.querySelectorAll(".lane").length, stage.querySelectorAll(".lane[data-hovered]").length];
}"""

# A thread that begins some frames late: until then the run of the scene before is on the screen.
LATE = """(() => {
  const { postMessage } = Worker.prototype;
  Worker.prototype.postMessage = function (...what) {
    const wait = (frames) => (frames ? requestAnimationFrame(() => wait(frames - 1)) : postMessage.apply(this, what));
    wait(3);
  };
})()"""


def walk():
    """Names of scenes, one of each kind, in which every one is followed by every other once."""
    kinds = {(len(scene.lanes), scene.run.dataset): name for name, scene in reversed(SCENES.items())}
    names, found = list(kinds.values()), []  # one of those that have as many lanes on the same data
    left = set(permutations(names, 2))
    at = names[0]
    found.append(at)
    while left:
        after = [name for name in names if (at, name) in left]
        at = max(after, key=lambda name: sum(pair[0] == name for pair in left)) if after else next(iter(sorted(left)))[0]
        left.discard((found[-1], at))
        found.append(at)
    return found


@pytest.mark.long
def test_every_kind_of_scene_after_every_other(visit):
    visitor = visit(at="network", prepare=lambda page: page.add_init_script(LATE)).wait_until_trained().wait_for_tools()
    for i, name in enumerate(walk()):
        lanes, hovered = visitor.page.evaluate(SHOW, [scene_json(SCENES[name]), f"serial {i}"])
        assert (lanes, hovered) == (len(SCENES[name].lanes), 1), name
        assert visitor.complaints == [], (walk()[i - 1], name)
    assert network_scene.named(network_scene.NetworkScene(visitor.training)) == name
