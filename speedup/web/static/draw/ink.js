/** The drawing of a trail, as far as it goes: its line, and its dots. */
import { LINE } from "./geometry.js";
import { dashes } from "./marks.js";

const DOT = 0.19; // radius, in em
const APART = 4; // pixels between the middles of two dots: closer ones would merge
const CREEP = 0.7; // pixels: points closer together make no difference to a line
const BEHIND = 0.22; // how much of a hidden stretch is seen

/**
 * @typedef {import("./canvas.js").Pen} Pen
 * @typedef {import("./trails.js").Trail} Trail
 *
 * @typedef {{n: number, dash: number, dot: [x: number, y: number]}} Ink  points drawn, length of the line, the last dot
 */

/** @returns {Ink} */
export const nothing = () => ({ n: 0, dash: 0, dot: [NaN, NaN] });

/**
 * Continues a lane's line and dots up to point `end`.
 *
 * @param {Pen} pen
 * @param {Trail} lane
 * @param {number} end
 * @param {{size: number, width: number}} type  an em, and the line's width
 * @param {number} alpha
 */
export function ink(pen, lane, end, { size, width }, alpha) {
  const { behind } = lane;
  const isHidden = (/** @type {number} */ k) => behind !== null && behind.flags[Math.floor(k / behind.every)] === 1;
  pen.strokeStyle = pen.fillStyle = lane.tone.line;
  pen.lineWidth = width;
  pen.lineJoin = "round";
  pen.lineCap = lane.row.dash === "solid" ? "round" : "butt";
  pen.setLineDash(dashes(lane.row, width));
  pen.lineDashOffset = lane.ink.dash;
  for (const faint of behind ? [true, false] : [false]) {
    pen.globalAlpha = alpha * (faint ? BEHIND : 1);
    inkLine(pen, lane, end, (k) => isHidden(k) === faint);
    inkDots(pen, lane, end, size * DOT, (k) => isHidden(k) === faint);
  }
  lane.ink.n = end;
}

/**
 * Draws the line through those points that are `mine`.
 *
 * @param {Pen} pen
 * @param {Trail} lane
 * @param {number} end
 * @param {(k: number) => boolean} mine
 */
function inkLine(pen, { points, pixels, ink: done }, end, mine) {
  let down = false;
  let [x, y] = [0, 0];
  pen.beginPath();
  for (let k = Math.max(1, done.n); k < end; k++) {
    if (points.pen[k] !== LINE || !mine(k)) {
      down = false;
      continue;
    }
    if (!down) {
      [x, y] = [pixels[2 * k - 2], pixels[2 * k - 1]];
      pen.moveTo(x, y);
      down = true;
    }
    const length = Math.hypot(pixels[2 * k] - x, pixels[2 * k + 1] - y);
    if (length < CREEP && k < end - 1) continue;
    [x, y] = [pixels[2 * k], pixels[2 * k + 1]];
    pen.lineTo(x, y);
    done.dash += length;
  }
  pen.stroke();
}

/**
 * Draws dots at those whole steps that are `mine`.
 *
 * @param {Pen} pen
 * @param {Trail} lane
 * @param {number} end
 * @param {number} radius
 * @param {(k: number) => boolean} mine
 */
function inkDots(pen, { points, pixels, ink: done }, end, radius, mine) {
  pen.beginPath();
  for (let k = done.n; k < end; k++) {
    if (!Number.isInteger(points.step[k]) || !mine(k)) continue;
    const [x, y] = [pixels[2 * k], pixels[2 * k + 1]];
    if (Math.hypot(x - done.dot[0], y - done.dot[1]) < APART) continue;
    pen.moveTo(x + radius, y);
    pen.arc(x, y, radius, 0, 2 * Math.PI);
    done.dot = [x, y];
  }
  pen.fill();
}
