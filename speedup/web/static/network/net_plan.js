/** Where the units of a network stand and its weights run: one column for each layer. */

const LEAST = 0.75; // em from a unit to the next
const LARGEST = 1.9; // em, half of a unit's side
const NEAR = 6; // pixels from a line that is still meant

/**
 * @typedef {object} Plan
 * @property {(Point | null)[][]} places  of each layer's units; null for what has no room
 * @property {number} half  of a unit's side, in pixels
 * @property {{x: number, y: number, count: number}[]} rest  the units that are only counted
 *
 * @typedef {object} Link  a weight between two units, or a unit's bias: that comes from nowhere
 * @property {Point | null} from
 * @property {Point} to
 * @property {number} weight
 * @property {number} at  which of the net's weights it is
 */

/**
 * Finds places for the units of a net.
 *
 * @param {number[]} sizes  of the layers
 * @param {{width: number, height: number, size: number}} box  in pixels, with the size of the type
 * @returns {Plan}
 */
export function placesOf(sizes, { width, height, size }) {
  const room = Math.max(2, Math.floor(height / (size * LEAST)));
  const lines = sizes.map((count) => Math.min(count, room));
  const across = width / sizes.length;
  const half = Math.min(size * LARGEST, (height / Math.max(...lines)) * 0.42, across * 0.32);
  /** @type {Plan["rest"]} */
  const rest = [];
  const places = sizes.map((count, layer) => {
    const apart = Math.min((height - 2 * half - 2) / Math.max(1, lines[layer] - 1), half * 2.9);
    /** @type {(i: number) => Point} */
    const at = (i) => [across * (layer + 0.5), height / 2 + (i - (lines[layer] - 1) / 2) * apart];
    const shown = count > room ? room - 1 : count; // the words take a unit's place
    if (count > shown) rest.push({ x: at(shown)[0], y: at(shown)[1], count: count - shown });
    return Array.from({ length: count }, (_, i) => (i < shown ? at(i) : null));
  });
  return { places, half, rest };
}

/**
 * Gives every weight between units that are shown, and their biases.
 *
 * @param {Pick<Plan, "places">} plan
 * @param {ArrayLike<number>} params  the net's weights
 */
export function linksOf({ places }, params) {
  /** @type {Link[]} */
  const links = [];
  let at = 0;
  for (let layer = 0; layer + 1 < places.length; layer++) {
    const [ins, outs] = [places[layer], places[layer + 1]];
    const add = (/** @type {Point | null} */ from, /** @type {Point} */ to, /** @type {number} */ own) =>
      links.push({ from, to, weight: params[at + own], at: at + own });
    outs.forEach((to, j) => ins.forEach((from, i) => from && to && add(from, to, j * ins.length + i)));
    outs.forEach((to, j) => to && add(null, to, ins.length * outs.length + j));
    at += (ins.length + 1) * outs.length;
  }
  return links;
}

/**
 * Finds the unit, by its bias, or the weight that a pointer means.
 *
 * @param {Pick<Plan, "half">} plan
 * @param {Link[]} links
 * @param {Point} pointer
 */
export function under({ half }, links, [x, y]) {
  const inside = links.find(({ from, to }) => !from && Math.abs(x - to[0]) <= half && Math.abs(y - to[1]) <= half);
  if (inside) return inside;
  /** @type {Link | null} */
  let nearest = null;
  let least = NEAR;
  for (const link of links) {
    const distance = link.from ? away(link.from, link.to, x, y) : Infinity;
    if (distance < least) [nearest, least] = [link, distance];
  }
  return nearest;
}

/**
 * Measures how far a place is from a line between two others.
 *
 * @param {Point} from
 * @param {Point} to
 * @param {number} x
 * @param {number} y
 */
function away(from, to, x, y) {
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
  const part = Math.min(1, Math.max(0, ((x - from[0]) * dx + (y - from[1]) * dy) / (dx * dx + dy * dy)));
  return Math.hypot(x - from[0] - part * dx, y - from[1] - part * dy);
}
