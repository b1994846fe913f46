/** What is drawn on the map besides the trails: balls, stars, the ends of paths, names. All in CSS pixels. */
import { MARKERS, shapeOf } from "./marks.js";

/**
 * @typedef {import("./canvas.js").Pen} Pen
 * @typedef {{line: string, rim: string}} Stroke  colours of what is drawn, and of the rim around it
 * @typedef {Stroke & {text: string}} Tone  and of a name
 */

const ARROW = "M0 0L-2 -1.1L-1.5 0L-2 1.1Z"; // its tip is the place
const CROSS = "M-1 -1L1 1M1 -1L-1 1";
const RIM = 2.5; // of contrast around what must stand out from trails of all colours
export const RIMS = { light: "#ffffff", dark: "#0c1117" };
const BLACK = [0, 0, 0];
const WHITE = [255, 255, 255];
const [DISTINCT, LEGIBLE] = [3.5, 7]; // contrasts of a line and of a name, for a projector in a bright room

/**
 * Moves a colour towards another.
 *
 * @param {string} colour  as `#rrggbb`
 * @param {number[]} target  red, green, blue
 * @param {number} amount  0 to 1
 */
export function mix(colour, target, amount) {
  const channels = [1, 3, 5].map((at, i) => {
    const own = parseInt(colour.slice(at, at + 2), 16);
    return Math.round(own + (target[i] - own) * amount)
      .toString(16)
      .padStart(2, "0");
  });
  return `#${channels.join("")}`;
}

/**
 * Finds the colours of a lane on the map: its optimizer's own, made darker or lighter if it is the rank-th of `count`
 * alike; with a `ground`, so much so that the line stands out from it, and the text from its rim.
 *
 * @param {string} colour
 * @param {View["theme"]} theme
 * @param {string | null} [ground]
 * @param {[rank: number, count: number]} [place]
 * @returns {Tone}
 */
export function tones(colour, theme, ground = null, [rank, count] = [0, 1]) {
  const key = [colour, theme, ground, rank, count].join();
  const tone = known.get(key) ?? mixed(colour, theme, ground, [rank, count]);
  known.set(key, tone);
  return tone;
}

/** @type {Map<string, Tone>} */
const known = new Map(); // asked for several times a frame

/**
 * @param {string} colour
 * @param {View["theme"]} theme
 * @param {string | null} ground
 * @param {[rank: number, count: number]} place
 * @returns {Tone}
 */
function mixed(colour, theme, ground, [rank, count]) {
  const shade = count > 1 ? (rank / (count - 1) - 0.5) * 0.9 : 0; // -0.45 … 0.45
  const own = mix(colour, shade < 0 ? BLACK : WHITE, Math.abs(shade));
  const rim = RIMS[theme];
  const [line, text] = theme === "light" ? [own, mix(own, BLACK, 0.3)] : [mix(own, WHITE, 0.15), mix(own, WHITE, 0.4)];
  if (ground === null) return { line, text, rim };
  return { line: distinct(line, ground, DISTINCT, theme), text: distinct(text, rim, LEGIBLE, theme), rim };
}

/**
 * Moves a colour away from a ground until its contrast is `least`, as the Web's guidelines measure it.
 *
 * @param {string} colour
 * @param {string} ground
 * @param {number} least
 * @param {View["theme"]} theme
 */
function distinct(colour, ground, least, theme) {
  const contrast = (/** @type {string} */ one) => {
    const [low, high] = [luminance(one), luminance(ground)].sort((a, b) => a - b);
    return (high + 0.05) / (low + 0.05);
  };
  let amount = 0;
  while (contrast(mix(colour, theme === "light" ? BLACK : WHITE, amount)) < least && amount < 1) amount += 0.02;
  return mix(colour, theme === "light" ? BLACK : WHITE, Math.min(1, amount));
}

/** @param {string} colour */
function luminance(colour) {
  const [r, g, b] = [1, 3, 5]
    .map((at) => parseInt(colour.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/**
 * Draws an optimizer's marker.
 *
 * @param {Pen} pen
 * @param {MarkerName} marker
 * @param {number} x
 * @param {number} y
 * @param {number} radius
 * @param {Stroke} tone
 */
export function drawBall(pen, marker, x, y, radius, tone) {
  stamp(pen, MARKERS[marker], [x, y, radius, 0], tone);
}

/**
 * Draws where a path has left what is seen: an arrow with its tip at (x, y), pointing along (dx, dy).
 *
 * @param {Pen} pen
 * @param {number} x
 * @param {number} y
 * @param {number} dx
 * @param {number} dy
 * @param {number} radius
 * @param {Stroke} tone
 */
export function drawArrow(pen, x, y, dx, dy, radius, tone) {
  stamp(pen, ARROW, [x, y, radius, Math.atan2(dy, dx)], tone);
}

/**
 * Draws where a path has ended, since it diverged.
 *
 * @param {Pen} pen
 * @param {number} x
 * @param {number} y
 * @param {number} radius
 * @param {Stroke} tone
 */
export function drawCross(pen, x, y, radius, tone) {
  stamp(pen, CROSS, [x, y, radius, 0], tone, 3);
}

/**
 * Draws a minimum: hollow, so that it isn't taken for an optimizer's star.
 *
 * @param {Pen} pen
 * @param {number} x
 * @param {number} y
 * @param {number} radius
 * @param {{text: string, rim: string}} tone
 */
export function drawStar(pen, x, y, radius, { text, rim }) {
  stamp(pen, MARKERS.star, [x, y, radius, 0], { line: rim, rim });
  stamp(pen, MARKERS.star, [x, y, radius, 0], { line: text, rim: "transparent" }, 1.75);
}

/**
 * Draws a shape with a rim around it; filled, or drawn with lines of a width in pixels.
 *
 * @param {Pen} pen
 * @param {string} outline
 * @param {[x: number, y: number, scale: number, turn: number]} place
 * @param {Stroke} tone
 */
function stamp(pen, outline, [x, y, scale, turn], { line, rim }, width = 0) {
  const shape = shapeOf(outline);
  pen.save();
  pen.translate(x, y);
  pen.rotate(turn);
  pen.scale(scale, scale);
  pen.lineJoin = pen.lineCap = "round";
  pen.lineWidth = (width + 2 * RIM) / scale;
  pen.strokeStyle = rim;
  pen.stroke(shape);
  pen.lineWidth = width / scale;
  pen.strokeStyle = pen.fillStyle = line;
  if (width) pen.stroke(shape);
  else pen.fill(shape);
  pen.restore();
}

/**
 * Writes a label's text with a rim around it, its left middle at (x, y).
 *
 * @param {Pen} pen
 * @param {{text: string, x: number, y: number, font: string}} label
 * @param {{text: string, rim: string}} tone
 */
export function drawText(pen, { text, x, y, font }, tone) {
  pen.font = font;
  pen.textAlign = "left";
  pen.textBaseline = "middle";
  pen.lineJoin = "round";
  pen.lineWidth = 2 * RIM;
  pen.strokeStyle = tone.rim;
  pen.strokeText(text, x, y);
  pen.fillStyle = tone.text;
  pen.fillText(text, x, y);
}
