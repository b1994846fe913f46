/** Marks along an axis of the picture of outcomes, round at any zoom. */
import { plain, power } from "../draw/format.js";
import { roundTicks } from "../draw/ticks.js";
import { measureOf } from "../panel/scale.js";

/**
 * @typedef {Pick<ParameterRow, "low" | "high" | "scale" | "floor" | "whole">} Axis
 * @typedef {{value: number, text: string}} Mark
 */

const CLEAR = 0.7; // of the room that a mark takes: a 0 has it
const FEW = 2; // marks: with fewer powers of ten, others do

/**
 * Gives marks along what is seen of an axis, {marks: [{share, text}], base}, about as many as fit: powers of ten on a log axis, 0.9,
 * 0.99, … where 1 is far away; where there are none of these, round numbers, with a `base` as those of the map.
 *
 * @param {Axis} axis
 * @param {number[]} ends  of what is seen, in its own measure
 * @param {number} fits
 */
export function marksOf(axis, [from, to], fits) {
  const [{ scale, low }, measure] = [axis, measureOf(axis)];
  const share = (/** @type {number} */ value) => (measure.to(value) - from) / (to - from);
  const seen = (/** @type {Mark[]} */ marks) => marks.filter(({ value }) => share(value) >= -1e-9 && share(value) <= 1 + 1e-9);
  const found = scale === "linear" ? [] : [decades, halves].map((find) => seen(find(axis)));
  const near = scale === "log" && low === 0 && from === measure.ends[0]; // to its 0, which has a place of its own
  const own = found.find((marks) => marks.length > FEW) ?? (near ? found[0] : null);
  const round = own ? { ticks: thinned(own, fits), base: "" } : roundTicks(measure.from(from), measure.from(to), fits);
  const marks = seen(round.ticks).map(({ value, text }) => ({ share: share(value), text }));
  const clear = marks.filter(({ share }, i) => !own || i === 0 || share - marks[0].share > CLEAR / fits); // of the 0
  return { marks: clear, base: round.base };
}

/**
 * Keeps every second of marks, or every third, … so that they fit: the last one stays.
 *
 * @param {Mark[]} marks
 * @param {number} fits
 */
function thinned(marks, fits) {
  const each = Math.ceil(marks.length / Math.max(1, fits));
  return marks.filter(({ value }, i) => value === 0 || (marks.length - 1 - i) % each === 0);
}

/**
 * Gives powers of ten, or what is that far from 1; and 0, where the axis reaches it.
 *
 * @param {Axis} axis
 * @returns {Mark[]}
 */
function decades({ scale, low, floor, high }) {
  if (scale === "log1m") return [0, 0.9, 0.99, 0.999].map((value) => ({ value, text: String(value) }));
  const [first, last] = [low || floor, high].map((end) => Math.round(Math.log10(end)));
  const powers = Array.from({ length: last - first + 1 }, (_, i) => ({ value: 10 ** (first + i), text: power(first + i) }));
  return low > 0 ? powers : [{ value: 0, text: "0" }, ...powers];
}

/**
 * Gives 1, 2 and 5 times each power of ten, or what is that far from 1.
 *
 * @param {Axis} axis
 * @returns {Mark[]}
 */
function halves({ scale, low, floor, high }) {
  const near = scale === "log1m";
  const [first, last] = near ? [-4, 0] : [low || floor, high].map((end) => Math.round(Math.log10(end)));
  const sizes = Array.from({ length: last - first + 1 }, (_, i) => [1, 2, 5].map((factor) => Number(`${factor}e${first + i}`)));
  const values = sizes.flat().map((size) => (near ? Number((1 - size).toFixed(4)) : size));
  return values.sort((a, b) => a - b).map((value) => ({ value, text: plain(value) }));
}
