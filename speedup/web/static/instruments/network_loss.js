/** What the loss chart of a training shows: a curve for each lane, and beneath them what it is made of. */
import { laneColour } from "../draw/format.js";
import { axisRange, curve, lastStep, niceStep } from "../draw/plot.js";
import { batchOf } from "../model/net.js";
import { bandsOf } from "./seed_bands.js";

const SMOOTH = 0.9; // how much less a batch weighs than the next one
const SETTLED = 1 / 25; // of the steps: what is before sets no scale of a linear axis
const WORST = 1.5; // times the first loss: neither does what flies apart
const ROOM = 1.15;

/**
 * @typedef {CanvasRenderingContext2D} Pen
 * @typedef {import("../draw/layers.js").Layer} Layer
 * @typedef {{index: number, alpha: number}[]} Shown  lanes and their opacity
 */

/**
 * Tells what the loss chart shows.
 *
 * @param {TrainView} view
 * @returns {ChartModel}
 */
export function chart(view) {
  const {
    run: { spec, lanes },
    scale,
  } = view;
  const kind = kindOf(view);
  const ends = lanes.map(({ index }) => view.kind.lastOf(view, index));
  const losses = lanes.map((lane, index) => shownLoss(view, lane, kind).fill(NaN, ends[index] + 1));
  const on = losses.filter((loss, index) => view.spec.lanes[index]?.on && !fliesApart(loss));
  const { task } = view.tables.datasets[spec.dataset];
  const floor = task === "regression" && spec.noise > 0 ? spec.noise ** 2 : null;
  const range = scale === "log" ? axisRange(joined(on), 0) : linear(on, spec.steps, floor);
  const units = lanes.map((lane) => unitOf(view, lane));
  const waits = view.axis === "seconds" && !view.shared.stepTimes.of(0);
  return {
    ...range,
    losses,
    units,
    ends,
    steps: spec.steps,
    whole: view.axis === "step" || view.axis === "samples",
    name: view.words(`stage.network.${kind}_loss`, { smooth: SMOOTH }),
    cut: view.words("stage.network.cut"),
    below: waits ? "…" : view.words(`stage.network.axes.${view.axis}`),
    under: (plot, shown) => [...under(view, plot, shown), ...bandsOf(view, plot, shown)],
    mark: (plot) => ({
      of: [floor, view.colours, view.projector.on],
      draw: (pen) => floor !== null && drawFloor(view, pen, plot, floor),
    }),
  };
}

/** Lays curves one after the other: in every frame of a drag, so by whole arrays and not number by number. */
function joined(/** @type {Float64Array[]} */ losses) {
  const all = new Float64Array(losses.length * (losses[0]?.length ?? 0)); // all are as long
  losses.forEach((one, i) => all.set(one, i * one.length));
  return all;
}

/**
 * Tells which loss is drawn: the one chosen, if there is one; of many seeds that over all data.
 *
 * @param {TrainView} view
 * @returns {Looks["curve"]}
 */
function kindOf({ curve: chosen, shared: { seeds }, run: { spec } }) {
  if (seeds.bands()) return "train";
  return chosen === "test" && spec.test === 0 ? "train" : chosen;
}

/**
 * Gives a lane's curve, a value for each step from 0 to the last; NaN where there is none yet.
 *
 * @param {TrainView} view
 * @param {LaneOfTraining} lane  or a ghost
 * @param {Looks["curve"]} kind
 */
function shownLoss(view, lane, kind) {
  const { loss, measurements, at, end } = lane;
  const {
    kernels,
    run: { training },
  } = view;
  const { every, spec, first } = training;
  const values = new Float64Array(spec.steps + 1).fill(NaN);
  if (kind === "batch") {
    const out = new Float64Array(at);
    kernels.call("smooth", [out, loss.subarray(0, at), at, SMOOTH], [0]);
    values.set(out);
    if (at === spec.steps) values[at] = out[at - 1];
    return values;
  }
  const which = kind === "train" ? "train_loss" : "test_loss";
  values[0] = first[which];
  const straight = (/** @type {number} */ from, /** @type {number} */ to, /** @type {number} */ next) => {
    // from one measurement to the next
    for (let i = from + 1; i < to; i++) values[i] = values[from] + ((next - values[from]) * (i - from)) / (to - from);
    values[to] = next;
  };
  training.measureAll(lane);
  for (let nth = 0; nth < measurements.passed(at); nth++) straight(nth * every, (nth + 1) * every, measurements.at(nth)[which]);
  if (end) straight(Math.min(spec.steps - 1, Math.floor(at / every) * every), spec.steps, end[which]);
  return values;
}

