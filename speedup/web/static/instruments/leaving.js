/** Where curves leave the loss chart. */
import { laneColour } from "../draw/format.js";
import { leavesAt } from "../draw/plot.js";

/**
 * Draws an arrow on the upper edge where a curve leaves it.
 *
 * @param {View} view
 * @param {CanvasRenderingContext2D} pen
 * @param {Plot} plot
 * @param {number} index
 * @param {number} alpha
 */
export function drawLeaving(view, pen, plot, index, alpha) {
  const step = leavesAt(plot.losses[index], plot);
  if (step < 0) return;
  const [x, half] = [plot.x(step, index), plot.size * 0.34];
  pen.save();
  pen.globalAlpha = alpha;
  pen.fillStyle = laneColour(view, index);
  pen.strokeStyle = view.colours.background;
  pen.beginPath();
  pen.moveTo(x, plot.top - half);
  pen.lineTo(x + half, plot.top + half);
  pen.lineTo(x - half, plot.top + half);
  pen.closePath();
  pen.stroke();
  pen.fill();
  pen.restore();
}
