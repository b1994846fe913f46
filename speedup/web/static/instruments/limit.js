/** How close to its speed limit: the largest curvature that each lane's optimizer feels, times lr, as a share of its limit. */
import { el } from "../base/dom.js";
import { laneColour, laneLabel, number, plain } from "../draw/format.js";
import { axisRange, curve } from "../draw/plot.js";
import { feltBy } from "../model/sharpness.js";
import { plotSteps } from "./loss.js";
import { visible } from "./loss_marks.js";

const [LOWEST, HIGHEST] = [1e-3, 1e3]; // what the axis shows at most
const SHADE = 0.1; // of what lies above the limit
const ROOMY = 36; // em: narrower charts have no room for words beside their title
/** @type {[below: number, word: Under<"stage.limit">][]} */
const MEANINGS = [
  [0, "downwards"],
  [0.5, "calm"],
  [0.9, "swings"],
  [1, "edge"],
  [Infinity, "grows"],
];

/**
 * @typedef {object} Nearness  how near a lane is to its limit
 * @property {Float64Array} shares  of the limit at each step, NaN where there is none
 * @property {(step: number) => number} limit  of lr times the curvature, NaN for none
 * @property {Float64Array[]} [further]  the same of the next directions, as far as they are known
 * @property {(step: number) => boolean} [waits]  whether the share of a step is still to come
 */

/**
 * Makes the instrument of a race.
 *
 * @param {RaceView} view
 * @returns {Instrument}
 */
export function createLimit(view) {
  /** @type {Race | null} */
  let run = null;
  /** @type {Nearness[]} */
  let found = [];
  const lanes = () => {
    if (run !== view.run) {
      run = view.run;
      found = run.lanes.map((_, index) => {
        const { limit, shares } = feltBy(view.kernels, view.run, index);
        return { shares, limit: () => limit };
      });
    }
    return found;
  };
  return { ...limitSheet(view, { lanes, name: () => view.words("stage.limit.axis") }), again: createLimit };
}

/**
 * Makes the sheet: a line a lane, and what it means in words.
 *
 * @template {View} V
 * @param {V} view
 * @param {{lanes: () => Nearness[], name: () => string}} what  is shown, each lane of the run as far as it is known, and how it is called
 * @param {(plot: Plot | null) => void} [made]  told of each new geometry
 * @returns {Instrument}
 */
export function limitSheet(view, { lanes, name }, made) {
  const element = el("div", { class: "sheet" });
  /** @type {V["run"] | null} */
  let run = null;
  /** @type {Nearness[]} */
  let shown = [];
  const model = () => {
    [run, shown] = [view.run, lanes()];
    return modelOf(view, shown, name());
  };
  const part = plotSteps(view, element, { panel: "limit", label: view.words("stage.limit.title"), model }, made);
  return { ...part, say: () => (run === view.run ? say(view, shown) : "") };
}

/**
 * Gives what the chart shows: a log axis with the limit on it.
 *
 * @param {View} view
 * @param {Nearness[]} lanes
 * @param {string} name
 * @returns {ChartModel}
 */
function modelOf(view, lanes, name) {
  const { words, run } = view;
  const losses = lanes.map(({ shares }) => shares);
  const shown = visible(view).flatMap(({ index }) => [losses[index], ...(lanes[index].further ?? [])].flatMap((one) => [...one]));
  const counted = shown.map((share) => (share > HIGHEST ? HIGHEST / 2 : share > 0 && share < LOWEST ? LOWEST : share));
  const range = { ...axisRange([0.5, 2, ...counted], 0), deeper: shown.some((share) => share < LOWEST) };
  const units = losses.map(() => 1);
  return {
    ...range,
    name,
    cut: words("stage.limit.cut"),
    whole: true,
    steps: run.spec.steps,
    units,
    losses,
    under: (plot, seen) => seen.flatMap(({ index, alpha }) => furtherOf(view, lanes[index], plot, { index, alpha })),
    mark: (plot) => ({ of: [view.colours], draw: (pen) => drawLimit(view, pen, plot) }),
  };
}

/**
 * Gives thin lines: the next directions of a lane.
 *
 * @param {View} view
 * @param {Nearness} lane
 * @param {Plot} plot
 * @param {{index: number, alpha: number}} shown
 * @returns {import("../draw/layers.js").Layer[]}
 */
function furtherOf(view, { further = [] }, plot, { index, alpha }) {
  const colour = laneColour(view, index);
  const { bold } = view.projector;
  return further.map((shares) => ({
    of: [shares, colour, alpha, bold],
    draw: (pen) => {
      pen.lineWidth = bold;
      pen.strokeStyle = colour;
      pen.globalAlpha = alpha;
      pen.setLineDash([]);
      pen.stroke(curve(shares, plot, index));
    },
  }));
}

/**
 * Draws the limit, and shades what lies above it.
 *
 * @param {View} view
 * @param {CanvasRenderingContext2D} pen
 * @param {Plot} plot
 */
function drawLimit({ colours, words }, pen, plot) {
  const y = Math.round(plot.y(1)) + 0.5;
  pen.save();
  pen.fillStyle = colours.text;
  pen.globalAlpha = SHADE;
  pen.fillRect(plot.left, plot.top, plot.width, y - plot.top);
  pen.globalAlpha = 1;
  pen.strokeStyle = colours.text;
  pen.beginPath();
  pen.moveTo(plot.left, y);
  pen.lineTo(plot.right, y);
  pen.stroke();
  pen.textAlign = "left";
  pen.textBaseline = "bottom";
  pen.fillStyle = colours.faint;
  pen.font = `${plot.size * 0.85}px ${plot.font}`;
  if (plot.width > plot.size * ROOMY) pen.fillText(words("stage.limit.grown"), plot.left + plot.size * 0.4, y - plot.size * 0.1);
  pen.restore();
}

/**
 * Says in words what the number of a lane means at the playhead.
 *
 * @param {View} view
 * @param {Nearness[]} lanes
 * @param {number} [index]  the lane looked at, else the one chosen
 */
function say(view, lanes, index = view.hovered >= 0 ? view.hovered : Math.max(0, view.chosen)) {
  if (!lanes[index]) return "";
  const { shares, waits, further } = lanes[index];
  const lane = laneLabel(view, index);
  const step = Math.min(Math.floor(view.step), shares.length - 1);
  const limit = lanes[index].limit(step);
  const { diverged } = view.run.lanes[index];
  if (Number.isNaN(limit)) return view.words("stage.limit.none", { lane });
  if (diverged >= 0 && step >= diverged) return view.words("stage.limit.over", { lane });
  if (waits?.(step)) return view.words("stage.limit.waits", { lane });
  if (Number.isNaN(shares[step])) return view.words(step === 0 ? "stage.limit.before" : "stage.limit.flat", { lane });
  const word = MEANINGS.find(([below]) => shares[step] < below)?.[1] ?? "grows";
  const values = { lane, now: number(limit * shares[step], 2), limit: plain(Number(limit.toPrecision(3))) };
  const known = further?.every((one) => Number.isFinite(one[step])) ? further : []; // they are measured later than the first
  const next = known.map((one) => number(limit * one[step], 2)).join(", ");
  const said = [view.words("stage.limit.of", values), view.words(`stage.limit.${word}`)];
  return [...said, ...(next ? [view.words("stage.limit.further", { next })] : [])].join(" · ");
}
