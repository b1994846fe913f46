/** The mark of an optimizer, everywhere the same: colour, dash and marker, for SVG and canvas alike. */
import { svg } from "../base/dom.js";

/** @type {Record<OptimizerRow["dash"], number[]>} */
const DASHES = { solid: [], dash: [4, 2.5], dot: [0.9, 2], dashdot: [4.5, 2, 0.9, 2] }; // in line widths

/**
 * @param {number} radius
 * @param {number} turn  from the top, clockwise
 */
const corner = (radius, turn) => `${radius * Math.sin(turn)} ${-radius * Math.cos(turn)}`;

/**
 * Gives a closed path through `radii.length` corners, clockwise from `first` (turns from the top).
 *
 * @param {number[]} radii
 */
function polygon(radii, first = 0) {
  const corners = radii.map((radius, i) => corner(radius, 2 * Math.PI * (first + i / radii.length)));
  return `M${corners.join("L")}Z`;
}

/**
 * @param {number} count
 * @param {...number} radii
 */
const repeat = (count, ...radii) => Array.from({ length: count }, () => radii).flat();
/** @param {number} a */
const cross = (a) => `M${-a} -1H${a}V${-a}H1V${a}H${a}V1H${-a}V${a}H-1V${-a}H${-a}Z`;
/** @param {number} a */
const saltire = (a, b = 0.95) => {
  const arms = [
    [0, -a],
    [b - a, -b],
    [b, a - b],
    [a, 0],
    [b, b - a],
    [b - a, b],
    [0, a],
    [a - b, b],
    [-b, b - a],
    [-a, 0],
    [-b, a - b],
    [a - b, -b],
  ];
  return `M${arms.map((arm) => arm.join(" ")).join("L")}Z`;
};

/**
 * The outline of every marker with radius about 1, as SVG path data.
 *
 * @type {Record<MarkerName, string>}
 */
export const MARKERS = {
  circle: "M0.9 0A0.9 0.9 0 1 1 -0.9 0A0.9 0.9 0 1 1 0.9 0Z",
  square: polygon(repeat(4, 1.13), 1 / 8),
  diamond: polygon(repeat(4, 1.15)),
  "triangle-up": polygon(repeat(3, 1.15)),
  "triangle-down": polygon(repeat(3, 1.15), 1 / 2),
  cross: cross(0.36),
  x: saltire(0.5),
  star: polygon(repeat(5, 1.25, 0.55)),
  hexagon: polygon(repeat(6, 1.05)),
  pentagon: polygon(repeat(5, 1.08)),
};

/** @type {Map<string, Path2D>} */
const shapes = new Map();

/**
 * Gives an outline as a path for a canvas, made when it is first drawn: Node has none.
 *
 * @param {string} outline
 */
export function shapeOf(outline) {
  const shape = shapes.get(outline) ?? new Path2D(outline);
  shapes.set(outline, shape);
  return shape;
}

/**
 * Gives dash lengths in pixels for a line of a width.
 *
 * @param {Pick<OptimizerRow, "dash">} row
 * @param {number} width
 */
export function dashes(row, width) {
  return DASHES[row.dash].map((length) => length * width);
}

/**
 * Draws a piece of the optimizer's trail in `currentColor`: its dash with its marker on top.
 *
 * @param {Pick<OptimizerRow, "dash" | "marker">} row
 */
export function swatch(row) {
  const dash = dashes(row, 2).join(" ") || null;
  const stroke = { fill: "none", stroke: "currentColor", "stroke-width": 2, "stroke-dasharray": dash };
  return svg(
    "svg",
    { viewBox: "-16 -8 32 16", class: "mark", "aria-hidden": "true" },
    svg("path", { d: "M-15 0H15", ...stroke }),
    svg("path", { d: MARKERS[row.marker], class: "marker", transform: "scale(5)" }),
  );
}
