/** The parts of an update, in the lesson's formulas, in an update's lines and as arrows on the map: each has the colour of what it does. */
import { groundOf } from "./format.js";
import { tones } from "./markers.js";

/** @type {Record<"gradient" | "momentum" | "step", OptimizerName>} */
export const PARTS = { gradient: "sgd", momentum: "momentum", step: "adagrad" }; // part -> the optimizer whose hue it has

/** @typedef {keyof typeof PARTS} PartName */

/**
 * Gives the colours of a part.
 *
 * @param {Pick<View, "tables" | "theme" | "projector" | "colours">} view
 * @param {PartName} part
 */
export const partTones = (view, part) => tones(view.tables.optimizers[PARTS[part]].colour, view.theme, groundOf(view));
