"""How a step is drawn on the flat map, read from what a pen is told: thickness of its arrows, the ellipse of rates."""

import pytest

from speedup import Lane, RaceSpec, anatomy
from speedup.scenes.surfaces_scene import Scene, scene_json
from tests.modules import evaluate

SPEC = RaceSpec("beale", steps=9, lanes=(Lane("adam", lr=0.05),))
SCALE = 40.0, -70.0  # pixels for a unit of the map

DRAWN = """(async () => {
  const { loadTables } = await import("./base/load.js");
  const { loadKernels } = await import("./model/kernels.js");
  const { FlatMap } = await import("./race/flat_map.js");
  const { tables } = await loadTables("held:/", "en");
  const kernels = await loadKernels("held:/", tables);
  const camera = { rect: { left: 0, right: 900, top: 0, bottom: 500 }, scale: arg.scale, projectAll: (_, n, out) => out.splice(0, 2, 9, 9) };
  const still = Object.defineProperty(Object.create(FlatMap.prototype), "camera", { value: camera });
  const draw = (lit) => {
    const calls = [];
    const pen = new Proxy({}, {
      get: (_, name) => (...values) => { calls.push([name, ...values]); return { width: 10 }; },
      set: () => true,
    });
    const colours = { text: "#000000", background: "#ffffff", line: "#888888", faint: "#666666" };
    const stage = { panel: "step", hovered: -1, chosen: 0, run: kernels.race(arg.scene), kernels, step: 4, spec: arg.scene, tables,
      theme: "light", colours, projector: { on: false, bold: 1 }, shared: { lit }, words: (key) => key };
    it.drawStepArrows(pen, stage, { still, trails: { lanes: [] }, box: { size: 10, family: "serif" } });
    const thick = calls.flatMap(([name, ...at], i) => (name === "moveTo" && calls[i - 1][0] === "beginPath" && calls[i - 2]?.[0] === "rotate" ? [-2 * at[1]] : []));
    return { thick, ellipses: calls.filter(([name]) => name === "ellipse") };
  };
  return [draw(null), draw("step"), draw("gradient"), draw("momentum")];
})()"""


def test_the_arrow_that_is_lit_is_thicker_and_the_ellipse_has_the_rates_proportion():
    plain, *lit = evaluate("race/step_arrows", DRAWN, {"scene": scene_json(Scene(SPEC)), "scale": SCALE})
    assert len(plain["thick"]) == 3
    for one, which in zip(lit, (2, 0, 1)):  # they are drawn in the order gradient, momentum, step
        wanted = [thick * (1.7 if i == which else 1) for i, thick in enumerate(plain["thick"])]
        assert one["thick"] == pytest.approx(wanted)
    [[_, x, y, across, upwards, *_]] = plain["ellipses"]
    one = anatomy(SPEC, 0, 4)
    values = {line.name: line.value for line in one.lines}
    rates = 0.05 / (values["v_hat"] ** 0.5 + 1e-8) * (1 - 0.9) / (1 - 0.9**5)  # what today's gradient moves: no past in it
    assert (x, y) == (0, 0) and max(across, upwards) == pytest.approx(22)  # 2.2 em
    assert across / upwards == pytest.approx(rates[0] * 40 / (rates[1] * 70), rel=1e-6)


@pytest.mark.parametrize(
    "trails, above", [([], False), ([[250, 490]], True), ([[10, 490, 495]], True), ([[10, 20, 490]], False), ([[250]], False)]
)
def test_its_key_stands_where_there_is_less_of_the_trails_and_no_name_goes_there(trails, above):
    code = """(() => {
      const pen = { measureText: () => ({ width: 300 }), strokeText() {}, fillText() {}, save() {}, restore() {} };
      const lanes = arg.map((heights) => ({ on: true, points: { n: heights.length }, pixels: heights.flatMap((y) => [0, y]) }));
      lanes.push({ on: false, points: { n: 2 }, pixels: [0, 495, 0, 495] });
      const key = ["a", "b", "c"].map((text) => ({ text, tone: { text: "", rim: "" } }));
      return it.drawKey(pen, key, { left: 0, right: 700, top: 0, bottom: 500 }, { size: 10, family: "serif" }, lanes);
    })()"""
    places = evaluate("race/step_key", code, trails)
    assert [one["left"] for one in places] == [6, 318, 6]  # 0.6 em from the edge, 1.2 apart; the third has a line of its own
    assert [one["right"] - one["left"] for one in places] == [300] * 3
    middles = [(one["top"] + one["bottom"]) / 2 for one in places]
    assert middles == pytest.approx([9, 9, 23] if above else [477, 477, 491])
    assert all(one["text"] for one in places)
