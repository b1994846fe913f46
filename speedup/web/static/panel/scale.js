/** Between a parameter's value and its slider's position, 0 to POSITIONS. */

export const POSITIONS = 1000;
const ZERO = 20; // a log slider that reaches 0 has it at the positions left of this

/** @typedef {Pick<ParameterRow, "low" | "high" | "scale" | "floor" | "whole">} Range */

/** @type {Record<string, {to: (value: number) => number, from: (u: number) => number}>} */
const SCALES = {
  linear: { to: (value) => value, from: (u) => u },
  log: { to: Math.log, from: Math.exp },
  log1m: { to: (value) => -Math.log1p(-value), from: (u) => -Math.expm1(-u) },
};

/** @param {Range} row */
const reachesZero = (row) => row.scale === "log" && row.low <= 0;
/** @param {Range} row @param {number} value */
const clamp = (row, value) => Math.min(row.high, Math.max(row.low, value));

/**
 * Gives the part of the slider that follows the scale: values low…high at positions first…POSITIONS.
 *
 * @param {Range} row
 */
function span(row) {
  const { to, from } = SCALES[row.scale];
  const zero = reachesZero(row);
  return { to, from, low: to(zero ? row.floor : row.low), high: to(row.high), first: zero ? ZERO : 0 };
}

/**
 * Counts the digits after the point that a linear slider tells apart: [0, 1] three, [0, 180] none.
 *
 * @param {Range} row
 */
function decimals(row) {
  return Math.max(0, Math.floor(-Math.log10((row.high - row.low) / POSITIONS) + 1e-9));
}

/**
 * Keeps as many digits as a hand can mean: two where a pixel of a slider is some percent.
 *
 * @param {Range} row
 * @param {number} value
 */
function round(row, value) {
  if (row.whole) return Math.round(value);
  if (row.scale === "log1m") return Number((1 - Number((1 - value).toPrecision(2))).toFixed(6));
  const digits = row.high > 1e4 * (row.low || row.floor) ? 2 : 3;
  return Number(row.scale === "log" ? value.toPrecision(digits) : value.toFixed(decimals(row)));
}

/**
 * Says where the slider stands for a value; a fraction, so that a mark can be exact.
 *
 * @param {Range} row
 * @param {number} value
 */
export function toPosition(row, value) {
  if (reachesZero(row) && value < row.floor) return 0;
  const { to, low, high, first } = span(row);
  return first + ((POSITIONS - first) * (to(value) - low)) / (high - low);
}

/**
 * Gives the value at a position, rounded.
 *
 * @param {Range} row
 * @param {number} position
 */
export const toValue = (row, position) => clamp(row, round(row, valueAt(row, position)));

/**
 * Gives the very value at a position.
 *
 * @param {Range} row
 * @param {number} position
 */
export function valueAt(row, position) {
  const { from, low, high, first } = span(row);
  return position < first ? 0 : from(low + ((position - first) / (POSITIONS - first)) * (high - low));
}

/**
 * Gives the value after a press of an arrow key: the second significant digit on a log scale (of 1 - value on log1m), a
 * hundredth else.
 *
 * @param {Range} row
 * @param {number} value
 * @param {number} direction  1 or -1
 * @returns {number}
 */
export function nudge(row, value, direction) {
  if (row.whole) return clamp(row, value + direction);
  if (row.scale === "log1m") {
    /** @type {Range} */
    const rest = { ...row, scale: "log", low: 1 - row.high, high: 1 - row.low };
    return clamp(row, Number((1 - nudge(rest, Number((1 - value).toFixed(6)), -direction)).toFixed(6)));
  }
  if (row.scale !== "log") {
    return clamp(row, round(row, value + direction * 10 ** Math.min(0, 1 - decimals(row))));
  }
  const floor = row.low > 0 ? row.low : row.floor;
  if (value <= floor && direction < 0) return row.low;
  if (value < floor) return floor;
  let exponent = Math.floor(Math.log10(value) + 1e-9);
  if (direction < 0 && value <= 10 ** exponent * (1 + 1e-9)) exponent -= 1;
  return clamp(row, Number((value + direction * 10 ** (exponent - 1)).toPrecision(2)));
}

/**
 * Gives a slider's way in a measure of its own, in which it is even: {ends, to(value), from(at), grain(at), size(at)}. Differences
 * between its numbers are exact down to float64's end, unlike those between positions. `grain`: by how much the value grows
 * along it there; `size`: in it, of what float64 counts digits of.
 *
 * @param {Range} row
 */
export function measureOf(row) {
  const { to, from, low, high, first } = span(row);
  const zero = reachesZero(row);
  const start = low - ((high - low) * first) / (POSITIONS - first);
  /** @type {Span} */
  const ends = [start, high];
  const valueThere = (/** @type {number} */ at) => (zero && at < low ? 0 : clamp(row, from(at)));
  const grain = (/** @type {number} */ at) => {
    const value = valueThere(at);
    return row.scale === "log" ? value : row.scale === "log1m" ? 1 - value : 1;
  };
  return {
    ends,
    to: (/** @type {number} */ value) => (zero && value < row.floor ? start : to(value)),
    from: valueThere,
    grain,
    size: (/** @type {number} */ at) => Math.max(Math.abs(at), Math.abs(valueThere(at)) / (grain(at) || 1)),
  };
}
