/** What the loss chart shows whatever the playhead: drawings over each other, each with what it depends on. */
import { laneColour } from "../draw/format.js";
import { leavingOf } from "./leaving.js";
import { drawAxes } from "./loss_axes.js";
import { namesOf, strength, visible } from "./loss_marks.js";
import { dashes } from "../draw/marks.js";
import { curve } from "../draw/plot.js";

/**
 * @typedef {import("../draw/canvas.js").Pen} Pen
 * @typedef {import("../draw/layers.js").Layer} Layer
 */

const WIDTH = 0.13; // of a line, em
const DENSE = 4000; // with more points lines are drawn thin: clearer, and ten times faster without a GPU

/**
 * Gives the axes, what is marked on them, and the curves' names.
 *
 * @param {View} view
 * @param {Plot} plot
 * @returns {Layer[]}
 */
export function axesOf(view, plot) {
  const { deeper, below, margin, whole } = plot;
  const axes = { of: [view.colours, deeper, below, margin, whole], draw: (/** @type {Pen} */ pen) => drawAxes(view, pen, plot) };
  const marks = plot.mark ? [plot.mark(plot)] : [];
  const names = view.veiled ? [] : [namesOf(view, plot, visible(view))];
  return [axes, ...marks, ...names].map((layer) => within(plot, layer));
}

/**
 * Gives the whole curves, what lies beneath them, and the arrows where they leave the chart.
 *
 * @param {View} view
 * @param {Plot} plot
 * @returns {Layer[]}
 */
export function curvesOf(view, plot) {
  const lanes = visible(view);
  const { left, top, width, height, steps, size } = plot;
  const dense = lanes.length * Math.min(steps, width) > DENSE && !view.projector.on;
  const thick = dense ? 1 : size * WIDTH * view.projector.bold;
  const shown = lanes.map(({ index }) => ({ index, alpha: strength(view, index) }));
  const curves = lanes.map(({ optimizer, index }, i) => {
    const row = view.tables.optimizers[optimizer];
    const [colour, { alpha }] = [laneColour(view, index), shown[i]];
    const draw = (/** @type {Pen} */ pen) => {
      pen.globalAlpha = alpha;
      pen.lineWidth = thick;
      pen.strokeStyle = colour;
      pen.setLineDash(dashes(row, thick));
      pen.stroke(curve(plot.losses[index], plot, index));
    };
    return { of: [plot.losses[index], plot.units[index], colour, row, alpha, thick], draw };
  });
  const inside = [...(plot.under?.(plot, shown) ?? []), ...curves].map(({ of, draw }) => ({
    of,
    draw: (/** @type {Pen} */ pen) => {
      pen.beginPath();
      pen.rect(left, top - 1, width + 1, height + 2);
      pen.clip();
      pen.lineJoin = "bevel";
      draw(pen);
    },
  }));
  return [...inside, ...leavingOf(view, plot, shown)].map((layer) => within(plot, layer));
}

/**
 * Adds to what a layer depends on where the chart is and what its axes are.
 *
 * @param {Plot} plot
 * @param {Layer} layer
 */
function within({ left, top, width, height, size, font, zero, low, high, span, steps }, { of, draw }) {
  return { of: [left, top, width, height, size, font, zero, low, high, span, steps, ...of], draw };
}
