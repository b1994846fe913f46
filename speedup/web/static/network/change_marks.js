/** Marks on the curves where a knob was turned; a press takes the change away. */
import { button, el, put } from "../base/dom.js";
import { laneColour, laneLabel, plain } from "../draw/format.js";

/** {element, sync(), frame(t)}: laid over the loss chart, whose geometry is `stage.shared.plot`. */
export function createTurns(stage) {
  const element = el("div", { class: "turns" });
  let drawn = "";
  let passed = -1;
  const remove = (index) => stage.change((spec) => spec.changes.splice(index, 1));
  const sync = () => {
    const plot = stage.shared.plot;
    const { kind, run, spec } = stage;
    if (kind.fingerprint(run.spec) !== kind.fingerprint(spec)) return; // the run of other lanes is still shown
    const { changes } = spec;
    const places = plot ? changes.map(([step, lane]) => [plot.x(step, lane), placeOf(plot, lane, step)]) : [];
    const now = JSON.stringify([changes, places, stage.theme, stage.spec.lanes.map(({ on }) => on)]);
    if (now === drawn) return;
    drawn = now;
    element.replaceChildren(...places.map(([x, y], i) => createMark(stage, changes[i], x, y, () => remove(i))));
  };
  const frame = (t) => {
    // sliders show what is in force at the playhead
    const count = stage.spec.changes.filter(([step]) => step <= t).length;
    if (count !== passed && !stage.dragging) stage.refresh();
    passed = count;
  };
  return { element, sync, frame };
}

/** How high on the chart the mark of a change at a step of a lane stands, in pixels. */
export function placeOf(plot, lane, step) {
  const y = plot.y(plot.losses[lane]?.[step] ?? NaN);
  return Number.isFinite(y) ? Math.min(plot.bottom, Math.max(plot.top + plot.size * 0.85, y)) : plot.bottom;
}

function createMark(stage, [step, lane, name, value], x, y, onclick) {
  const { symbol } = stage.tables.optimizers[stage.spec.lanes[lane].optimizer].hyperparameters.find((row) => row.name === name);
  const label = stage.words("stage.network.turned", { lane: laneLabel(stage, lane), name: symbol, value: plain(value), step });
  const mark = button(
    { class: "turned", title: label, "aria-label": label, onclick },
    el("span", null, `${symbol} ${plain(value)}`),
  );
  mark.style.translate = `${x}px ${y}px`;
  put(mark, "data-low", y < stage.shared.plot.top + 3 * stage.shared.plot.size); // no room for its words above it
  mark.style.setProperty("--lane", laneColour(stage, lane));
  put(mark, "hidden", !stage.spec.lanes[lane].on);
  return mark;
}
