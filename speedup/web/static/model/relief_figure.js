/** The relief as Plotly draws it: what every relief has in common is in the tables, the kernels compute the heights. */
import { record } from "./records.js";

/**
 * Makes the figure of a surface in a theme.
 *
 * @param {Kernels} kernels
 * @param {Pick<RaceSpec, "surface" | "params">} spec
 * @param {"light" | "dark"} theme
 * @returns {Figure}
 */
export function reliefFigure(kernels, spec, theme) {
  const { map, relief } = kernels.tables;
  const { heights, extent } = heightsOf(kernels, spec, relief.cells);
  const { x0, x1, y0, y1, low, high } = extent;
  const figure = structuredClone(relief.styles[theme]);
  const {
    data: [trace],
    layout: { scene },
  } = figure;
  const size = (high - low) / map.bands;
  Object.assign(trace.contours.z, { start: low + size, end: high - size / 2, size });
  Object.assign(trace, { x: even(x0, x1, relief.cells), y: even(y0, y1, relief.cells), z: rows(Float32Array.from(heights)) });
  scene.xaxis.range = [x0, x1];
  scene.yaxis.range = [y0, y1];
  scene.zaxis.range = [low, high];
  if (extent.log) Object.assign(scene.zaxis, ticksOf(kernels, extent));
  figure.layout.meta = { extent: [...record(kernels.tables.records.extent, extent)] };
  return figure;
}

/**
 * Computes the heights over a surface's domain, row by row along y, cells + 1 a side, and the extent that they are drawn in.
 *
 * @param {Kernels} kernels
 * @param {Pick<RaceSpec, "surface" | "params">} spec
 * @param {number} cells
 */
function heightsOf(kernels, { surface, params }, cells) {
  const { tables } = kernels;
  const { domain, minimum, scale, unit } = tables.surfaces[surface];
  const [[x0, x1], [y0, y1]] = domain;
  const [xs, ys] = [even(x0, x1, cells), even(y0, y1, cells)];
  const points = Float64Array.from(ys.flatMap((y) => xs.flatMap((x) => [x, y])));
  const extent = { x0, x1, y0, y1, low: 0, high: 0, log: scale === "log" ? 1 : 0, floor: minimum ?? 0, unit };
  const heights = kernels.heights(kernels.values(surface, params, points), record(tables.records.extent, extent));
  return { heights, extent: { ...extent, low: Math.min(...heights), high: Math.max(...heights) } };
}

/**
 * Chooses of the ticks along a logarithmic height those that there is room for, the first ones first.
 *
 * @param {Kernels} kernels
 * @param {ReliefExtent} extent
 */
function ticksOf(kernels, extent) {
  const { relief, records } = kernels.tables;
  const { low, high, floor } = extent;
  const losses = Float64Array.from(relief.ticks, ([loss]) => Math.max(loss, floor));
  /** @type {number[]} */
  const tickvals = [];
  /** @type {string[]} */
  const ticktext = [];
  kernels.heights(losses, record(records.extent, extent)).forEach((height, i) => {
    if (height > high || [low, ...tickvals].some((other) => Math.abs(height - other) <= relief.room * (high - low))) return;
    tickvals.push(height);
    ticktext.push(relief.ticks[i][1]);
  });
  return { tickmode: "array", tickvals, ticktext };
}

/** Gives places from one end to the other, in so many even steps. */
const even = (/** @type {number} */ low, /** @type {number} */ high, /** @type {number} */ cells) =>
  Array.from({ length: cells + 1 }, (_, i) => low + i * ((high - low) / cells));

/** Splits the values of a square into its rows. */
function rows(/** @type {Float32Array} */ values) {
  const side = Math.sqrt(values.length);
  return Array.from({ length: side }, (_, row) => values.subarray(row * side, (row + 1) * side));
}
