/** What several of the lesson's pictures are drawn of: lines, ways with their footprints. */
import { svg } from "../base/dom.js";

/**
 * @typedef {Node | null | Drawing[]} Drawing  what is drawn, in any nesting
 * @typedef {Record<string, unknown>} Props
 * @typedef {(share: number) => number} Stride  its length at a share of the way
 */

/** @param {number} value */
const round = (value) => Math.round(value * 100) / 100;

/**
 * Gives drawings one after the other.
 *
 * @param {Drawing[]} drawings
 * @returns {(Node | null)[]}
 */
export const flat = (drawings) => drawings.flatMap((one) => (Array.isArray(one) ? flat(one) : [one]));

/**
 * Draws a group: part("drunk tint", child, …) has the classes picture-drunk and picture-tint; the first may be attributes.
 *
 * @param {string} names
 * @param {...(Drawing | Props)} children
 */
export function part(names, ...children) {
  const [first, ...others] = children;
  const plain = first !== undefined && first !== null && !Array.isArray(first) && !(first instanceof Node);
  const drawings = /** @type {Drawing[]} */ (plain ? others : children);
  return svg("g", { class: classes(names), ...(plain ? first : {}) }, flat(drawings));
}

/**
 * Draws a shape with classes: draw("circle", "full", {r: 2}).
 *
 * @param {keyof SVGElementTagNameMap} tag
 * @param {string} names
 * @param {Props} props
 */
export const draw = (tag, names, props) => svg(tag, { class: classes(names), ...props });

/** @param {string} d */
export const line = (d, names = "") => draw("path", names, { d });

/** @param {number} x @param {number} y */
export const at = (x, y, turn = 0, scale = 1) => ({ transform: `translate(${x} ${y}) rotate(${turn}) scale(${scale})` });

/** @param {string} names */
const classes = (names) =>
  names
    .split(" ")
    .filter(Boolean)
    .map((name) => `picture-${name}`)
    .join(" ") || null;

/** @param {Point[]} points */
export const through = (points) => `M${points.map(([x, y]) => `${round(x)} ${round(y)}`).join("L")}`;

/**
 * Gives the points of a curve.
 *
 * @param {(share: number) => Point} curve
 */
export const sampled = (curve, count = 60) => Array.from({ length: count + 1 }, (_, i) => curve(i / count));

/**
 * Gives places along a way, a stride apart, the first one half a stride in: [x, y, heading in degrees, stride].
 *
 * @param {Point[]} points
 * @param {Stride} stride
 */
function footsteps(points, stride) {
  const lengths = points.slice(1).map(([x, y], i) => Math.hypot(x - points[i][0], y - points[i][1]));
  const total = lengths.reduce((sum, length) => sum + length, 0);
  /** @type {[x: number, y: number, heading: number, stride: number][]} */
  const places = [];
  let [next, passed] = [stride(0) / 2, 0];
  lengths.forEach((length, i) => {
    const [[x, y], [toX, toY]] = [points[i], points[i + 1]];
    for (; next <= passed + length; next += stride(next / total)) {
      const share = (next - passed) / length;
      const heading = (Math.atan2(toY - y, toX - x) * 180) / Math.PI;
      places.push([x + share * (toX - x), y + share * (toY - y), heading, stride(next / total)]);
    }
    passed += length;
  });
  return places;
}

let masks = 0; // a mask is found by an id, and a page may have the same picture twice

/**
 * Draws footprints along a way as far as the walker's share of it, left and right in turn.
 *
 * @param {Point[]} points
 * @param {number} share
 * @param {Stride} stride
 */
export function footprints(points, share, stride = () => 9) {
  const id = `picture-mask-${++masks}`;
  const prints = footsteps(points, stride).map(([x, y, heading, length], i) => {
    const place = at(round(x), round(y), Math.round(heading));
    return draw("ellipse", "full", { ...place, cy: i % 2 ? 2.3 : -2.3, rx: round(Math.max(2.9, length * 0.3)), ry: 1.8 });
  });
  const shown = draw("path", "reveal", { d: through(points), pathLength: 1, style: `--picture-share: ${share}` });
  const mask = svg("mask", { id, maskUnits: "userSpaceOnUse", x: 0, y: 0, width: 320, height: 160 }, shown);
  return part("gradient prints", mask, svg("g", { mask: `url(#${id})` }, prints));
}

/**
 * Draws someone who goes a way of points; without animation he stands at a share of it.
 *
 * @param {Point[]} points
 * @param {number} share
 * @param {...Drawing} drawn
 */
export function traveller(points, share, ...drawn) {
  const style = `offset-path: path("${through(points)}"); --picture-share: ${share}`;
  return part("traveller", { style }, ...drawn);
}
