/** The picture of the rates: the axis of lr, or of what varies instead, a curve a lane, its dot, and what it says where it diverges. */
import { laneColour } from "../draw/format.js";
import { dashes } from "../draw/marks.js";
import { axisRange, createPlot } from "../draw/plot.js";
import { COUNT, findings } from "../model/rate_sweep.js";
import { POSITIONS, measureOf, toPosition } from "../panel/scale.js";
import { drawLosses } from "./loss_axes.js";
import { drawMark, strength, visible } from "./loss_marks.js";
import { marksOf } from "./outcome_marks.js";

/** @typedef {import("../model/rate_sweep.js").RateSweep} RateSweep */
/** @typedef {import("../model/rate_sweep.js").Swept} Swept */

const WIDTH = 0.13; // of a curve, em
const [DOT, BEST, CROSS] = [0.42, 0.34, 0.26]; // em

/**
 * Gives the rows of what may vary: the hyperparameters with a slider that the lanes have, in the order of kernels.
 *
 * @param {RaceView} view
 */
export function rowsOf({ tables, spec }) {
  const rows = spec.lanes.flatMap(({ optimizer }) => tables.optimizers[optimizer].hyperparameters);
  const found = tables.hyperparameters.map((name) => rows.find((row) => row.name === name && row.scale !== "switch"));
  return found.filter((row) => row !== undefined);
}

/**
 * Gives the row of what varies: what the link names, or lr where no lane has that.
 *
 * @param {RaceView} view
 */
export function rowOf(view) {
  const rows = rowsOf(view);
  return rows.find(({ name }) => name === view.against) ?? rows[0];
}

/**
 * Gives the lanes that are shown and have what varies.
 *
 * @param {RaceView} view
 */
const shownOf = (view) => visible(view).filter(({ index }) => rowOf(view).name in view.spec.lanes[index].h);

/**
 * Makes the geometry. What came to more than the start's loss sets no scale, nor what left the map of a surface without a minimum.
 *
 * @param {RaceView} view
 * @param {import("../draw/plot.js").Area & import("../draw/plot.js").Type} box
 * @param {RateSweep} sweep
 */
export function plotOf(view, box, sweep) {
  const { minimum } = view.tables.surfaces[view.spec.surface];
  const zero = typeof minimum === "number" ? minimum : null;
  const start = startOf(view);
  const counted = shownOf(view).flatMap(({ index }) => {
    const { losses, left } = sweep.lanes[index];
    return [...losses].filter((loss, i) => loss <= start && (zero !== null || left[i] < 0));
  });
  const range = axisRange([start, ...counted], zero);
  const units = sweep.lanes.map(() => 1);
  const losses = sweep.lanes.map((swept) => swept.losses);
  const name = view.words("stage.rate.axis", { name: rowOf(view).symbol });
  return createPlot(box, { ...range, name, cut: "", whole: true, steps: COUNT - 1, units, losses });
}

/**
 * Gives the loss at the start.
 *
 * @param {RaceView} view
 */
const startOf = ({ run }) => run.lanes[0]?.loss[0] ?? 1;

/**
 * Gives where a lane's dot is, in CSS pixels: at its value and at the loss that its run has come to, at the top if to none.
 *
 * @param {RaceView} view
 * @param {Plot} plot
 * @param {number} index
 */
export function placeOf(view, plot, index) {
  const { run, spec } = view;
  const row = rowOf(view);
  const y = plot.y(run.lanes[index]?.loss[run.spec.steps] ?? NaN);
  const x = plot.left + (plot.width * toPosition(row, spec.lanes[index].h[row.name] ?? 0)) / POSITIONS;
  return { x, y: Number.isNaN(y) ? plot.top : Math.min(plot.bottom, Math.max(plot.top, y)) };
}

/**
 * Draws it all.
 *
 * @param {RaceView} view
 * @param {CanvasRenderingContext2D} pen
 * @param {Plot} plot
 * @param {RateSweep} sweep
 */
