/** What varies in the picture of outcomes: its two axes, from what the link names, the chosen lane and the surface. */
import { power } from "../draw/format.js";
import { roundTicks } from "../draw/ticks.js";
import { COLUMNS, ROWS } from "../model/outcomes.js";
import { POSITIONS, toPosition, toValue, valueAt } from "../panel/scale.js";

/**
 * @typedef {import("../model/outcomes.js").Varied} Varied
 * @typedef {Omit<ParameterRow, "name"> & {name: Varied}} Axis  positions along it are those of a slider
 * @typedef {{index: number, pair: string, axes: Axis[]}} Subject  a lane, and what varies of it
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
export function subjectOf({ tables, spec, chosen, pair: wanted }) {
  const index = Math.max(0, chosen);
  const lane = spec.lanes[index];
  if (!lane) return null;
  const pairs = pairsOf(tables, lane);
  const pair = pairs.includes(wanted) ? wanted : pairs[0];
  const rows = tables.optimizers[lane.optimizer].hyperparameters;
  const axes =
    pair === "start"
      ? tables.surfaces[spec.surface].domain.map((side, i) => along(i === 0 ? "x" : "y", side))
      : pair.split(",").map((name) => /** @type {Axis} */ (rows.find((row) => row.name === name)));
  return { index, pair, axes };
}

/**
 * Gives an axis of the map.
 *
 * @param {"x" | "y"} name
 * @param {Span} side
 * @returns {Axis}
 */
const along = (name, [low, high]) => ({ name, symbol: name, default: low, low, high, scale: "linear", floor: 0, main: true });

/**
 * Gives what is to be computed, with a key.
 *
 * @param {RaceView} view
 * @param {Subject} subject
 * @returns {{key: string, job: () => import("../model/outcomes.js").Job}}
 */
export function jobOf({ spec: { lanes, ...spec } }, { index, pair, axes }) {
  const { optimizer, h } = lanes[index];
  const names = axes.map(({ name }) => name);
  const still = Object.entries({ ...h, start: spec.start }).filter(
    ([name]) => name !== pair && !names.includes(/** @type {Varied} */ (name)),
  );
  const key = JSON.stringify([{ ...spec, start: null }, optimizer, pair, still]);
  const middle = (/** @type {number} */ i, /** @type {number} */ count) => (POSITIONS * (i + 0.5)) / count;
  const values = () => [
    Float64Array.from({ length: COLUMNS }, (_, column) => valueAt(axes[0], middle(column, COLUMNS))),
    Float64Array.from({ length: ROWS }, (_, row) => valueAt(axes[1], middle(ROWS - 1 - row, ROWS))),
  ];
  return { key, job: () => ({ spec, lane: { optimizer, h }, names, values: values() }) };
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
 * Gives where a value stands, as a share of its axis.
 *
 * @param {Axis} axis
 * @param {number} value
 */
const shareOf = (axis, value) => toPosition(axis, value) / POSITIONS;

/**
 * Gives where values stand, as shares of both axes.
 *
 * @param {Subject} subject
 * @param {number[]} values
 * @returns {Point}
 */
export const shareOfAll = ({ axes }, values) => [shareOf(axes[0], values[0]), shareOf(axes[1], values[1])];

/**
 * Gives the value at a share of an axis, rounded as a slider does.
 *
 * @param {Axis} axis
 * @param {number} share
 */
export const valueIn = (axis, share) => toValue(axis, POSITIONS * Math.min(1, Math.max(0, share)));

/**
 * Gives marks along an axis, [{share, text}], at most `fits`: powers of ten on a log axis, 0.9, 0.99, … where 1 is far away.
 *
 * @param {Axis} axis
 * @param {number} fits
 */
export function marksOf(axis, fits) {
  const marks =
    axis.scale === "linear"
      ? roundTicks(axis.low, axis.high, fits).ticks
      : axis.scale === "log1m"
        ? [0, 0.9, 0.99, 0.999].map((value) => ({ value, text: String(value) }))
        : [...(axis.low > 0 ? [] : [{ value: 0, text: "0" }]), ...decades(axis, fits)];
  return marks.map(({ value, text }) => ({ share: shareOf(axis, value), text }));
}

/**
 * @param {Axis} axis
 * @param {number} fits
 */
function decades({ low, floor, high }, fits) {
  const [first, last] = [low || floor, high].map((end) => Math.round(Math.log10(end)));
  const each = Math.ceil((last - first + 1) / fits);
  const exponents = Array.from({ length: Math.floor((last - first) / each) + 1 }, (_, i) => last - each * i);
  return exponents.map((exponent) => ({ value: 10 ** exponent, text: power(exponent) }));
}
