/** Which learning rate, then? Every lane's loss at the end against lr; the rate that it has is a dot, which a hand can drag. */
import { el } from "../base/dom.js";
import { createBoard } from "../draw/canvas.js";
import { laneLabel, number, plain } from "../draw/format.js";
import { COUNT, RateSweep, findings } from "../model/rate_sweep.js";
import { POSITIONS, toValue } from "../panel/scale.js";
import { areaOf } from "./loss.js";
import { holdDots } from "./rates_hand.js";
import { drawRates, plotOf, rowOf } from "./rates_plot.js";

const BUDGET = 4; // milliseconds of a frame

/**
 * Makes the instrument.
 *
 * @param {RaceView} view
 * @returns {import("./instruments.js").Instrument}
 */
export function createRates(view) {
  const sheet = el("div", { class: "sheet sweep" });
  const row = rowOf(view);
  const rates = Array.from({ length: COUNT }, (_, i) => toValue(row, (POSITIONS * i) / (COUNT - 1)));
  const sweep = new RateSweep(view.kernels, rates);
  /** @type {ReturnType<typeof areaOf>} */
  let box = null;
  /** @type {Plot | null} */
  let plot = null;
  let drawn = ""; // what the canvas shows
  const board = createBoard(sheet, () => {
    const room = board.box();
    box = room && areaOf(sheet, room);
    drawn = "";
    view.redraw();
  });
  const sync = () => {
    drawn = "";
    if (view.panel === "rates") sweep.want(view.spec);
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
  const lane = laneLabel(view, index);
  if (best < 0) return swept.done === COUNT ? view.words("stage.rate.none", { lane }) : "";
  const rate = (/** @type {number} */ i) => plain(sweep.rates[i]);
  const parts = [
    view.words("stage.rate.best", { lane, rate: rate(best), loss: number(swept.losses[best], 2) }),
    arrives && view.words("stage.rate.arrives", { low: rate(arrives[0]), high: rate(arrives[1]) }),
    diverges >= 0 && view.words("stage.rate.diverges", { rate: rate(diverges) }),
    view.words("stage.rate.budget", { steps: view.spec.steps }),
  ];
  return parts.filter(Boolean).join(" · ");
}
