/** Where curves leave the loss chart. */
import { laneColour } from "../draw/format.js";
import { leavesAt } from "../draw/plot.js";

/**
 * Gives the arrows on the upper edge where curves leave it.
 *
 * @param {View} view
 * @param {Plot} plot
 * @param {{index: number, alpha: number}[]} shown  lanes and their opacity
 * @returns {import("../draw/layers.js").Layer[]}
 */
export function leavingOf(view, plot, shown) {
  return shown.flatMap(({ index, alpha }) => {
    const step = leavesAt(plot.losses[index], plot);
    if (step < 0) return [];
    const [x, colour, rim] = [plot.x(step, index), laneColour(view, index), view.colours.background];
    return [{ of: [x, colour, rim, alpha], draw: (pen) => drawLeaving(pen, plot, x, { colour, rim, alpha }) }];
  });
}

/**
 * @param {import("../draw/canvas.js").Pen} pen
 * @param {Plot} plot
 * @param {number} x
 * @param {{colour: string, rim: string, alpha: number}} look
 */
function drawLeaving(pen, { top, size }, x, { colour, rim, alpha }) {
  const half = size * 0.34;
  pen.globalAlpha = alpha;
  pen.fillStyle = colour;
  pen.strokeStyle = rim;
  pen.beginPath();
  pen.moveTo(x, top - half);
  pen.lineTo(x + half, top + half);
  pen.lineTo(x - half, top + half);
  pen.closePath();
  pen.stroke();
  pen.fill();
}
