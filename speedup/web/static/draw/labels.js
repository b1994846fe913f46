/** Finds places for the names on the map. */

/**
 * @typedef {"right" | "left" | "middle"} Side  of the point, or above or below it
 * @typedef {{side: Side, column: number, row: number, cost: number}} Offer  of a place: em beside, lines down from the point
 *
 * @typedef {object} Label
 * @property {string | number} key  the same from frame to frame
 * @property {Point} at  the point that it names
 * @property {number} width
 * @property {number} height
 * @property {number} [gap]  em, if it has to keep more distance
 * @property {boolean} [optional]  whether it may be left out
 * @property {number} x  its left middle; this and what follows is what `place` finds
 * @property {number} y
 * @property {Side} side
 * @property {boolean} tied  whether only a line tells what it belongs to
 * @property {boolean} shown
 *
 * @typedef {Rect & {text?: boolean}} Obstacle
 * @typedef {{rect: Rect, size: number}} Room  where names may be, and an em, in pixels
 * @typedef {Room & {labels: Label[], passed: number}} Round  and all names, and the milliseconds since the last time
 */

const COLUMNS = [
  [0.95, 0],
  [1.6, 0.6],
  [2.6, 1.5],
]; // between a point and its name, in em, and what that costs
const MOST_ROWS = 9; // lines up or down from a point
const ROOM = 0.25; // em that a new place has at its sides, while an old one is kept until something touches it
const TOUCH = 0.12; // em by which that may overlap, but no text another one's letters
const CROWD = 1.5; // em: of points closer together no name is clearly the one's or the other's
const SAME = 0.3; // em: points closer together are one: no side of it is better for one of their names
const PATIENCE = 700; // ms for which a better place must be free before a name goes there; a third if it is in the way
const PAUSE = 100; // ms, the most that counts as time between two frames
const [LEFT, UPRIGHT, DOWN, CONFUSING, CONFLICT, OVER, OUTSIDE] = [2.1, 2.3, 0.05, 2.5, 100, 1e4, 1e6]; // what they cost
const CLOSE = 2.4; // the most that an optional label may cost

const ROWS = Array.from({ length: 2 * MOST_ROWS + 1 }, (_, i) => i - MOST_ROWS);
/** @type {Offer[]} */
const OFFERS = ROWS.flatMap((row) =>
  COLUMNS.flatMap(([column, far]) => {
    const cost = Math.abs(row) + (row > 0 ? DOWN : 0) + far;
    /** @type {Offer[]} */
    const beside = [
      { side: "right", column, row, cost },
      { side: "left", column, row, cost: cost + LEFT },
    ];
    return beside;
  }),
).concat([-1.1, 1.1].map((row) => ({ side: "middle", column: 0, row, cost: UPRIGHT })));
OFFERS.sort((a, b) => a.cost - b.cost); // the cheapest first
const CLOSE_OFFERS = OFFERS.filter(({ cost, row, side }) => cost <= CLOSE && (row === 0 || side === "middle"));

/** What has been chosen: a name stays there from frame to frame. */
export class Places {
  /** @type {Map<string | number, {offer: Offer | null, unrest: number}>} */
  chosen = new Map(); // and the milliseconds for which a better place was free
  /** @type {number | null} */
  last = null; // when, in milliseconds

  clear() {
    this.chosen.clear();
    this.last = null;
  }
}

/**
 * Places labels one after the other, each where it hides no other label and none of the `obstacles`, as close to its
 * point as can be. A name stays where it was until that has been in the way for a while, so that it doesn't flicker;
 * only another text drives it away at once.
 *
 * @param {Label[]} labels
 * @param {Obstacle[]} obstacles
 * @param {Places} places
 * @param {Room & {now: number, resting: boolean}} room  milliseconds; `resting`: nothing moves, so that names go at once where
 *     they ought to be
 */
export function place(labels, obstacles, places, { rect, size, now, resting }) {
  const taken = [...obstacles];
  const passed = resting ? PATIENCE : Math.min(PAUSE, now - (places.last ?? now));
  places.last = now;
  for (const label of labels) {
    const offer = choose(label, taken, places, { rect, size, labels, passed });
    label.shown = offer !== null;
    if (!offer) continue;
    put(label, offer, size);
    label.tied = offer.row !== 0 || offer.column > COLUMNS[0][0];
    taken.push({ ...box(label), text: true });
  }
  for (const label of labels) {
    const near = (/** @type {Label} */ { at }) => Math.hypot(at[0] - label.at[0], at[1] - label.at[1]) < CROWD * size;
    label.tied ||= labels.filter(near).length > 1; // itself is one of them
  }
}

