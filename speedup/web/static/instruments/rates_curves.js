/** The picture of the rates: a curve a lane and its dot, where it is best, how wide around that it is as good, where it diverges. */
import { laneColour } from "../draw/format.js";
import { dashes } from "../draw/marks.js";
import { COUNT } from "../model/rate_sweep.js";
import { measureOf } from "../panel/scale.js";
import { drawHeights, drawLosses } from "./loss_axes.js";
import { drawMark, strength } from "./loss_marks.js";
import { marksOf } from "./outcome_marks.js";
import { clamped, placeOf, shownOf, tellingOf } from "./rates_plot.js";

/**
 * @typedef {import("./rates_plot.js").Subject} Subject
 * @typedef {import("./loss_marks.js").Pen} Pen
 */

const WIDTH = 0.13; // of a curve, em
const [DOT, BEST, CROSS] = [0.42, 0.34, 0.26]; // em
const [FAINT, SEEDS] = [0.3, 0.18]; // opacity of what is out of date, and of what many seeds come to
const [BAND, NARROW] = [0.14, 0.25]; // of the range that is as good: its opacity; em that it is wide at least

/**
 * Draws it all.
 *
 * @param {Subject} subject
 * @param {Pen} pen
 * @param {Plot} plot
 * @param {number} looked  the lane that is spoken of
 */
export function drawRates(subject, pen, plot, looked) {
  const { view, measure } = subject;
  const shown = shownOf(subject);
  pen.clearRect(0, 0, plot.right + plot.margin, plot.bottom + 4 * plot.size);
  if (shown.some(({ index }) => index === looked)) drawGood(subject, pen, plot, looked);
  if (measure === "steps") drawSteps(view, pen, plot);
  else drawLosses(view, pen, plot);
  drawValues(subject, pen, plot);
  if (measure === "loss") drawStart(subject, pen, plot);
  for (const lane of shown) {
    pen.globalAlpha = strength(view, lane.index) * (subject.source.state(lane.index).outdated ? FAINT : 1);
    drawBand(subject, pen, plot, lane.index);
    drawCurve(subject, pen, plot, lane);
    const { x, y } = placeOf(subject, plot, lane.index);
    drawMark(view, pen, lane, x, y, plot.size * DOT);
  }
  pen.globalAlpha = 1;
}

/**
 * Draws how wide around its best value a lane is as good.
 *
 * @param {Subject} subject
 * @param {Pen} pen
 * @param {Plot} plot
 * @param {number} index
 */
function drawGood(subject, pen, plot, index) {
  const { good } = tellingOf(subject, index);
  if (!good) return;
  const [first, last] = good.map((i) => plot.x(i));
  const wide = Math.max(last - first, plot.size * NARROW);
  pen.globalAlpha = BAND;
  pen.fillStyle = laneColour(subject.view, index);
  pen.fillRect((first + last - wide) / 2, plot.top, wide, plot.height);
  pen.globalAlpha = 1;
}

/**
 * Draws the axis of steps to arrive, up to as many as are run; above them is the line of those who never arrive.
 *
 * @param {View} view
 * @param {Pen} pen
 * @param {Plot} plot
 */
function drawSteps({ colours, spec, words }, pen, plot) {
  const decades = Array.from({ length: 5 }, (_, k) => 10 ** k);
  const round = decades.flatMap((one) => [one, 2 * one, 5 * one]).filter((step) => step >= plot.low && step < spec.steps);
  const room = 1.3 * plot.size;
  const ticks = [
    { y: plot.top, text: words("stage.rate.never") },
    { y: plot.y(spec.steps), text: String(spec.steps) },
  ];
  for (const step of round.reverse())
    if (plot.y(step) > (ticks.at(-1)?.y ?? 0) + room) ticks.push({ y: plot.y(step), text: String(step) });
  drawHeights(colours, pen, plot, ticks);
}

/** @param {Pen} pen @param {Plot} plot @param {number} height */
function across(pen, plot, height) {
  const y = Math.round(height) + 0.5;
  pen.beginPath();
  pen.moveTo(plot.left, y);
  pen.lineTo(plot.right, y);
  pen.stroke();
}

/**
 * Draws the axis of what varies; its name is the choice beside it.
 *
 * @param {Subject} subject
 * @param {Pen} pen
 * @param {Plot} plot
 */
function drawValues({ row }, pen, plot) {
  pen.textAlign = "center";
  pen.textBaseline = "top";
  for (const { share, text } of marksOf(row, measureOf(row).ends, plot.width / (plot.size * 3.2)).marks) {
    const x = Math.round(plot.left + plot.width * share) + 0.5;
    pen.beginPath();
    pen.moveTo(x, plot.bottom);
    pen.lineTo(x, plot.bottom + plot.size * 0.3);
    pen.stroke();
    pen.fillText(text, x, plot.bottom + plot.size * 0.45);
  }
}

