/** What moves on the map and what names it: balls, stars, the names beside them. Drawn at every frame. */
import { laneLabel } from "./format.js";
import { LINE } from "./geometry.js";
import { place, square } from "./labels.js";
import { drawArrow, drawBall, drawCross, drawStar, drawText, RIMS } from "./markers.js";

const BALL = 0.5; // radius in em; and so on
const STAR = 0.75;
const WIDTH = 0.14;
const RING = 1.15; // radius of the start's ring
const RING_GAP = 1.45; // from its middle to its name
const NAME = { size: 1.08, weight: 600 };
const WORD = { size: 0.96, weight: 500 }; // of stars and start
const ASIDE = 0.2; // of a lane, while another one is looked at

/**
 * @typedef {import("./canvas.js").Pen} Pen
 * @typedef {import("./trails.js").Trail} Trail
 *
 * @typedef {object} MapBox  where what is drawn is, in pixels
 * @property {Rect} rect
 * @property {number} size  an em
 * @property {string} family  of the type
 * @property {{at: Point, text: string} | null} start
 * @property {Point[]} stars
 * @property {import("./labels.js").Obstacle[]} taken  by what else is written there
 * @property {import("./labels.js").Places} places  where names stay from frame to frame
 *
 * @typedef {object} Head  where a lane is
 * @property {Trail} lane
 * @property {number} x
 * @property {number} y
 * @property {number} dx  whereto it goes
 * @property {number} dy
 * @property {Point | null} from  where its line goes on from
 * @property {"ball" | "away" | "diverged"} kind
 *
 * @typedef {import("./labels.js").Label & {text: string, font: string}} Text
 * @typedef {Text & {lane: Trail}} Name
 */

/**
 * Draws them for the playhead t.
 *
 * @param {Pen} pen
 * @param {RaceView} view
 * @param {Trail[]} lanes
 * @param {number} t
 * @param {MapBox} map
 */
export function drawBalls(pen, view, lanes, t, map) {
  const { theme, colours, hovered, chosen } = view;
  const heads = lanes
    .filter(({ on }) => on)
    .map((lane) => head(lane, t, map.rect))
    .filter((one) => one !== null);
  const { names, words } = layOut(pen, view, heads, map);
  const top = hovered < 0 ? chosen : hovered;
  const plain = { text: colours.text, rim: RIMS[theme] };
  /** @type {<One extends {lane: Trail}>(list: One[], draw: (one: One) => void) => void} */
  const each = (list, draw) => {
    list.sort((a, b) => Number(a.lane.i === top) - Number(b.lane.i === top)); // that one on top
    for (const one of list) {
      pen.globalAlpha = hovered < 0 || hovered === one.lane.i ? 1 : ASIDE;
      draw(one);
    }
  };
  for (const at of map.stars) drawStar(pen, ...at, map.size * STAR, plain);
  each(names, (name) => name.tied && drawTie(pen, name));
  each(heads, (one) => drawHead(pen, one, map.size, view.projector.bold));
  pen.globalAlpha = 1;
  for (const word of words) drawText(pen, word, plain);
  each(names, (name) => drawText(pen, name, name.lane.tone));
  pen.globalAlpha = 1;
}

/**
 * Finds where a lane is at t; null where it is nowhere.
 *
 * @param {Trail} lane
 * @param {number} t
 * @param {Rect} rect
 * @returns {Head | null}
 */
function head(lane, t, rect) {
  const { points, pixels } = lane;
  const k = points.until(t) - 1;
  if (k < 0) return null;
  let [x, y] = [pixels[2 * k], pixels[2 * k + 1]];
  let [dx, dy] = k > 0 ? [x - pixels[2 * k - 2], y - pixels[2 * k - 1]] : [0, 0];
  /** @type {Head["from"]} */
  let from = null;
  /** @type {Head["kind"]} */
  let kind = Number.isInteger(points.step[k]) ? "ball" : "away"; // cut at the border of the map
  if (k + 1 < points.n && points.pen[k + 1] === LINE) {
    const part = (t - points.step[k]) / (points.step[k + 1] - points.step[k]);
    from = [x, y];
    [dx, dy] = [pixels[2 * k + 2] - x, pixels[2 * k + 3] - y];
    [x, y] = [x + part * dx, y + part * dy];
    kind = "ball";
  }
  const seenX = Math.min(rect.right, Math.max(rect.left, x));
  const seenY = Math.min(rect.bottom, Math.max(rect.top, y));
  if (seenX !== x || seenY !== y) {
    kind = "away";
    [dx, dy, x, y] = [x - seenX, y - seenY, seenX, seenY];
  }
  if (lane.diverged >= 0 && t >= lane.diverged) kind = "diverged";
  return Number.isFinite(x + y) ? { lane, x, y, dx, dy, from, kind } : null;
}

