/** What varies in the picture of outcomes: its two axes, from what the link names and what the chosen lane has. */
import { roundTo } from "../draw/map_camera.js";
import { measureOf, nudge } from "../panel/scale.js";

const SHORTEST = 10; // a pixel's values have as few digits as tell them from those a tenth of a pixel away

/**
 * @typedef {ParameterRow & {measure: ReturnType<typeof measureOf>}} Axis
 *
 * @typedef {object} Subject  a lane, what varies of it, and which part of that is seen
 * @property {number} index
 * @property {string} pair
 * @property {string} lacks  the pair of the link, if the lane hasn't both
 * @property {Axis[]} axes
 * @property {import("../model/pixels.js").Size} size  of the picture, in pixels
 * @property {import("../draw/map_camera.js").Window} window  in the axes' own measures
 * @property {boolean} whole  whether all of it is seen
 */

/**
 * Gives those of some pairs that a lane has; a start it always has, and a batch.
 *
 * @param {string[]} pairs
 * @param {LaneSpec} lane
 */
export const pairsOf = (pairs, { h }) => pairs.filter((pair) => lackedBy({ h }, pair).length === 0);

/**
 * Gives the names of a pair that a lane hasn't.
 *
 * @param {Pick<LaneSpec, "h">} lane
 * @param {string} pair
 */
export const lackedBy = ({ h }, pair) => pair.split(",").filter((name) => name !== "start" && name !== "batch" && !(name in h));

/**
 * Gives the lane of the picture and its axes: those of the link, or the first that the lane has.
 *
 * @param {Pick<View, "spec" | "chosen" | "pair" | "region">} view
 * @param {Pick<OutcomeSource, "pairs" | "rows" | "size">} source
 * @returns {Subject | null}
 */
export function subjectOf({ spec, chosen, pair: wanted, region }, source) {
  const index = Math.max(0, chosen);
  const lane = spec.lanes[index];
  if (!lane) return null;
  const pairs = source.pairs(lane);
  const own = pairs.includes(wanted);
  const pair = own ? wanted : pairs[0];
  const axes = source.rows(pair, lane).map(measured);
  const whole = { window: wholeOf(axes), whole: true };
  const subject = { index, pair, lacks: own ? "" : wanted, axes, size: source.size(pair, index), ...whole };
  return own && region ? seenThrough(subject, windowOf(axes, region)) : subject;
}

/** @param {ParameterRow} row @returns {Axis} */
const measured = (row) => ({ ...row, measure: measureOf(row) });

/**
 * Gives the window that shows all.
 *
 * @param {Axis[]} axes
 */
export const wholeOf = (axes) => axes.flatMap(({ measure }) => measure.ends);

/**
 * Gives a subject of which a part is seen.
 *
 * @param {Subject} subject
 * @param {import("../draw/map_camera.js").Window} window
 * @returns {Subject}
 */
export const seenThrough = (subject, window) => ({ ...subject, window, whole: window.join() === wholeOf(subject.axes).join() });

/**
 * Gives the window of a region, which is in values; the whole one where it lies outside, as after another surface was undone.
 *
 * @param {Axis[]} axes
 * @param {number[]} region
 */
function windowOf(axes, region) {
  const window = region.map((end, i) => axes[i >> 1].measure.to(end));
  const inside = axes.every(({ measure: { ends } }, i) => window[2 * i] >= ends[0] && window[2 * i + 1] <= ends[1]);
  return inside ? window : wholeOf(axes);
}

/**
 * Gives the region of a window, with ends as short as a link needs; null for all.
 *
 * @param {Axis[]} axes
 * @param {import("../draw/map_camera.js").Window} window
 */
export function regionOf(axes, window) {
  if (window.join() === wholeOf(axes).join()) return null;
  return window.map((end, i) => {
    const { measure, floor, low, high } = axes[i >> 1];
    const side = window[i | 1] - window[i & ~1];
    const value = roundTo(measure.from(end), (Math.abs(measure.grain(end)) || 1) * (side / 4000));
    return Math.min(high, Math.max(low, i % 2 && low === 0 ? Math.max(value, floor) : value)); // not from 0 to 0
  });
}

/**
 * Gives the values that a picture has from column to column, and from row to row, from the top.
 *
 * @param {Subject} subject
 */
export const valuesOfAll = ({ axes, window, size: [columns, rows] }) => [
  Float64Array.from({ length: columns }, (_, column) => valueAt(axes[0], window.slice(0, 2), column, columns)),
  Float64Array.from({ length: rows }, (_, row) => valueAt(axes[1], window.slice(2), rows - 1 - row, rows)),
];

/**
 * Gives the value of a pixel: that of its middle.
 *
 * @param {Axis} axis
 * @param {number[]} ends  of what is seen
 * @param {number} pixel
 * @param {number} count  of pixels
 */
function valueAt({ measure, low, high, whole }, [from, to], pixel, count) {
  const at = from + ((to - from) * (pixel + 0.5)) / count;
  if (whole) return Math.round(measure.from(at));
  const grain = (measure.grain(at) * (to - from)) / count / SHORTEST;
  return grain > 0 ? Math.min(high, Math.max(low, roundTo(measure.from(at), grain))) : measure.from(at);
}

/**
 * Gives where values stand, as shares of what is seen along both axes.
 *
 * @param {Subject} subject
 * @param {number[]} values
 * @returns {Point}
 */
export function shareOfAll({ axes, window }, values) {
  const share = (/** @type {number} */ i) =>
    (axes[i].measure.to(values[i]) - window[2 * i]) / (window[2 * i + 1] - window[2 * i]);
  return [share(0), share(1)];
}

/**
 * Gives the pixel at a place, counted from the left and from the bottom.
 *
 * @param {{size: import("../model/pixels.js").Size}} picture
 * @param {Point} shares  of what is seen along both axes
 */
export const pixelAt = ({ size }, shares) =>
  size.map((count, i) => Math.min(count - 1, Math.max(0, Math.floor(shares[i] * count))));

/**
 * Gives the values of a pixel along both axes: the very ones of its run.
 *
 * @param {Pick<Subject, "axes" | "window" | "size">} subject
 * @param {number[]} pixel
 */
export const valuesAt = ({ axes, window, size }, pixel) =>
  axes.map((axis, i) => valueAt(axis, window.slice(2 * i, 2 * i + 2), pixel[i], size[i]));

/**
 * Gives the values after a press of an arrow key: readable ones where all is seen, else those of the next pixel.
 *
 * @param {Subject} subject
 * @param {number[]} values
 * @param {Point} arrow
 */
export function nudged(subject, values, arrow) {
  const { axes, whole, size } = subject;
  const next = valuesAt(
    subject,
    pixelAt(subject, shareOfAll(subject, values)).map((pixel, i) => Math.min(size[i] - 1, Math.max(0, pixel + arrow[i]))),
  );
  const readable = (/** @type {Axis} */ axis) => whole || axis.whole; // the next pixel may have the same whole number
  return values.map((value, i) => (!arrow[i] ? value : readable(axes[i]) ? nudge(axes[i], value, arrow[i]) : next[i]));
}
