/** Where the relief is seen from, as a link says it: turn and tilt in degrees, how far away, the place looked at. Knows no page. */

/**
 * @typedef {import("./relief_camera.js").Eye} Eye
 * @typedef {number[]} Look  turn, tilt, away, x, y, z
 */

const WIDE = 1.75; // width to height of the map that a relief is made for

/** Tells how many times farther away the eye is on a map of another shape: a narrower one. */
export const stepBack = (/** @type {number} */ ratio) => Math.max(1, WIDE / ratio);

/**
 * Gives a view in numbers as short as a link needs.
 *
 * @param {Pick<Eye, "eye" | "center">} seen
 * @param {number} ratio  of the map, width to height
 * @returns {Look}
 */
export function lookOf({ eye, center }, ratio) {
  const [x, y, z] = [eye.x - center.x, eye.y - center.y, eye.z - center.z];
  const away = Math.hypot(x, y, z);
  const degrees = [Math.atan2(y, x), Math.asin(z / away)].map((angle) => short((angle * 180) / Math.PI, 1));
  return [...degrees, short(away / stepBack(ratio), 2), ...[center.x, center.y, center.z].map((one) => short(one, 2))];
}

/**
 * Gives the view of a look, for a map of a shape.
 *
 * @param {Look} look
 * @param {number} ratio
 * @returns {Eye}
 */
export function eyeOf([turn, tilt, away, x, y, z], ratio) {
  const [around, above] = [turn, tilt].map((angle) => (angle * Math.PI) / 180);
  const far = away * stepBack(ratio);
  const flat = far * Math.cos(above);
  const eye = { x: x + flat * Math.cos(around), y: y + flat * Math.sin(around), z: z + far * Math.sin(above) };
  return { eye, center: { x, y, z }, up: { x: 0, y: 0, z: 1 } };
}

const short = (/** @type {number} */ value, /** @type {number} */ digits) => Number(value.toFixed(digits)) + 0; // no -0
