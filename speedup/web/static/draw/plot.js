/** The geometry of the loss chart, without a canvas: its range, its ticks, its curves. */
import { number, power } from "./format.js";

const DEEPEST = 10; // decades that a log axis shows at most
const FARTHEST = 310; // a float64 lies between 10⁻³¹⁰ and 10³¹⁰
const RARE = 0.02; // share of the losses that may lie below a log axis: a dip of a step or two sets no scale
const TINY = 1e-300; // what counts as nothing on a log axis

/**
 * @typedef {object} Range  an axis of losses
 * @property {number} low
 * @property {number} high
 * @property {number | null} zero  of a log axis the minimum that is taken off, else null
 * @property {boolean} [deeper]  whether some losses lie below a log axis' end
 *
 * @typedef {object} Area  of the chart, in CSS pixels
 * @property {number} left
 * @property {number} top
 * @property {number} width
 * @property {number} height
 *
 * @typedef {object} Type  what is written around it, in CSS pixels
 * @property {number} size  an em
 * @property {number} margin  room at the right
 * @property {number} ratio  pixels of the screen to a CSS pixel
 * @property {string} font
 *
 * @typedef {ReturnType<typeof createPlot>} Plot
 */

/**
 * Finds the axis for losses.
 *
 * @param {ArrayLike<number>} losses
 * @param {number | null} zero
 * @returns {Range}
 */
export function axisRange(losses, zero) {
  return { zero, ...(zero === null ? niceEnds(losses) : decadeEnds(losses, zero)) };
}

/**
 * Finds powers of ten around the heights of the losses above `zero`.
 *
 * @param {ArrayLike<number>} losses
 * @param {number} zero
 */
function decadeEnds(losses, zero) {
  const counts = new Uint32Array(2 * FARTHEST); // how many losses lie in each decade
  let total = 0;
  for (let i = 0; i < losses.length; i++) {
    const height = losses[i] - zero;
    if (!(height > TINY)) continue;
    counts[Math.floor(Math.log10(height)) + FARTHEST] += 1;
    total += 1;
  }
  if (!total) return { low: 0.1, high: 1, deeper: losses.length > 0 };
  const top = counts.findLastIndex((count) => count > 0) + 1 - FARTHEST;
  let below = 0;
  const common = counts.findIndex((count) => (below += count) > RARE * total) - FARTHEST;
  const first = Math.max(common, top - DEEPEST);
  const lowest = counts.findIndex((count) => count > 0) - FARTHEST;
  return { low: 10 ** first, high: 10 ** top, deeper: total < losses.length || lowest < first };
}

/** @param {ArrayLike<number>} losses */
function niceEnds(losses) {
  let low = Infinity;
  let high = -Infinity;
  for (let i = 0; i < losses.length; i++) {
    low = Math.min(low, losses[i]);
    high = Math.max(high, losses[i]);
  }
  if (low > high) return { low: -1, high: 1 };
  const step = niceStep(Math.max(high - low, 1e-9 * (1 + Math.abs(high))) / 3);
  return { low: Math.floor(low / step) * step, high: Math.ceil(high / step) * step };
}

/**
 * Finds a step that is 1, 2 or 5 times a power of ten, at least `rough`.
 *
 * @param {number} rough
 */
export function niceStep(rough) {
  const unit = 10 ** Math.floor(Math.log10(rough));
  return unit * ([1, 2, 5].find((factor) => factor * unit >= rough * (1 - 1e-9)) ?? 10);
}

/**
 * Makes the chart's area with the scales of its axes.
 *
 * @param {Area & Type} area
 * @param {ChartModel} model
 */
export function createPlot(area, model) {
  const { zero, low, high, steps, units, ends = units.map(() => steps) } = model;
  const bottom = area.top + area.height;
  const span = Math.max(...units.map((unit, lane) => unit * ends[lane]));
  const share =
    zero === null
      ? (/** @type {number} */ loss) => (loss - low) / (high - low)
      : (/** @type {number} */ loss) => Math.log(Math.max(loss - zero, TINY) / low) / Math.log(high / low);
  return {
    ...area,
    ...model,
    ends,
    bottom,
    span,
    right: area.left + area.width,
    /** Where a lane is after a step; without a lane the one that goes furthest. */
    x: (/** @type {number} */ step, lane = -1) => area.left + (area.width * step * (units[lane] ?? span / steps)) / span,
    /** A log axis has no place for what is at or below its lower end: that runs along it. */
    y: (/** @type {number} */ loss) => bottom - area.height * (zero === null ? share(loss) : Math.max(0, share(loss))),
    step: (/** @type {number} */ x) => Math.min(steps, Math.max(0, Math.round(((x - area.left) / area.width) * steps))),
  };
}

