/** The still figures where no server draws them: the server's own, with heights that the kernels compute here. */

/**
 * ask(stage, query), which resolves to the figure that a server would send. `made`: `stills` {view: {theme: figure without
 * heights}}, `grids` {view: [cells along a side, points a cell to take the mean of]}, `ticks` {room, all} or null.
 */
export function createFigures({ stills, grids, ticks }) {
  return async (stage, query) => {
    const asked = new URLSearchParams(query);
    const [surface, ...pairs] = asked.get("surface").split(",");
    const params = Object.fromEntries(pairs.map((pair) => pair.split(":")).map(([name, value]) => [name, Number(value)]));
    const view = asked.get("view");
    const figure = structuredClone(stills[view][asked.get("theme")]);
    const { meta } = figure.layout;
    const [cells, finer] = grids[view];
    const before = meta.frame;
    const found = relief(stage.kernels, surface, params, before, cells * finer);
    meta.frame = [...before.slice(0, 4), ...ends(found), ...before.slice(6)];
    const heights = turned(turned(found, cells * finer + 1, finer), cells * finer + 1, finer);
    (view === "2d" ? fillMap : fillRelief)(figure, heights, before, ticks);
    return figure;
  };
}

/** Heights over a frame's domain, row by row along y, cells + 1 a side. */
function relief(kernels, surface, params, frame, cells) {
  const [x0, x1, y0, y1] = frame;
  const side = cells + 1;
  const points = new Float64Array(2 * side * side);
  for (let i = 0; i < side * side; i++) {
    points[2 * i] = x0 + (i % side) * ((x1 - x0) / cells);
    points[2 * i + 1] = y0 + Math.floor(i / side) * ((y1 - y0) / cells);
  }
  return kernels.heights(kernels.values(surface, params, points), Float64Array.from(frame));
}

/** Every `finer`-th row, the mean of those around it weighted by a tent, the outermost as they are; as columns. */
function turned(heights, rows, finer) {
  const columns = heights.length / rows;
  const kept = (rows - 1) / finer + 1;
  const out = new Float64Array(columns * kept);
  for (let row = 0; row < kept; row++) {
    const reach = row === 0 || row === kept - 1 ? 1 : finer;
    for (let column = 0; column < columns; column++) {
      let sum = 0;
      for (let k = 1 - reach; k < reach; k++) {
        sum += ((reach - Math.abs(k)) / reach ** 2) * heights[(row * finer + k) * columns + column];
      }
      out[column * kept + row] = sum;
    }
  }
  return out;
}

function ends(heights) {
  let [low, high] = [Infinity, -Infinity];
  for (const height of heights) {
    low = Math.min(low, height);
    high = Math.max(high, height);
  }
  return [low, high];
}

/** The heights as whole numbers, the highest band ending at the finest of them. */
function fillMap({ data: [trace], layout: { meta } }, heights) {
  const { end, size } = trace.contours;
  const [low, high] = meta.frame.slice(4);
  trace.z = grid(Uint16Array.from(heights, (height) => Math.round(((height - low) / (high - low)) * (end + size / 2))));
}

/** The heights as they are; the lines on them and the axis along them as they were between the lowest and the highest. */
function fillRelief({ data: [trace], layout: { scene, meta } }, heights, before, ticks) {
  const [low, high] = meta.frame.slice(4);
  const stretch = (high - low) / (before[5] - before[4]);
  const lines = trace.contours.z;
  for (const end of ["start", "end"]) lines[end] = low + (lines[end] - before[4]) * stretch;
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