export function drawRates(view, pen, plot, sweep) {
  pen.clearRect(0, 0, plot.right + plot.margin, plot.bottom + 4 * plot.size);
  drawLosses(view, pen, plot);
  drawValues(view, pen, plot);
  drawStart(view, pen, plot);
  for (const lane of shownOf(view)) {
    pen.globalAlpha = strength(view, lane.index);
    drawCurve(view, pen, plot, lane, sweep.lanes[lane.index]);
    const { x, y } = placeOf(view, plot, lane.index);
    drawMark(view, pen, lane, x, y, plot.size * DOT);
  }
  pen.globalAlpha = 1;
}

/**
 * Draws the axis of what varies; its name is the choice beside it.
 *
 * @param {RaceView} view
 * @param {CanvasRenderingContext2D} pen
 * @param {Plot} plot
 */
function drawValues(view, pen, plot) {
  pen.textAlign = "center";
  pen.textBaseline = "top";
  const row = rowOf(view);
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
 * @param {RaceView} view
 * @param {CanvasRenderingContext2D} pen
 * @param {Plot} plot
 */
function drawStart({ run, words, colours }, pen, plot) {
  const y = Math.round(plot.y(run.lanes[0]?.loss[0] ?? NaN)) + 0.5;
  if (!(y >= plot.top && y <= plot.bottom)) return;
  pen.save();
  pen.strokeStyle = pen.fillStyle = colours.faint;
  pen.setLineDash([plot.size * 0.3, plot.size * 0.3]);
  pen.beginPath();
  pen.moveTo(plot.left, y);
  pen.lineTo(plot.right, y);
  pen.stroke();
  pen.textAlign = "left";
  pen.textBaseline = "middle";
  if (plot.margin > plot.size * 5) pen.fillText(words("stage.rate.start"), plot.right + plot.size * 0.5, y);
  pen.restore();
}

/**
 * Draws a lane's curve through the values that are computed, a ring at the best of them, a cross where it begins to diverge.
 *
 * @param {RaceView} view
 * @param {CanvasRenderingContext2D} pen
 * @param {Plot} plot
 * @param {import("./loss_marks.js").Shown} lane
 * @param {Swept} swept
 */
function drawCurve(view, pen, plot, { optimizer, index }, swept) {
  const far = 4 * plot.height; // canvases choke on coordinates without bounds
  const y = (/** @type {number} */ i) => Math.min(plot.bottom, Math.max(plot.top - far, plot.y(swept.losses[i])));
  const line = new Path2D();
  let drawing = false;
  for (let i = 0; i < COUNT; i++) {
    if (swept.diverged[i] >= 0) drawing = false;
    if (!Number.isFinite(swept.losses[i])) continue;
    if (drawing) line.lineTo(plot.x(i), y(i));
    else line.moveTo(plot.x(i), y(i));
    drawing = true;
  }
  const thick = plot.size * WIDTH * view.projector.bold;
  pen.save();
  pen.beginPath();
  pen.rect(plot.left, plot.top - 1, plot.width + 1, plot.height + 2);
  pen.clip();
  pen.lineJoin = "bevel";
  pen.strokeStyle = laneColour(view, index);
  pen.lineWidth = thick;
  pen.setLineDash(dashes(view.tables.optimizers[optimizer], thick));
  pen.stroke(line);
  pen.restore();
  const { best, diverges } = findings(swept);
  pen.strokeStyle = laneColour(view, index);
  pen.lineWidth = plot.size * WIDTH;
  if (best >= 0) ring(pen, plot.x(best), y(best), plot.size * BEST);
  if (diverges >= 0) cross(pen, plot.x(diverges), plot.top, plot.size * CROSS);
}

/** @param {CanvasRenderingContext2D} pen @param {number} x @param {number} y @param {number} radius */
function ring(pen, x, y, radius) {
  pen.beginPath();
  pen.arc(x, y, radius, 0, 2 * Math.PI);
  pen.stroke();
}

/** @param {CanvasRenderingContext2D} pen @param {number} x @param {number} y @param {number} radius */
function cross(pen, x, y, radius) {
  pen.beginPath();
  for (const side of [1, -1]) {
    pen.moveTo(x - radius, y - side * radius);
    pen.lineTo(x + radius, y + side * radius);
  }
  pen.stroke();
}