/**
 * Tells whether a lane ends far above where it began: such a one sets no scale.
 *
 * @param {Float64Array} loss
 */
function fliesApart(loss) {
  const last = lastStep(loss);
  return last >= 0 && loss[last] > WORST * loss[0];
}

/**
 * Finds an axis from 0 up to what the lanes fall to after their first steps.
 *
 * @param {Float64Array[]} losses
 * @param {number} steps
 * @param {number | null} floor
 */
function linear(losses, steps, floor) {
  const first = Math.max(...losses.map((loss) => loss[0]).filter(Number.isFinite), 0);
  let high = 1.5 * (floor ?? 0);
  for (const loss of losses) {
    for (let step = Math.ceil(steps * SETTLED); step <= steps; step++) {
      if (loss[step] > high && loss[step] <= WORST * first) high = loss[step];
    }
  }
  const top = (high || first || 1) * ROOM;
  const step = niceStep(top / 4);
  return { zero: null, low: 0, high: Math.ceil(top / step) * step };
}

/**
 * Tells how far a lane goes along the x axis with a step.
 *
 * @param {TrainView} view
 * @param {TrainLane} lane
 */
function unitOf(view, { index }) {
  const {
    axis,
    run: {
      spec,
      training: { data },
    },
  } = view;
  const batches = Math.ceil(data.train / batchOf(spec, spec.lanes[index], data.train));
  if (axis === "epoch") return 1 / batches;
  if (axis === "samples") return data.train / batches;
  if (axis === "seconds") return view.shared.stepTimes.of(index) ?? 1;
  return 1;
}

/**
 * Gives the losses of single batches, and what lanes would be without changes.
 *
 * @param {TrainView} view
 * @param {Plot} plot
 * @param {Shown} shown
 * @returns {Layer[]}
 */
function under(view, plot, shown) {
  const { lanes, training } = view.run;
  const kind = kindOf(view);
  const { bold } = view.projector;
  return shown.flatMap(({ index, alpha }) => {
    const colour = laneColour(view, index);
    const line = (/** @type {Float64Array} */ loss, /** @type {number} */ strong, /** @type {number[]} */ dash) => ({
      of: [loss, plot.units[index], colour, strong, bold],
      draw: (/** @type {Pen} */ pen) => {
        pen.lineWidth = bold;
        pen.strokeStyle = colour;
        pen.globalAlpha = strong;
        pen.setLineDash(dash);
        pen.stroke(curve(loss, plot, index));
      },
    });
    const ghost = training.ghosts[index];
    return [
      ...(kind === "batch" ? [line(lanes[index].loss, 0.22 * alpha, [])] : []),
      ...(ghost ? [line(shownLoss(view, ghost, kind), 0.75 * alpha, [2, 3])] : []),
    ];
  });
}

/**
 * Draws the noise in the data: the losses' goal, so it is there before they are.
 *
 * @param {TrainView} view
 * @param {Pen} pen
 * @param {Plot} plot
 * @param {number} floor
 */
function drawFloor(view, pen, plot, floor) {
  if (floor <= plot.low || floor >= plot.high) return;
  const { colours } = view;
  pen.save();
  const y = Math.round(plot.y(floor)) + 0.5;
  pen.strokeStyle = pen.fillStyle = colours.text;
  pen.globalAlpha = view.projector.on ? 1 : 0.7;
  pen.setLineDash([6, 4]);
  pen.lineWidth = view.projector.bold;
  pen.beginPath();
  pen.moveTo(plot.left, y);
  pen.lineTo(plot.right, y);
  pen.stroke();
  pen.font = `${plot.size * 0.85}px ${plot.font}`;
  pen.textAlign = "left";
  pen.textBaseline = "bottom";
  pen.fillText(view.words("stage.network.floor"), plot.left + plot.size * 0.4, y - 2);
  pen.restore();
}
