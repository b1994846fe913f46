/** The relief's figures where no server draws them: the server's own, with heights that the kernels compute here. */
import { fields, record } from "./records.js";

/**
 * @typedef {{room: number, all: [height: number, text: string][]}} Ticks  all that there may be, the first ones first, and the
 *     share of the axis that one takes
 */

/**
 * Makes a function (view, query) that resolves to the figure that a server would send.
 *
 * @param {{stills: Record<string, Figure>, cells: number, ticks: Ticks | null}} made  of each theme a figure without heights,
 *     and how many cells it has along a side
 */
export function createFigures({ stills, cells, ticks }) {
  return async (/** @type {Pick<View, "kernels">} */ { kernels }, /** @type {string} */ query) => {
    const asked = new URLSearchParams(query);
    const [surface, ...pairs] = String(asked.get("surface")).split(",");
    const params = Object.fromEntries(pairs.map((pair) => pair.split(":")).map(([name, value]) => [name, Number(value)]));
    const figure = structuredClone(stills[String(asked.get("theme"))]);
    const { meta } = figure.layout;
    const names = kernels.tables.records.frame;
    const before = fields(names, meta.frame);
    const heights = relief(kernels, /** @type {SurfaceName} */ (surface), params, before, cells);
    const now = { ...before, ...ends(heights) };
    meta.frame = [...record(names, now)];
    fill(figure, heights, before, now, ticks);
    return figure;
  };
}

/**
 * Computes heights over a frame's domain, row by row along y, cells + 1 a side.
 *
 * @param {Kernels} kernels
 * @param {SurfaceName} surface
 * @param {Record<string, number>} params
 * @param {ReliefFrame} frame
 * @param {number} cells
 */
function relief(kernels, surface, params, frame, cells) {
  const { x0, x1, y0, y1 } = frame;
  const side = cells + 1;
  const points = new Float64Array(2 * side * side);
  for (let i = 0; i < side * side; i++) {
    points[2 * i] = x0 + (i % side) * ((x1 - x0) / cells);
    points[2 * i + 1] = y0 + Math.floor(i / side) * ((y1 - y0) / cells);
  }
  return kernels.heights(kernels.values(surface, params, points), record(kernels.tables.records.frame, frame));
}

/** @param {Float64Array} heights */
function ends(heights) {
  let [low, high] = [Infinity, -Infinity];
  for (const height of heights) {
    low = Math.min(low, height);
    high = Math.max(high, height);
  }
  return { low, high };
}

/**
 * Fills in the heights as they are; the lines on them and the axis along them as they were between the lowest and the highest.
 *
 * @param {Figure} figure
 * @param {Float64Array} heights
 * @param {ReliefFrame} before  that the figure was made for
 * @param {ReliefFrame} now
 * @param {Ticks | null} ticks
 */
function fill({ data: [trace], layout: { scene } }, heights, before, { low, high }, ticks) {
  const stretch = (high - low) / (before.high - before.low);
  const lines = trace.contours.z;
  lines.start = low + (lines.start - before.low) * stretch;
  lines.end = low + (lines.end - before.low) * stretch;
  lines.size *= stretch;
  trace.z = grid(Float32Array.from(heights));
  scene.zaxis.range = [low, high];
  if (ticks) Object.assign(scene.zaxis, chosen(ticks, low, high));
  else if (stretch !== 1) scene.zaxis.tickmode = "auto"; // round losses elsewhere: Plotly finds them
}

/**
 * Chooses of all ticks those that there is room for.
 *
 * @param {Ticks} ticks
 * @param {number} low
 * @param {number} high
 */
function chosen({ room, all }, low, high) {
  /** @type {Ticks["all"]} */
  const taken = [];
  for (const [height, text] of all) {
    const free = (/** @type {number} */ other) => Math.abs(height - other) > room * (high - low);
    if (height <= high && free(low) && taken.every(([other]) => free(other))) taken.push([height, text]);
  }
  return { tickvals: taken.map(([height]) => height), ticktext: taken.map(([, text]) => text) };
}

/**
 * Splits the values of a square into its rows.
 *
 * @param {Float32Array} values
 */
function grid(values) {
  const side = Math.sqrt(values.length);
  return Array.from({ length: side }, (_, row) => values.subarray(row * side, (row + 1) * side));
}
