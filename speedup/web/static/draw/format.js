/** Numbers, names and states as they are shown. */
import { inForce } from "../model/changes.js";
import { tones } from "./markers.js";

const RAISED = { "-": "⁻", 0: "⁰", 1: "¹", 2: "²", 3: "³", 4: "⁴", 5: "⁵", 6: "⁶", 7: "⁷", 8: "⁸", 9: "⁹" };

/** 10⁻⁷; 1 and 10 as they are. */
export function power(exponent) {
  if (exponent === 0 || exponent === 1) return String(10 ** exponent);
  return `10${[...String(exponent)].map((digit) => RAISED[digit]).join("")}`;
}

/** Three significant digits, a true minus sign: 0.0310, −12.5, 12345, 1.20×10⁻⁷. */
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

/** As short as it can be typed: 0.05, −3, 2e-4; six significant digits. */
export function plain(value) {
  const short = Number(value.toPrecision(6));
  const text = short !== 0 && Math.abs(short) < 1e-3 ? short.toExponential() : String(short);
  return text.replace(/^-/, "−");
}

/** The number typed, or NaN: takes a true minus sign and a decimal comma. */
export function parse(text) {
  const tidy = text.trim().replace("−", "-").replace(",", ".");
  return tidy === "" ? NaN : Number(tidy);
}

/** What lines of all colours have to stand out from in projector mode; null: nothing, they are as they are. */
export const groundOf = ({ projector, colours }) => (projector.on ? colours.background : null);

/** A lane's colour: its optimizer's, and a shade of it for each of several alike. */
export function laneColour(stage, index) {
  const { lanes } = stage.spec;
  const { optimizer } = lanes[index];
  const kin = lanes.flatMap((lane, i) => (lane.optimizer === optimizer ? [i] : []));
  return tones(stage.tables.optimizers[optimizer].colour, stage.theme, groundOf(stage), [kin.indexOf(index), kin.length]).line;
}

/** What tells a lane apart from others of its kind at a step, the first one or two things that differ: "β 0.99", "batch 512". */
export function detail(stage, index, step = stage.step) {
  const { lanes } = stage.spec;
  const { optimizer } = lanes[index];
  const kin = lanes.flatMap((lane, i) => (i !== index && lane.optimizer === optimizer ? [i] : []));
  if (!kin.length) return "";
  const [h, ...others] = [index, ...kin].map((i) => inForce(stage.spec, i, step));
  const other = (name) => (i, nth) => lanes[i].h[name] !== lanes[index].h[name] || others[nth][name] !== h[name]; // at first, or now
  const rows = stage.tables.optimizers[optimizer].hyperparameters.filter(({ name }) => kin.some(other(name))).slice(0, 2);
  const alone = rows.length && kin.every(other(rows[0].name)); // by the first one alone
  const texts = (alone ? rows.slice(0, 1) : rows).map((row) => `${row.symbol}\u00a0${plain(h[row.name])}`);
  const apart = kin.some((i) => lanes[i].batch !== lanes[index].batch);
  if (apart) texts.push(`${stage.words("stage.network.batch")}\u00a0${lanes[index].batch ?? stage.spec.batch}`);
  return texts.slice(0, 2).join(" ");
}

/** A lane's name, as it is at a step: "Adam", among several alike "Momentum β 0.99". */
export function laneLabel(stage, index, step = stage.step) {
  return `${stage.tables.optimizers[stage.spec.lanes[index].optimizer].label} ${detail(stage, index, step)}`.trim();
}
