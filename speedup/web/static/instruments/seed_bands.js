/** What many seeds come to, beneath the curves of the loss chart. */
import { laneColour } from "../draw/format.js";

/**
 * Gives, for each lane, what lies between the tenth and the ninetieth percent of the seeds, and their median.
 *
 * @param {TrainView} view
 * @param {Plot} plot
 * @param {{index: number, alpha: number}[]} shown  lanes and their opacity
 * @returns {import("../draw/layers.js").Layer[]}
 */
export function bandsOf(view, plot, shown) {
  const bands = view.shared.seeds.bands();
  if (!bands) return [];
  return shown.map(({ index, alpha }) => {
    const colour = laneColour(view, index);
    const draw = (/** @type {CanvasRenderingContext2D} */ pen) => {
      pen.fillStyle = pen.strokeStyle = colour;
      drawBand(pen, plot, index, bands[index], alpha);
    };
    return { of: [bands, plot.units[index], colour, alpha], draw };
  });
}

/**
 * @param {CanvasRenderingContext2D} pen
 * @param {Plot} plot
 * @param {number} index
 * @param {Record<"steps" | "low" | "middle" | "high", number[]>} band
 * @param {number} alpha
 */
function drawBand(pen, plot, index, { steps, low, middle, high }, alpha) {
  const y = (/** @type {number} */ value) => Math.min(1e4, Math.max(-1e4, plot.y(value)));
  const line = (/** @type {number[]} */ values) =>
    steps.map((step, i) => /** @type {Point} */ ([plot.x(step, index), y(values[i])]));
  pen.globalAlpha = 0.18 * alpha;
  pen.beginPath();
  [...line(high), ...line(low).reverse()].forEach((at) => pen.lineTo(...at));
  pen.fill();
  pen.globalAlpha = 0.9 * alpha;
  pen.lineWidth = 2.5;
  pen.beginPath();
  line(middle).forEach((at) => pen.lineTo(...at));
  pen.stroke();
}
