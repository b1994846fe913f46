/** Which learning rate, then? Every lane's loss at the end against lr, or another hyperparameter; its own is a dot to drag. */
import { el, put } from "../base/dom.js";
import { createBoard } from "../draw/canvas.js";
import { laneLabel, number, plain } from "../draw/format.js";
import { COUNT, RateSweep, findings } from "../model/rate_sweep.js";
import { POSITIONS, toValue } from "../panel/scale.js";
import { areaOf } from "./loss.js";
import { holdDots } from "./rates_hand.js";
import { drawRates, plotOf, rowOf, rowsOf } from "./rates_plot.js";

const BUDGET = 4; // milliseconds of a frame
const ROOMY = 3; // em beside the plot in which the choice has room

/**
 * Makes the instrument.
 *
 * @param {RaceView} view
 * @returns {Instrument}
 */
export function createRates(view) {
  const sheet = el("div", { class: "sheet sweep" });
  const sweep = new RateSweep(view.kernels);
  const choice = createChoice(view);
  /** @type {ReturnType<typeof areaOf>} */
  let box = null;
  /** @type {Plot | null} */
  let plot = null;
  let drawn = ""; // what the canvas shows
  const board = createBoard(sheet, () => {
    const room = board.box();
    box = room && areaOf(sheet, room);
    put(sheet, "data-narrow", box !== null && box.margin < ROOMY * box.size);
    drawn = "";
    view.redraw();
  });
  sheet.append(choice.element);
  const sync = () => {
    drawn = "";
    if (view.panel !== "rates") return;
    const row = rowOf(view);
    choice.sync(row);
    sweep.want(view.spec, row.name, valuesOf(row));
  };
  const frame = () => {
    const now = `${view.hovered} ${view.chosen}`;
    if (view.panel !== "rates" || !box || drawn === now) return;
    const end = performance.now() + BUDGET;
    sweep.work(() => performance.now() > end);
    plot = plotOf(view, box, sweep);
    drawRates(view, board.pen, plot, sweep);
    drawn = sweep.complete ? now : "";
    if (!sweep.complete) view.redraw();
  };
  const letGo = holdDots(view, sheet, () => plot);
  const destroy = () => {
    letGo();
    board.destroy();
    sheet.remove();
  };
  return { element: sheet, sync, frame, say: () => say(view, sweep), destroy };
}

/** @param {ParameterRow} row */
const valuesOf = (row) => Array.from({ length: COUNT }, (_, i) => toValue(row, (POSITIONS * i) / (COUNT - 1)));

/**
 * Makes the choice of what varies, {element, sync(row)}; it is the name of the axis.
 *
 * @param {RaceView} view
 */
function createChoice(view) {
  const onchange = () => view.set({ against: /** @type {HyperparameterName} */ (element.value) });
  const element = el("select", { class: "against", "aria-label": view.words("stage.rate.against"), onchange });
  let offered = "";
  const sync = (/** @type {ParameterRow} */ row) => {
    const rows = rowsOf(view);
    const now = rows.map(({ name }) => name).join();
    if (now !== offered) element.replaceChildren(...rows.map(({ name, symbol }) => el("option", { value: name }, symbol)));
    offered = now;
    element.value = row.name;
  };
  return { element, sync };
}

/**
 * Says in words what the curve of a lane tells.
 *
 * @param {RaceView} view
 * @param {RateSweep} sweep
 * @param {number} [index]  the lane looked at, else the one chosen
 */
function say(view, sweep, index = view.hovered >= 0 ? view.hovered : Math.max(0, view.chosen)) {
  const swept = sweep.lanes[index];
  if (!swept) return "";
  const { best, arrives, diverges } = findings(swept);
  const [lane, name] = [laneLabel(view, index), rowOf(view).symbol];
  if (!(sweep.name in swept.lane.h)) return view.words("stage.rate.lacks", { lane, name });
  if (best < 0) return swept.done === COUNT ? view.words("stage.rate.none", { lane, name }) : "";
  const rate = (/** @type {number} */ i) => plain(sweep.values[i]);
  const parts = [
    view.words("stage.rate.best", { lane, name, rate: rate(best), loss: number(swept.losses[best], 2) }),
    arrives && view.words("stage.rate.arrives", { low: rate(arrives[0]), high: rate(arrives[1]) }),
    diverges >= 0 && view.words("stage.rate.diverges", { rate: rate(diverges) }),
    view.words("stage.rate.budget", { steps: view.spec.steps }),
  ];
  return parts.filter(Boolean).join(" · ");
}