/**
 * Finds the offer that a label takes; null: it is left out.
 *
 * @param {Label} label
 * @param {Obstacle[]} taken
 * @param {Places} places
 * @param {Round} view
 */
function choose(label, taken, { chosen }, view) {
  const last = chosen.get(label.key);
  const [best, wrong] = cheapest(label, taken, view);
  const fresh = label.optional && wrong > 0 ? null : best;
  let offer = fresh;
  let unrest = Math.max(0, (last?.unrest ?? 0) - view.passed);
  if (last && last.offer !== fresh) {
    const kept = last.offer ? conflict(label, last.offer, taken, view, -TOUCH) : 0;
    unrest = last.unrest + view.passed * (kept > 0 ? 3 : 1);
    if (kept < OVER && unrest < PATIENCE) offer = last.offer;
    else unrest = 0;
  }
  chosen.set(label.key, { offer, unrest });
  return offer;
}

/**
 * Finds the cheapest offer without a conflict, else the one with the least, and what is wrong with it.
 *
 * @param {Label} label
 * @param {Obstacle[]} taken
 * @param {Round} view
 * @returns {[best: Offer | null, wrong: number]}
 */
function cheapest(label, taken, view) {
  /** @type {Offer | null} */
  let best = null;
  let [least, wrong] = [Infinity, 0];
  for (const offer of label.optional ? CLOSE_OFFERS : OFFERS) {
    if (offer.cost >= least) break;
    const trouble = conflict(label, offer, taken, view, ROOM);
    const unclear = view.labels.some((other) => confusing(other, label, offer, view));
    const cost = offer.cost + trouble + (unclear ? CONFUSING : 0);
    if (cost < least) {
      best = offer;
      [least, wrong] = [cost, trouble];
    }
  }
  return [best, wrong];
}

/**
 * Tells whether a label that was put where an offer says begins about as near to another point as to its own.
 *
 * @param {Label} other
 * @param {Label} label
 * @param {Offer} offer
 * @param {Room} room
 */
function confusing({ at: [ox, oy] }, { at: [px, py], y }, { side, column }, { size }) {
  if (side === "middle" || Math.hypot(ox - px, oy - py) < SAME * size) return false;
  const x = px + (side === "right" ? column : -column) * size;
  return Math.hypot(x - ox, y - oy) < 1.15 * Math.hypot(x - px, y - py);
}

/**
 * Finds what is wrong with an offer: 0 for nothing.
 *
 * @param {Label} label
 * @param {Offer} offer
 * @param {Obstacle[]} taken
 * @param {Room} view
 * @param {number} room  in em around the label
 */
function conflict(label, offer, taken, { rect, size }, room) {
  put(label, offer, size);
  const half = label.height / 2;
  const { x, y, width } = label;
  if (x < rect.left || x + width > rect.right || y - half < rect.top || y + half > rect.bottom) return OUTSIDE;
  const along = Math.min(0, room * size); // lines of a stack may be close
  let cost = 0;
  for (const other of taken) {
    const across = other.text ? Math.max(0, room * size) : room * size;
    const beside = x - across < other.right && other.left < x + width + across;
    if (beside && y - half - along < other.bottom && other.top < y + half + along) cost += other.text ? OVER : CONFLICT;
  }
  return cost;
}

/**
 * Puts a label where an offer says.
 *
 * @param {Label} label
 * @param {Offer} offer
 * @param {number} size
 */
function put(label, { side, column, row }, size) {
  const [px, py] = label.at;
  const gap = Math.max(column, label.gap ?? 0) * size;
  label.side = side;
  label.y =
    py +
    (side === "middle" ? Math.sign(row) * Math.max(gap + label.height / 2, Math.abs(row) * label.height) : row * label.height);
  if (side === "right") label.x = px + gap;
  else if (side === "left") label.x = px - gap - label.width;
  else label.x = px - label.width / 2;
}

/** @param {Label} label */
const box = ({ x, y, width, height }) => ({ left: x, right: x + width, top: y - height / 2, bottom: y + height / 2 });

/**
 * Gives a square around a point, as an obstacle.
 *
 * @param {Point} at
 * @param {number} half  of its side
 */
export const square = ([x, y], half) => ({ left: x - half, right: x + half, top: y - half, bottom: y + half });
