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
 * Draws them for the playhead t. `view`: {rect, size (an em in pixels), family, start ({at, text} or null), stars,
 * places (a Map: where names stay from frame to frame)}, all in pixels.
 */
export function drawBalls(pen, stage, lanes, t, view) {
  const { theme, colours, hovered, chosen } = stage;
  const heads = lanes
    .filter(({ on }) => on)
    .map((lane) => head(lane, t, view.rect))
    .filter(Boolean);
  const { names, words } = layOut(pen, stage, heads, view);
  const top = hovered < 0 ? chosen : hovered;
  const onTop = (a, b) => (a.lane.i === top) - (b.lane.i === top);
  const strength = ({ lane }) => (hovered < 0 || hovered === lane.i ? 1 : ASIDE);
  const plain = { text: colours.text, rim: RIMS[theme] };
  const each = (list, draw) =>
    list.sort(onTop).forEach((one) => {
      pen.globalAlpha = strength(one);
      draw(one);
    });
  for (const at of view.stars) drawStar(pen, ...at, view.size * STAR, plain);
  each(names, (name) => name.tied && drawTie(pen, name));
  each(heads, (one) => drawHead(pen, one, view.size, stage.projector.bold));
  pen.globalAlpha = 1;
  for (const word of words) drawText(pen, word, plain);
  each(names, (name) => drawText(pen, name, name.lane.tone));
  pen.globalAlpha = 1;
}

/** Where a lane is at t: {lane, x, y, from (a pixel or null), kind ("ball", "away", "diverged"), dx, dy}, or null. */
function head(lane, t, rect) {
  const { points, pixels } = lane;
  const k = points.until(t) - 1;
  if (k < 0) return null;
  let [x, y] = [pixels[2 * k], pixels[2 * k + 1]];
  let [dx, dy] = k > 0 ? [x - pixels[2 * k - 2], y - pixels[2 * k - 1]] : [0, 0];
  let from = null;
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
  if (seenX !== x || seenY !== y) [kind, dx, dy, x, y] = ["away", x - seenX, y - seenY, seenX, seenY];
  if (lane.diverged >= 0 && t >= lane.diverged) kind = "diverged";
  return Number.isFinite(x + y) ? { lane, x, y, dx, dy, from, kind } : null;
}

function label(pen, text, at, { size: em, family }, { size, weight }, more) {
  const font = `${weight} ${em * size}px ${family}`;
  pen.font = font;
  return { text, at, font, width: pen.measureText(text).width, height: em * 1.35, ...more };
}

/** {names, words}: the balls' names, and those of stars and start as far as there is room left for them. */
function layOut(pen, stage, heads, view) {
  const { size, start, stars, places } = view;
  const names = heads.map(({ x, y, lane }) => label(pen, laneLabel(stage, lane.i), [x, y], view, NAME, { lane, key: lane.i }));
  const star = stage.words("stage.minimum");
  const words = stars.map((at, i) => label(pen, star, at, view, WORD, { key: `star ${i}`, optional: true }));
  const around = { key: "start", gap: RING_GAP, optional: true };
  if (start) words.push(label(pen, start.text, start.at, view, WORD, around));
  const obstacles = heads.map(({ x, y }) => square([x, y], size * BALL));
  obstacles.push(...stars.map((at) => square(at, size * STAR * 0.8)));
  if (start) obstacles.push(square(start.at, size * RING));
  place([...names, ...words], obstacles, places, { ...view, now: performance.now(), still: !stage.clock.playing });
  return { names, words: words.filter(({ shown }) => shown) };
}

/** A ball with the piece of its trail since the last step, or what became of it. */
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

/** A thin line from a name to its ball, where it doesn't stand right beside it. */
function drawTie(pen, { x, y, width, height, side, at, lane: { tone } }) {
  const below = y > at[1] ? -height / 2 : height / 2;
  const end = { right: [x - 2, y], left: [x + width + 2, y], middle: [at[0], y + below] }[side];
  for (const [style, thick] of [
    [tone.rim, 3],
    [tone.line, 1.25],
  ]) {
    pen.strokeStyle = style;
    pen.lineWidth = thick;
    pen.beginPath();
    pen.moveTo(...at);
    pen.lineTo(...end);
    pen.stroke();
  }
}