/**
 * Makes a label that hasn't got its place yet.
 *
 * @param {Pen} pen
 * @param {string} text
 * @param {Point} at
 * @param {MapBox} map
 * @param {{size: number, weight: number}} type
 * @returns {Omit<Text, "key">}
 */
function label(pen, text, at, { size: em, family }, { size, weight }) {
  const font = `${weight} ${em * size}px ${family}`;
  pen.font = font;
  const { width } = pen.measureText(text);
  return { text, at, font, width, height: em * 1.35, x: NaN, y: NaN, side: "right", tied: false, shown: false };
}

/**
 * Finds places for the balls' names, and for those of stars and start as far as there is room left for them.
 *
 * @param {Pen} pen
 * @param {RaceView} view
 * @param {Head[]} heads
 * @param {MapBox} map
 */
function layOut(pen, view, heads, map) {
  const { size, start, stars, places, taken } = map;
  /** @type {Name[]} */
  const names = heads.map(({ x, y, lane }) => ({ ...label(pen, laneLabel(view, lane.i), [x, y], map, NAME), lane, key: lane.i }));
  const star = view.words("stage.minimum");
  /** @type {Text[]} */
  const words = stars.map((at, i) => ({ ...label(pen, star, at, map, WORD), key: `star ${i}`, optional: true }));
  if (start) words.push({ ...label(pen, start.text, start.at, map, WORD), key: "start", gap: RING_GAP, optional: true });
  const obstacles = [...taken, ...heads.map(({ x, y }) => square([x, y], size * BALL))];
  obstacles.push(...stars.map((at) => square(at, size * STAR * 0.8)));
  if (start) obstacles.push(square(start.at, size * RING));
  place([...names, ...words], obstacles, places, { rect: map.rect, size, now: performance.now(), resting: !view.clock.playing });
  return { names, words: words.filter(({ shown }) => shown) };
}

/**
 * Draws a ball with the piece of its trail since the last step, or what became of it.
 *
 * @param {Pen} pen
 * @param {Head} head
 * @param {number} size
 * @param {number} bold  how many times a line is thicker
 */
function drawHead(pen, { lane, x, y, dx, dy, from, kind }, size, bold) {
  if (from && kind === "ball") {
    pen.strokeStyle = lane.tone.line;
    pen.lineWidth = size * WIDTH * bold;
    pen.lineCap = "round";
    pen.beginPath();
    pen.moveTo(...from);
    pen.lineTo(x, y);
    pen.stroke();
  }
  if (kind === "ball") drawBall(pen, lane.row.marker, x, y, size * BALL, lane.tone);
  else if (kind === "away") drawArrow(pen, x, y, dx, dy, size * BALL, lane.tone);
  else drawCross(pen, x, y, size * BALL * 0.8, lane.tone);
}

/**
 * Draws a thin line from a name to its ball, where it doesn't stand right beside it.
 *
 * @param {Pen} pen
 * @param {Name} name
 */
function drawTie(pen, { x, y, width, height, side, at, lane: { tone } }) {
  const below = y > at[1] ? -height / 2 : height / 2;
  /** @type {Record<typeof side, Point>} */
  const ends = { right: [x - 2, y], left: [x + width + 2, y], middle: [at[0], y + below] };
  for (const rim of [true, false]) {
    pen.strokeStyle = rim ? tone.rim : tone.line;
    pen.lineWidth = rim ? 3 : 1.25;
    pen.beginPath();
    pen.moveTo(...at);
    pen.lineTo(...ends[side]);
    pen.stroke();
  }
}