/**
 * Draws the loss at the start: what lies above it has lost by moving.
 *
 * @param {Subject} subject
 * @param {Pen} pen
 * @param {Plot} plot
 */
function drawStart({ view: { words, colours }, source }, pen, plot) {
  const y = plot.y(source.losses().start);
  if (!(y >= plot.top && y <= plot.bottom)) return;
  pen.save();
  pen.strokeStyle = pen.fillStyle = colours.faint;
  pen.setLineDash([plot.size * 0.3, plot.size * 0.3]);
  across(pen, plot, y);
  pen.textAlign = "left";
  pen.textBaseline = "middle";
  if (plot.margin > plot.size * 5) pen.fillText(words("stage.rate.start"), plot.right + plot.size * 0.5, Math.round(y) + 0.5);
  pen.restore();
}

/**
 * Draws what lies between the tenth and the ninetieth percent of the seeds.
 *
 * @param {Subject} subject
 * @param {Pen} pen
 * @param {Plot} plot
 * @param {number} index
 */
function drawBand({ view, source }, pen, plot, index) {
  const { seeds } = source.lanes()[index];
  if (!seeds) return;
  const { low, high } = seeds;
  const alpha = pen.globalAlpha;
  const y = (/** @type {number} */ height) => clamped(plot, height);
  pen.globalAlpha = alpha * SEEDS;
  pen.fillStyle = laneColour(view, index);
  for (let first = 0; first < COUNT; first++) {
    let last = first;
    while (last < COUNT && Number.isFinite(low[last])) last += 1;
    const places = Array.from({ length: last - first }, (_, k) => first + k);
    pen.beginPath();
    for (const i of places) pen.lineTo(plot.x(i), y(high[i]));
    for (const i of places.reverse()) pen.lineTo(plot.x(i), y(low[i]));
    pen.fill();
    first = last;
  }
  pen.globalAlpha = alpha;
}

/**
 * Draws a lane's curve through the values that are computed, a ring at the best of them, a cross where it begins to diverge.
 *
 * @param {Subject} subject
 * @param {Pen} pen
 * @param {Plot} plot
 * @param {import("./loss_marks.js").Shown} lane
 */
function drawCurve(subject, pen, plot, { optimizer, index }) {
  const { view, source, measure } = subject;
  const far = measure === "loss" ? 4 * plot.height : 0; // canvases choke on coordinates without bounds
  const y = (/** @type {number} */ i) => clamped(plot, plot.losses[index][i], far);
  const thick = plot.size * WIDTH * view.projector.bold;
  pen.save();
  pen.beginPath();
  pen.rect(plot.left, plot.top - thick, plot.width + 1, plot.height + thick + 1);
  pen.clip();
  pen.lineJoin = "bevel";
  pen.strokeStyle = laneColour(view, index);
  pen.lineWidth = thick;
  pen.setLineDash(dashes(view.tables.optimizers[optimizer], thick));
  pen.stroke(lineOf(plot, plot.losses[index], source.lanes()[index].diverged, y));
  pen.restore();
  const { best, diverges } = tellingOf(subject, index);
  pen.strokeStyle = laneColour(view, index);
  pen.lineWidth = plot.size * WIDTH;
  if (best >= 0) ring(pen, plot.x(best), y(best), plot.size * BEST);
  if (diverges >= 0) cross(pen, plot.x(diverges), plot.top, plot.size * CROSS);
}

/**
 * Gives the line through what is computed, broken where it diverges.
 *
 * @param {Plot} plot
 * @param {Float64Array} heights
 * @param {ArrayLike<number>} diverged
 * @param {(i: number) => number} y
 */
function lineOf(plot, heights, diverged, y) {
  const line = new Path2D();
  let drawing = false;
  for (let i = 0; i < COUNT; i++) {
    if (diverged[i] >= 0) drawing = false;
    if (Number.isNaN(heights[i]) || diverged[i] >= 0) continue;
    if (drawing) line.lineTo(plot.x(i), y(i));
    else line.moveTo(plot.x(i), y(i));
    drawing = true;
  }
  return line;
}

/** @param {Pen} pen @param {number} x @param {number} y @param {number} radius */
function ring(pen, x, y, radius) {
  pen.beginPath();
  pen.arc(x, y, radius, 0, 2 * Math.PI);
  pen.stroke();
}

/** @param {Pen} pen @param {number} x @param {number} y @param {number} radius */
function cross(pen, x, y, radius) {
  pen.beginPath();
  for (const side of [1, -1]) {
    pen.moveTo(x - radius, y - side * radius);
    pen.lineTo(x + radius, y + side * radius);
  }
  pen.stroke();
}
