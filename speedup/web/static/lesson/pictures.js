/** The lesson's drawn pictures, one idea each and no word in them. Colours and movement: pictures.css. */
import { svg } from "../base/dom.js";
import { minibatch, slow, which } from "./pictures_data.js";
import { flat } from "./pictures_parts.js";
import { adam, both, drunk, shoes, slope } from "./pictures_walks.js";

/** @type {Record<string, () => import("./pictures_parts.js").Drawing[]>} */
const PICTURES = { slow, minibatch, drunk, slope, shoes, both, adam, which };

/** The names that `picture` knows, in the order of the lesson. */
export const NAMES = Object.keys(PICTURES);

/**
 * Draws a picture as an SVG element, 320 × 160.
 *
 * @param {string} name
 * @param {string} label  says what is seen, for those who don't
 */
export function picture(name, label) {
  const props = { viewBox: "0 0 320 160", class: `picture picture-of-${name}`, role: "img", "aria-label": label };
  return svg("svg", props, flat(PICTURES[name]()));
}
