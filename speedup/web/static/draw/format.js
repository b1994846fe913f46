/** Numbers, names and states as they are shown. */
import { inForce } from "../model/changes.js";
import { tones } from "./markers.js";

/** @typedef {Pick<View, "spec" | "tables" | "theme" | "colours" | "projector">} Palette  what a lane's colour depends on */

/** @type {Record<string, string>} */
const RAISED = { "-": "⁻", 0: "⁰", 1: "¹", 2: "²", 3: "³", 4: "⁴", 5: "⁵", 6: "⁶", 7: "⁷", 8: "⁸", 9: "⁹" };

/**
 * Writes a power of ten: 10⁻⁷; 1 and 10 as they are.
 *
 * @param {number} exponent
 */
export function power(exponent) {
  if (exponent === 0 || exponent === 1) return String(10 ** exponent);
  return `10${[...String(exponent)].map((digit) => RAISED[digit]).join("")}`;
}

/**
 * Writes three significant digits, a true minus sign: 0.0310, −12.5, 12345, 1.20×10⁻⁷; NaN as a dash.
 *
 * @param {number} value
 */
export function number(value, digits = 3) {
  if (Number.isNaN(value)) return "–";
  if (value === 0) return "0";
  const sign = value < 0 ? "−" : "";
  const size = Math.abs(value);
  if (size === Infinity) return `${sign}∞`;
  if (size >= 1e6 || size < 1e-4) {
    const [mantissa, exponent] = size.toExponential(digits - 1).split("e");
    return `${sign}${mantissa}×${power(Number(exponent))}`;
  }
  return sign + (size < 10 ** digits - 0.5 ? size.toPrecision(digits) : String(Math.round(size)));
}

/**
 * Writes a number as short as it can be typed: 0.05, −3, 2e-4; six significant digits.
 *
 * @param {number} value
 */
export function plain(value) {
  const short = Number(value.toPrecision(6));
  const text = short !== 0 && Math.abs(short) < 1e-3 ? short.toExponential() : String(short);
  return text.replace(/^-/, "−");
}

/**
 * Reads the number typed, or NaN: takes a true minus sign and a decimal comma.
 *
 * @param {string} text
 */
export function parse(text) {
  const tidy = text.trim().replace("−", "-").replace(",", ".");
  return tidy === "" ? NaN : Number(tidy);
}

/**
 * Gives what lines of all colours have to stand out from in projector mode; null: nothing, they are as they are.
 *
 * @param {Pick<View, "projector" | "colours">} view
 */
export const groundOf = ({ projector, colours }) => (projector.on ? colours.background : null);

/**
 * Gives a lane's colour: its optimizer's, and a shade of it for each of several alike.
 *
 * @param {Palette} view
 * @param {number} index
 */
export function laneColour(view, index) {
  const { lanes } = view.spec;
  const { optimizer } = lanes[index];
  const kin = lanes.flatMap((lane, i) => (lane.optimizer === optimizer ? [i] : []));
  return tones(view.tables.optimizers[optimizer].colour, view.theme, groundOf(view), [kin.indexOf(index), kin.length]).line;
}

/**
 * Tells a lane apart from others of its kind at a step, by the first one or two things that differ: "β 0.99", "batch 512".
 *
 * @param {Pick<View, "spec" | "tables" | "words" | "step">} view
 * @param {number} index
 */
export function detail(view, index, step = view.step) {
  const { lanes } = view.spec;
  const { optimizer } = lanes[index];
  const kin = lanes.flatMap((lane, i) => (i !== index && lane.optimizer === optimizer ? [i] : []));
  if (!kin.length) return "";
  const [h, ...others] = [index, ...kin].map((i) => inForce(view.spec, i, step));
  const other = (/** @type {HyperparameterName} */ name) => (/** @type {number} */ i, /** @type {number} */ nth) =>
    lanes[i].h[name] !== lanes[index].h[name] || others[nth][name] !== h[name]; // at first, or now
  const rows = view.tables.optimizers[optimizer].hyperparameters.filter(({ name }) => kin.some(other(name))).slice(0, 2);
  const alone = rows.length && kin.every(other(rows[0].name)); // by the first one alone
  const texts = (alone ? rows.slice(0, 1) : rows).map((row) => `${row.symbol}\u00a0${plain(h[row.name])}`);
  const apart = kin.some((i) => lanes[i].batch !== lanes[index].batch);
  if (apart) texts.push(`${view.words("stage.network.batch")}\u00a0${lanes[index].batch ?? view.spec.batch}`);
  return texts.slice(0, 2).join(" ");
}

/**
 * Names a lane as it is at a step: "Adam", among several alike "Momentum β 0.99".
 *
 * @param {Pick<View, "spec" | "tables" | "words" | "step">} view
 * @param {number} index
 */
export function laneLabel(view, index, step = view.step) {
  return `${view.tables.optimizers[view.spec.lanes[index].optimizer].label} ${detail(view, index, step)}`.trim();
}
