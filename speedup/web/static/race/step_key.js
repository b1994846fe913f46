/** What the arrows of a step are called, in their colours, on the map. */
import { drawText } from "../draw/markers.js";

const WORD = { size: 0.9, weight: 600 };
const EDGE = 2.5; // em along the map's upper and lower edge, where the words stand

/**
 * @typedef {import("../draw/canvas.js").Pen} Pen
 * @typedef {import("../draw/trails.js").Trail} Trail
 */

/**
 * Writes the key in as many lines as there have to be, along the edge of the map where there is less of the trails. Gives where
 * each word is.
 *
 * @param {Pen} pen
 * @param {{text: string, tone: {text: string, rim: string}}[]} key
 * @param {Rect} rect
 * @param {{size: number, family: string}} type
 * @param {Trail[]} lanes
 * @returns {import("../draw/labels.js").Obstacle[]}
 */
export function drawKey(pen, key, rect, { size, family }, lanes) {
  const font = `${WORD.weight} ${size * WORD.size}px ${family}`;
  const above = isLow(lanes, rect, EDGE * size);
  pen.font = font;
  let [x, line] = [0, 0];
  const placed = key.map(({ text, tone }) => {
    const width = pen.measureText(text).width;
    if (x > 0 && x + width > rect.right - rect.left - size) [x, line] = [0, line + 1];
    x += width + size * 1.2;
    return { text, tone, width, left: rect.left + size * 0.6 + x - width - size * 1.2, line };
  });
  return placed.map(({ text, tone, left, width, line: own }) => {
    const y = above ? rect.top + size * (0.9 + 1.4 * own) : rect.bottom - size * (0.9 + 1.4 * (line - own));
    drawText(pen, { text, x: left, y, font }, tone);
    return { left, right: left + width, top: y - size * 0.7, bottom: y + size * 0.7, text: true };
  });
}

/**
 * Tells whether more of the trails comes along the map's lower edge than along its upper one: of the whole run, so that nothing
 * jumps while it plays.
 *
 * @param {Trail[]} lanes
 * @param {Rect} rect
 * @param {number} edge
 */
function isLow(lanes, { top, bottom }, edge) {
  let low = 0;
  for (const { on, points, pixels } of lanes) {
    for (let i = 1; on && i < 2 * points.n; i += 2) low += Number(pixels[i] > bottom - edge) - Number(pixels[i] < top + edge);
  }
  return low > 0;
}
