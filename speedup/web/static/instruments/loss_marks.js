/** Which lanes the loss chart shows, their marks, and their names at the curves' ends. */
import { laneColour, laneLabel } from "../draw/format.js";
import { MARKERS, shapeOf } from "../draw/marks.js";
import { lastStep } from "../draw/plot.js";

/**
 * @typedef {CanvasRenderingContext2D} Pen
 * @typedef {{optimizer: OptimizerName, index: number}} Shown  a lane
 */

const ASIDE = 0.3; // a lane while another one is looked at

/**
 * Gives the lanes that are on, the one looked at last, so that it lies on top.
 *
 * @param {View} view
 * @returns {Shown[]}
 */
export function visible(view) {
  const lanes = view.run.lanes.map(({ optimizer }, index) => ({ optimizer, index }));
  const rank = (/** @type {Shown} */ { index }) => (index === view.hovered ? 2 : index === view.chosen ? 1 : 0);
  return lanes.filter(({ index }) => view.spec.lanes[index]?.on).sort((a, b) => rank(a) - rank(b));
}

/**
 * Gives the opacity of a lane.
 *
 * @param {View} view
 * @param {number} index
 */
export const strength = (view, index) => (view.hovered < 0 || view.hovered === index ? 1 : ASIDE);

/**
 * Draws a lane's mark.
 *
 * @param {View} view
 * @param {Pen} pen
 * @param {Shown} lane
 * @param {number} x
 * @param {number} y
 * @param {number} radius
 */
export function drawMark(view, pen, { optimizer, index }, x, y, radius) {
  pen.save();
  pen.translate(x, y);
  pen.scale(radius, radius);
  pen.fillStyle = laneColour(view, index);
  pen.fill(shapeOf(MARKERS[view.tables.optimizers[optimizer].marker]));
  pen.restore();
}

/**
 * Gives the curves' names as a layer.
 *
 * @param {View} view
 * @param {Plot} plot
 * @param {Shown[]} lanes
 * @returns {import("../draw/layers.js").Layer}
 */
export function namesOf(view, plot, lanes) {
  const { losses, ends, units, margin } = plot;
  const of = lanes.flatMap(({ index }) => [
    ...[laneLabel(view, index), laneColour(view, index), strength(view, index)],
    ...[ends[index], units[index], losses[index][ends[index]], lastStep(losses[index])],
  ]);
  return { of: [view.colours, margin, ...of], draw: (pen) => drawEnds(view, pen, plot, lanes) };
}

/**
 * Writes each curve's name at its end, moved apart where they would meet; as many as there is room for.
 *
 * @param {View} view
 * @param {Pen} pen
 * @param {Plot} plot
 * @param {Shown[]} lanes
 */
function drawEnds(view, pen, plot, lanes) {
  const room = plot.size * 1.15;
  if (plot.margin < plot.size * 5) return;
  const ends = lanes
    .filter((lane) => lastStep(plot.losses[lane.index]) === plot.ends[lane.index] && !endsEarly(plot, lane))
    .map((lane) => ({ lane, y: Math.min(plot.bottom, Math.max(plot.top, endOf(plot, lane)[1])) }))
    .slice(-Math.floor(plot.height / room) - 1)
    .sort((a, b) => a.y - b.y); // the lane looked at is the last one
  ends.forEach((end, i) => {
    if (i > 0) end.y = Math.max(end.y, ends[i - 1].y + room);
  });
  for (let i = ends.length - 1, floor = plot.bottom; i >= 0; i--) {
    ends[i].y = Math.min(ends[i].y, floor);
    floor = ends[i].y - room;
  }
  pen.font = `${plot.size * 0.85}px ${plot.font}`;
  pen.textAlign = "left";
  pen.textBaseline = "middle";
  for (const { y, lane } of ends) {
    pen.globalAlpha = strength(view, lane.index);
    drawMark(view, pen, lane, plot.right + plot.size * 0.75, y, plot.size * 0.27);
    pen.fillStyle = view.colours.text;
    const x = plot.right + plot.size * 1.3;
    pen.fillText(laneLabel(view, lane.index), x, y, plot.margin - plot.size * 1.4);
  }
  drawEarly(view, pen, plot, lanes);
  pen.globalAlpha = 1;
}

/**
 * Gives where a lane's curve ends, in pixels.
 *
 * @param {Plot} plot
 * @param {Shown} lane
 * @returns {Point}
 */
function endOf(plot, { index }) {
  const end = plot.ends[index];
  return [plot.x(end, index), plot.y(plot.losses[index][end])];
}

/**
 * Tells whether a lane ends so far from the others, along an axis that isn't counted in steps, that its name stands there.
 *
 * @param {Plot} plot
 * @param {Shown} lane
 */
const endsEarly = (plot, lane) => endOf(plot, lane)[0] < plot.left + 0.7 * plot.width;

/**
 * Writes the names of curves that end early, beside their ends.
 *
 * @param {View} view
 * @param {Pen} pen
 * @param {Plot} plot
 * @param {Shown[]} lanes
 */
function drawEarly(view, pen, plot, lanes) {
  for (const lane of lanes) {
    const [x, y] = endOf(plot, lane);
    if (!endsEarly(plot, lane) || !(y > plot.top && y <= plot.bottom)) continue;
    pen.globalAlpha = strength(view, lane.index);
    pen.fillStyle = view.colours.text;
    pen.fillText(laneLabel(view, lane.index), x + plot.size * 0.6, y - plot.size * 0.75);
  }
}
