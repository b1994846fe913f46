/** The relief's figures where no server draws them: the server's own, with heights that the kernels compute here. */
import { fields, record } from "./records.js";

/**
 * ask(stage, query), which resolves to the figure that a server would send. Made of: `stills` {theme: figure without
 * heights}, `cells` along a side, `ticks` {room, all} or null.
 */
export function createFigures({ stills, cells, ticks }) {
  return async (stage, query) => {
    const asked = new URLSearchParams(query);
    const [surface, ...pairs] = asked.get("surface").split(",");
    const params = Object.fromEntries(pairs.map((pair) => pair.split(":")).map(([name, value]) => [name, Number(value)]));
    const figure = structuredClone(stills[asked.get("theme")]);
    const { meta } = figure.layout;
    const { frame: names } = stage.kernels.tables.records;
    const before = fields(names, meta.frame);
    const heights = relief(stage.kernels, surface, params, before, cells);
    const now = { ...before, ...ends(heights) };
    meta.frame = [...record(names, now)];
    fill(figure, heights, before, now, ticks);
    return figure;
  };
}

/** Heights over a frame's domain, row by row along y, cells + 1 a side. */
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

function ends(heights) {
  let [low, high] = [Infinity, -Infinity];
  for (const height of heights) {
    low = Math.min(low, height);
    high = Math.max(high, height);
  }
  return { low, high };
}

/** The heights as they are; the lines on them and the axis along them as they were between the lowest and the highest. */
function fill({ data: [trace], layout: { scene } }, heights, before, { low, high }, ticks) {
  const stretch = (high - low) / (before.high - before.low);
  const lines = trace.contours.z;
  for (const end of ["start", "end"]) lines[end] = low + (lines[end] - before.low) * stretch;
  lines.size *= stretch;
  trace.z = grid(Float32Array.from(heights));
  scene.zaxis.range = [low, high];
  if (ticks) Object.assign(scene.zaxis, chosen(ticks, low, high));
  else if (stretch !== 1) scene.zaxis.tickmode = "auto"; // round losses elsewhere: Plotly finds them
}

/** Of all ticks those that there is room for, the first ones first. */
function chosen({ room, all }, low, high) {
  const taken = [];
  for (const [height, text] of all) {
    const free = (other) => Math.abs(height - other) > room * (high - low);
    if (height <= high && free(low) && taken.every(([other]) => free(other))) taken.push([height, text]);
  }
  return { tickvals: taken.map(([height]) => height), ticktext: taken.map(([, text]) => text) };
}

/** Rows of a square. */
function grid(values) {
  const side = Math.sqrt(values.length);
  return Array.from({ length: side }, (_, row) => values.subarray(row * side, (row + 1) * side));
}
