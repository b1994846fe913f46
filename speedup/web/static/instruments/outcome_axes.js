/** What varies in the picture of outcomes: its two axes, from what the link names, the chosen lane and the surface. */
import { roundTo } from "../draw/map_camera.js";
import { COLUMNS, ROWS } from "../model/outcomes.js";
import { measureOf, nudge } from "../panel/scale.js";

const SHORTEST = 10; // a pixel's values have as few digits as tell them from those a tenth of a pixel away

/**
 * @typedef {import("../model/outcomes.js").Varied} Varied
 * @typedef {Omit<ParameterRow, "name"> & {name: Varied, measure: ReturnType<typeof measureOf>}} Axis
 *
 * @typedef {object} Subject  a lane, what varies of it, and which part of that is seen
 * @property {number} index
 * @property {string} pair
 * @property {string} lacks  the pair of the link, if the lane hasn't both
 * @property {Axis[]} axes
 * @property {import("../draw/map_camera.js").Window} window  in the axes' own measures
 * @property {boolean} whole  whether all of it is seen
 */

/**
 * Gives the pairs that a lane has.
 *
 * @param {Tables} tables
 * @param {LaneSpec} lane
 */
export const pairsOf = ({ pairs }, { h }) =>
  pairs.filter((pair) => pair === "start" || pair.split(",").every((name) => name in h));

/**
 * Gives the lane of the picture and its axes: those of the link, or the first that the lane has.
 *
 * @param {RaceView} view
 * @returns {Subject | null}
 */
export function subjectOf({ tables, spec, chosen, pair: wanted, region }) {
  const index = Math.max(0, chosen);
  const lane = spec.lanes[index];
  if (!lane) return null;
  const pairs = pairsOf(tables, lane);
  const own = pairs.includes(wanted);
  const pair = own ? wanted : pairs[0];
  const rows = tables.optimizers[lane.optimizer].hyperparameters;
  const axes =
    pair === "start"
      ? tables.surfaces[spec.surface].domain.map((side, i) => along(i === 0 ? "x" : "y", side))
      : pair.split(",").map((name) => measured(/** @type {Axis} */ (rows.find((row) => row.name === name))));
  const subject = { index, pair, lacks: own ? "" : wanted, axes, window: wholeOf(axes), whole: true };
  return own && region ? seenThrough(subject, windowOf(axes, region)) : subject;
}

/** @param {Omit<Axis, "measure">} row @returns {Axis} */
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
 * Gives an axis of the map.
 *
 * @param {"x" | "y"} name
 * @param {Span} side
 * @returns {Axis}
 */
const along = (name, [low, high]) =>
  measured({ name, symbol: name, default: low, low, high, scale: "linear", floor: 0, main: true });

/**
 * Gives what is to be computed, with a key.
 *
 * @param {RaceView} view
 * @param {Subject} subject
 * @returns {import("../model/outcome_threads.js").Wanted}
 */
export function jobOf({ spec: { lanes, ...spec } }, { index, pair, axes, window }) {
  const { optimizer, h } = lanes[index];
  const names = axes.map(({ name }) => name);
  const still = Object.entries({ ...h, start: spec.start }).filter(
    ([name]) => name !== pair && !names.includes(/** @type {Varied} */ (name)),
  );
  const kind = JSON.stringify([{ ...spec, start: null }, optimizer, pair, still]);
  const values = () => [
    Float64Array.from({ length: COLUMNS }, (_, column) => valueAt(axes[0], window.slice(0, 2), column, COLUMNS)),
    Float64Array.from({ length: ROWS }, (_, row) => valueAt(axes[1], window.slice(2), ROWS - 1 - row, ROWS)),
  ];
  return { key: `${kind} ${window}`, kind, job: () => ({ spec, lane: { optimizer, h }, names, window, values: values() }) };
}

/**
 * Gives the value of a pixel: that of its middle.
 *
 * @param {Axis} axis
 * @param {number[]} ends  of what is seen
 * @param {number} pixel
 * @param {number} count  of pixels
 */
function valueAt({ measure, low, high }, [from, to], pixel, count) {
  const at = from + ((to - from) * (pixel + 0.5)) / count;
  const grain = (measure.grain(at) * (to - from)) / count / SHORTEST;
  return grain > 0 ? Math.min(high, Math.max(low, roundTo(measure.from(at), grain))) : measure.from(at);
}

/**
 * Gives what the lane has now along both axes.
 *
 * @param {Pick<RaceView, "spec">} view
 * @param {Subject} subject
 */
export const valuesOf = ({ spec: { start, lanes } }, { index, axes }) =>
  axes.map(({ name }) => (name === "x" ? start[0] : name === "y" ? start[1] : lanes[index].h[name]));

/**
 * Moves the lane, or the start, to values along both axes, as sliders do.
 *
 * @param {RaceView} view
 * @param {Subject} subject
 * @param {number[]} values
 * @param {boolean} commit
 */
export const moveTo = (view, { index, pair, axes }, values, commit) =>
  view.change(
    (spec) => {
      if (pair === "start") spec.start = [values[0], values[1]];
      else
        axes.forEach(({ name }, i) => view.kind.setHyper(spec, index, /** @type {HyperparameterName} */ (name), values[i], view));
    },
    { commit },
  );

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
 * @param {Point} shares  of what is seen along both axes
 */
export const pixelAt = (shares) =>
  [COLUMNS, ROWS].map((count, i) => Math.min(count - 1, Math.max(0, Math.floor(shares[i] * count))));

/**
 * Gives the values of a pixel along both axes: the very ones of its run.
 *
 * @param {Subject} subject
 * @param {number[]} pixel
 */
export const valuesAt = ({ axes, window }, pixel) =>
  axes.map((axis, i) => valueAt(axis, window.slice(2 * i, 2 * i + 2), pixel[i], [COLUMNS, ROWS][i]));

/**
 * Gives the values after a press of an arrow key: readable ones where all is seen, else those of the next pixel.
 *
 * @param {Subject} subject
 * @param {number[]} values
 * @param {Point} arrow
 */
export function nudged(subject, values, arrow) {
  const { axes, whole } = subject;
  const next = valuesAt(
    subject,
    pixelAt(shareOfAll(subject, values)).map((pixel, i) => Math.min([COLUMNS, ROWS][i] - 1, Math.max(0, pixel + arrow[i]))),
  );
  return values.map((value, i) => (!arrow[i] ? value : whole ? nudge(axes[i], value, arrow[i]) : next[i]));
}
