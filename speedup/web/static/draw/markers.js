/** What is drawn on the map besides the trails: balls, stars, the ends of paths, names. All in CSS pixels. */
import { MARKERS } from "./marks.js";

const drawable = ([name, outline]) => [name, new Path2D(outline)];
const SHAPES = Object.fromEntries(Object.entries(MARKERS).map(drawable));
const ARROW = new Path2D("M0 0L-2 -1.1L-1.5 0L-2 1.1Z"); // its tip is the place
const CROSS = new Path2D("M-1 -1L1 1M1 -1L-1 1");
const RIM = 2.5; // of contrast around what must stand out from trails of all colours
export const RIMS = { light: "#ffffff", dark: "#0c1117" };
const BLACK = [0, 0, 0];
const WHITE = [255, 255, 255];
const [DISTINCT, LEGIBLE] = [3.5, 7]; // contrasts of a line and of a name, for a projector in a bright room

/** A colour moved towards another: amount 0 to 1; `#rrggbb` in and out. */
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
 * The colours of a lane on the map {line, text, rim}: its optimizer's own, made darker or lighter if it is the
 * rank-th of `count` alike; with a `ground`, so much so that the line stands out from it, and the text from its rim.
 */
export function tones(colour, theme, ground = null, [rank, count] = [0, 1]) {
  const shade = count > 1 ? (rank / (count - 1) - 0.5) * 0.9 : 0; // -0.45 … 0.45
  const own = mix(colour, shade < 0 ? BLACK : WHITE, Math.abs(shade));
  const rim = RIMS[theme];
  const [line, text] = theme === "light" ? [own, mix(own, BLACK, 0.3)] : [mix(own, WHITE, 0.15), mix(own, WHITE, 0.4)];
  if (ground === null) return { line, text, rim };
  return { line: distinct(line, ground, DISTINCT, theme), text: distinct(text, rim, LEGIBLE, theme), rim };
}

/** A colour moved away from a ground until its contrast is `least`, as the Web's guidelines measure it. */
function distinct(colour, ground, least, theme) {
  const contrast = (one) => {
    const [low, high] = [luminance(one), luminance(ground)].sort((a, b) => a - b);
    return (high + 0.05) / (low + 0.05);
  };
  let amount = 0;
  while (contrast(mix(colour, theme === "light" ? BLACK : WHITE, amount)) < least && amount < 1) amount += 0.02;
  return mix(colour, theme === "light" ? BLACK : WHITE, Math.min(1, amount));
}

function luminance(colour) {
  const [r, g, b] = [1, 3, 5]
    .map((at) => parseInt(colour.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** An optimizer's marker. */
export function drawBall(pen, marker, x, y, radius, tone) {
  stamp(pen, SHAPES[marker], [x, y, radius, 0], tone);
}

/** Where a path has left what is seen: an arrow with its tip at (x, y), pointing along (dx, dy). */
export function drawArrow(pen, x, y, dx, dy, radius, tone) {
  stamp(pen, ARROW, [x, y, radius, Math.atan2(dy, dx)], tone);
}

/** Where a path has ended, since it diverged. */
export function drawCross(pen, x, y, radius, tone) {
  stamp(pen, CROSS, [x, y, radius, 0], tone, 3);
}

/** A minimum: hollow, so that it isn't taken for an optimizer's star. */
export function drawStar(pen, x, y, radius, { text, rim }) {
  stamp(pen, SHAPES.star, [x, y, radius, 0], { line: rim, rim });
  stamp(pen, SHAPES.star, [x, y, radius, 0], { line: text, rim: "transparent" }, 1.75);
}

/** A shape with a rim around it; filled, or drawn with lines of a width in pixels. */
function stamp(pen, shape, [x, y, scale, turn], { line, rim }, width = 0) {
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

/** A label's text with a rim around it, its left middle at (x, y). */
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
