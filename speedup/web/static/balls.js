/** What moves on the map and what names it: balls, stars, the names beside them. Drawn at every frame. */
import { laneLabel } from "./format.js";
import { LINE } from "./geometry.js";
import { beside, clear, sort, spread, squeeze } from "./labels.js";
import { drawArrow, drawBall, drawCross, drawStar, drawText, RIMS } from "./markers.js";

const BALL = 0.5; // radius in em; and so on
const STAR = 0.75;
const WIDTH = 0.14;
const NAME = { size: 1.08, weight: 600, gap: 0.95 };
const STAR_WORD = { size: 0.96, weight: 500, gap: 0.95 };
const START_WORD = { size: 0.96, weight: 500, gap: 1.45 };
const ASIDE = 0.2; // of a lane, while another one is looked at

/**
 * Draws them for the playhead t. `view`: {rect, size (an em in pixels), family, start ({at, text} or null), stars},
 * all places in pixels.
 */
export function drawBalls(pen, stage, lanes, t, view) {
  const { theme, colours, hovered, chosen } = stage;
  const heads = lanes.filter(({ on }) => on).map((lane) => head(lane, t, view.rect)).filter(Boolean);
  const names = layOut(pen, stage, heads, view);
  const words = freeWords(pen, stage, heads, names, view);
  const top = hovered < 0 ? chosen : hovered;
  const onTop = (a, b) => (a.lane.i === top) - (b.lane.i === top);
  const strength = ({ lane }) => (hovered < 0 || hovered === lane.i ? 1 : ASIDE);
  const plain = { text: colours.text, rim: RIMS[theme] };
  for (const at of view.stars) drawStar(pen, ...at, view.size * STAR, plain);
  for (const word of words) drawText(pen, word, plain);
  for (const name of names.sort(onTop)) {
    pen.globalAlpha = strength(name);
    drawName(pen, name);
  }
  for (const each of heads.sort(onTop)) {
    pen.globalAlpha = strength(each);
    drawHead(pen, each, view.size);
  }
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

/** The balls' names, beside them and moved apart. A lane keeps its `place` in their order for the next frame. */
function layOut(pen, stage, heads, view) {
  const named = ({ x, y, lane }) => label(pen, laneLabel(stage, lane.i), [x, y], view, NAME, { lane });
  const names = heads.map(named);
  for (const name of names) beside(name, NAME.gap * view.size, "right", view.rect);
  names.sort((a, b) => (a.lane.place ?? a.lane.i) - (b.lane.place ?? b.lane.i));
  sort(names, 0.6 * view.size);
  names.forEach((name, place) => { name.lane.place = place; });
  clear(names, view.stars, view.size);
  spread(names, view.rect);
  return names;
}

/** The names of stars and start, as far as there is room left for them. */
function freeWords(pen, stage, heads, names, view) {
  const { size, rect, start, stars } = view;
  const taken = [...names];
  const across = 2 * size * BALL;
  for (const { x, y } of heads) taken.push({ x: x - across / 2, y, width: across, height: across });
  const star = stage.words("stage.minimum");
  const wanted = stars.map((at) => [label(pen, star, at, view, STAR_WORD), STAR_WORD]);
  if (start) wanted.push([label(pen, start.text, start.at, view, START_WORD), START_WORD]);
  return wanted.filter(([word, { gap }]) => {
    const fits = squeeze(word, gap * size, taken, rect);
    if (fits) taken.push(word);
    return fits;
  }).map(([word]) => word);
}

/** A ball with the piece of its trail since the last step, or what became of it. */
function drawHead(pen, { lane, x, y, dx, dy, from, kind }, size) {
  if (from && kind === "ball") {
    pen.strokeStyle = lane.tone.line;
    pen.lineWidth = size * WIDTH;
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

/** A name; a thin line ties it to its ball where it had to give way. */
function drawName(pen, name) {
  const { x, y, width, height, side, at, lane: { tone } } = name;
  const gap = side === "right" ? x - at[0] : at[0] - x - width;
  if (Math.abs(y - at[1]) > height * 0.6 || gap > height) {
    pen.strokeStyle = tone.line;
    pen.lineWidth = 1;
    pen.beginPath();
    pen.moveTo(...at);
    pen.lineTo(side === "right" ? x - 2 : x + width + 2, y);
    pen.stroke();
  }
  drawText(pen, name, tone);
}
