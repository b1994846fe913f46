/** Round numbers along an axis, and how they are written at any zoom. Knows no page. */
import { power } from "./format.js";
import { niceStep } from "./plot.js";

const LONGEST = 5; // letters of a number that stands beside an axis

/**
 * Finds {ticks: [{value, text}], base} of at most about `fits` round numbers from low to high. Where these would have too
 * many digits `base` says what is left out of the texts, "1.2345 + … × 10⁻⁹"; else it is "".
 *
 * @param {number} low
 * @param {number} high
 * @param {number} fits
 */
export function roundTicks(low, high, fits) {
  const step = niceStep((high - low) / fits);
  const unit = Math.floor(Math.log10(step) + 1e-9); // a power of ten: all are whole multiples of it
  const each = Math.round(step / 10 ** unit);
  /** @type {number[]} */
  const wholes = [];
  for (let whole = Math.ceil(count(low, unit) / each - 1e-9) * each; whole <= count(high, unit) + 1e-9; whole += each)
    wholes.push(whole);
  const values = wholes.map((whole) => Number(`${whole}e${unit}`));
  const digits = Math.max(0, -unit);
  const texts = values.map((value) => minus(value.toFixed(digits)));
  if (texts.every((text) => text.length <= LONGEST))
    return { ticks: values.map((value, i) => ({ value, text: texts[i] })), base: "" };
  const coarse = Math.ceil(Math.log10(high - low) - 1e-9); // the base is a multiple of this power of ten
  const base = Math.round((low + high) / 2 / 10 ** coarse);
  const start = base * 10 ** (coarse - unit);
  const ticks = values.map((value, i) => ({ value, text: minus(String(Math.round(wholes[i] - start))) }));
  const whole = Number(`${base}e${coarse}`).toFixed(Math.max(0, -coarse));
  return { ticks, base: minus(`${base === 0 ? "" : `${whole} + `}… × ${power(unit)}`) };
}

/**
 * Tells how many times a power of ten a value is.
 *
 * @param {number} value
 * @param {number} exponent
 */
const count = (value, exponent) => (exponent < 0 ? value * 10 ** -exponent : value / 10 ** exponent);

/** @param {string} text */
const minus = (text) => text.replace("-", "−");

/**
 * Draws a base on a ground of its own, so that no line goes through it.
 *
 * @param {CanvasRenderingContext2D} pen
 * @param {string} base
 * @param {[x: number, y: number]} at
 * @param {number} size
 * @param {string} ground
 */
export function drawBase(pen, base, at, size, ground) {
  pen.save();
  Object.assign(pen, { strokeStyle: ground, lineWidth: 0.4 * size, lineJoin: "round" });
  if (base) pen.strokeText(base, ...at);
  pen.restore();
  pen.fillText(base, ...at);
}
