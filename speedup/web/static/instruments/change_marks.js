/** Marks on the curves where a hyperparameter was changed; a press takes the change away. */
import { button, el, put } from "../base/dom.js";
import { laneColour, laneLabel, plain } from "../draw/format.js";

/**
 * Lays the marks over a chart.
 *
 * @param {TrainView} view
 * @param {() => Plot | null} plotNow  the chart's
 */
export function createChangeMarks(view, plotNow) {
  const element = el("div", { class: "changes" });
  let drawn = "";
  let passed = -1;
  const remove = (/** @type {number} */ index) => view.change((spec) => spec.changes.splice(index, 1));
  const sync = () => {
    const { kind, run, spec } = view;
    const plot = plotNow();
    if (kind.fingerprint(run.spec) !== kind.fingerprint(spec)) return; // the run of other lanes is still shown
    const { changes } = spec;
    const places = plot ? changes.map(([step, lane]) => [plot.x(step, lane), placeOf(plot, lane, step)]) : [];
    const now = JSON.stringify([changes, places, view.theme, spec.lanes.map(({ on }) => on)]);
    if (now === drawn) return;
    drawn = now;
    element.replaceChildren(
      ...places.map(([x, y], i) =>
        createMark(view, changes[i], { x, y, low: plot !== null && y < plot.top + 3 * plot.size }, () => remove(i)),
      ),
    );
  };
  const frame = (/** @type {number} */ t) => {
    // sliders show what is in force at the playhead
    const count = view.spec.changes.filter(([step]) => step <= t).length;
    if (count !== passed && !view.dragging) view.refresh();
    passed = count;
  };
  return { element, sync, frame };
}

/**
 * Says how high on the chart the mark of a change at a step of a lane stands, in pixels.
 *
 * @param {Plot} plot
 * @param {number} lane
 * @param {number} step
 */
export function placeOf(plot, lane, step) {
  const y = plot.y(plot.losses[lane]?.[step] ?? NaN);
  return Number.isFinite(y) ? Math.min(plot.bottom, Math.max(plot.top + plot.size * 0.85, y)) : plot.bottom;
}

/**
 * @param {TrainView} view
 * @param {Change} change
 * @param {{x: number, y: number, low: boolean}} place  in pixels; `low`: there is no room for its words above it
 * @param {() => void} onclick
 */
function createMark(view, [step, lane, name, value], { x, y, low }, onclick) {
  const rows = view.tables.optimizers[view.spec.lanes[lane].optimizer].hyperparameters;
  const symbol = rows.find((row) => row.name === name)?.symbol ?? name;
  const label = view.words("stage.network.changed", { lane: laneLabel(view, lane), name: symbol, value: plain(value), step });
  const mark = button(
    { class: "change", title: label, "aria-label": label, onclick },
    el("span", null, `${symbol} ${plain(value)}`),
  );
  mark.style.translate = `${x}px ${y}px`;
  put(mark, "data-low", low);
  mark.style.setProperty("--lane", laneColour(view, lane));
  put(mark, "hidden", !view.spec.lanes[lane].on);
  return mark;
}
