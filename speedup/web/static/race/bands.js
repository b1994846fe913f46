/** Bands of height: the heights that a surface spans, the losses where two bands meet, and their colours. Knows no page. */

const CELLS = 96; // along each side of the grid that the lowest and the highest place are looked for on

const grids = new Map(); // the grid's points, of each domain

function grid(domain) {
  const key = domain.join();
  if (!grids.has(key)) {
    const [[x0, x1], [y0, y1]] = domain;
    const side = CELLS + 1;
    const points = new Float64Array(2 * side * side);
    for (let i = 0; i < side * side; i++) {
      points[2 * i] = x0 + (i % side) * ((x1 - x0) / CELLS);
      points[2 * i + 1] = y0 + Math.floor(i / side) * ((y1 - y0) / CELLS);
    }
    grids.set(key, points);
  }
  return grids.get(key);
}

/** The frame of a surface, see terrain.py: its domain, the heights over it, and how they come from losses. */
export function frameOf(kernels, surface, params) {
  const { domain, minimum, scale, unit } = kernels.tables.surfaces[surface];
  let [low, high] = [minimum ?? Infinity, -Infinity];
  for (const loss of kernels.values(surface, params, grid(domain))) {
    if (loss < low) low = loss;
    if (loss > high) high = loss;
  }
  const frame = Float64Array.of(...domain.flat(), low, high, scale === "log" ? 1 : 0, minimum ?? 0, unit);
  frame.set(kernels.heights(Float64Array.of(low, high), frame), 4);
  return frame;
}

/** The losses at which `count` bands of equal height meet. */
export function levelsOf(frame, count) {
  const [low, high, log, floor, unit] = frame.subarray(4);
  const heights = Array.from({ length: count - 1 }, (_, i) => low + ((i + 1) / count) * (high - low));
  return Float64Array.from(heights, (height) => (log ? floor + unit * Math.expm1(height) : height));
}

/** What the kernel `shade` reads: the colours of `count` bands between those given, then the line's and its opacity. */
export function paletteOf({ map, line }, count) {
  const stops = map.map(channels);
  const bands = Array.from({ length: count }, (_, band) => {
    const at = (band / (count - 1)) * (stops.length - 1);
    const first = Math.min(stops.length - 2, Math.floor(at));
    return stops[first].map((channel, i) => channel + (at - first) * (stops[first + 1][i] - channel));
  });
  return Float64Array.from([...bands.flat(), ...line.match(/[\d.]+/g).map(Number)]);
}

const channels = (colour) => [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16));