/**
 * Finds [{value (a loss), text}] of the loss axis, `room` pixels apart at least.
 *
 * @param {Plot} plot
 * @param {number} room
 */
export function lossTicks(plot, room) {
  const { zero } = plot;
  const fits = Math.max(1, Math.floor(plot.height / room));
  if (zero === null) {
    return linearTicks(plot.low, plot.high, fits).map((value) => ({ value, text: tickText(value) }));
  }
  const [first, last] = [plot.low, plot.high].map((end) => Math.round(Math.log10(end)));
  const each = Math.ceil((last - first) / fits);
  const exponents = Array.from({ length: Math.floor((last - first) / each) + 1 }, (_, i) => first + each * i);
  const text = (/** @type {number} */ exponent) => (plot.deeper && exponent === first ? "≤" : "") + power(exponent);
  return exponents.map((exponent) => ({ value: zero + 10 ** exponent, text: text(exponent) }));
}

/**
 * Finds [{x (pixels), text}] of the axis below, whole numbers if that is what it counts.
 *
 * @param {Plot} plot
 * @param {number} room  pixels apart at least
 */
export function spanTicks(plot, room) {
  const ticks = linearTicks(0, plot.span, Math.max(1, Math.floor(plot.width / room)));
  const shown = plot.whole ? ticks.filter(Number.isInteger) : ticks;
  return shown.map((value) => ({ x: plot.left + (plot.width * value) / plot.span, text: tickText(value) }));
}

/**
 * @param {number} low
 * @param {number} high
 * @param {number} fits  how many at most
 */
function linearTicks(low, high, fits) {
  const step = niceStep((high - low) / fits);
  const first = Math.ceil(low / step - 1e-9);
  const count = Math.floor(high / step + 1e-9) - first + 1;
  return Array.from({ length: count }, (_, i) => Number(((first + i) * step).toPrecision(12)));
}

/** @param {number} value */
const tickText = (value) =>
  Math.abs(value) >= 1e5 || (value !== 0 && Math.abs(value) < 1e-3) ? number(value, 1) : String(value).replace("-", "−");

/**
 * Draws a lane's losses, one a step, as a path; of the steps that share two columns of pixels the lowest and the highest.
 *
 * @param {Float64Array} losses
 * @param {Plot} plot
 * @param {number} lane
 */
export function curve(losses, plot, lane) {
  const line = new Path2D();
  const far = 4 * plot.height; // canvases choke on coordinates without bounds
  const y = (/** @type {number} */ step) => Math.min(plot.bottom + far, Math.max(plot.top - far, plot.y(losses[step])));
  const x = (/** @type {number} */ step) => plot.x(step, lane);
  const total = losses.length;
  const each = Math.max(1, Math.floor((2 * total) / (x(total) - plot.left)));
  line.moveTo(x(0), y(0));
  for (let step = 1; step < total && Number.isFinite(losses[step]); step += each) {
    const end = Math.min(step + each, total);
    let lowest = step;
    let highest = step;
    for (let k = step + 1; k < end && Number.isFinite(losses[k]); k++) {
      if (losses[k] < losses[lowest]) lowest = k;
      if (losses[k] > losses[highest]) highest = k;
    }
    line.lineTo(x(Math.min(lowest, highest)), y(Math.min(lowest, highest)));
    if (lowest !== highest) line.lineTo(x(Math.max(lowest, highest)), y(Math.max(lowest, highest)));
  }
  return line;
}

/**
 * Finds the last step with a finite loss, -1 if there is none.
 *
 * @param {Float64Array} losses
 */
export function lastStep(losses) {
  let step = losses.length - 1;
  while (step >= 0 && !Number.isFinite(losses[step])) step -= 1;
  return step;
}

/**
 * Finds the step at which a curve leaves the chart at its top and doesn't come back, -1 for one that doesn't.
 *
 * @param {Float64Array} losses
 * @param {Plot} plot
 */
export function leavesAt(losses, plot) {
  const above = (/** @type {number} */ step) => plot.y(losses[step]) < plot.top;
  let step = lastStep(losses);
  if (step < 0 || !above(step)) return -1;
  while (step > 0 && above(step - 1)) step -= 1;
  return step;
}
