/** Bands of height: the heights that a window of a surface spans, the losses where two bands meet, their colours. Knows no page. */

const CELLS = 96; // along each side of the grid that the lowest and the highest place are looked for on
const FINEST = 2 ** -44; // of a loss: heights closer than that are float64's noise

const points = new Float64Array(2 * (CELLS + 1) ** 2);

/**
 * Gives [lowest, highest] loss in a window [x0, x1, y0, y1], as far as a grid and the known minima show.
 *
 * @param {Kernels} kernels
 * @param {SurfaceName} surface
 * @param {Record<string, number>} params
 * @param {import("../draw/map_camera.js").Window} window
 * @returns {Span}
 */
export function spanOf(kernels, surface, params, [x0, x1, y0, y1]) {
  const side = CELLS + 1;
  for (let i = 0; i < side * side; i++) {
    points[2 * i] = x0 + (i % side) * ((x1 - x0) / CELLS);
    points[2 * i + 1] = y0 + Math.floor(i / side) * ((y1 - y0) / CELLS);
  }
  const { minima, minimum } = kernels.tables.surfaces[surface];
  const inside = minima.some(([x, y]) => x >= x0 && x <= x1 && y >= y0 && y <= y1);
  let [low, high] = [inside && minimum !== null ? minimum : Infinity, -Infinity];
  for (const loss of kernels.values(surface, params, points)) {
    if (loss < low) low = loss;
    if (loss > high) high = loss;
  }
  return [low, high];
}

/** Tells whether float64 tells too few heights apart between two losses. */
export const isFlat = (/** @type {Span} */ [low, high]) => !(high - low > FINEST * Math.max(Math.abs(low), Math.abs(high)));

/**
 * Gives {levels (losses, rising), shares} of bands between the losses `seen`: of the `whole` map `count` bands of equal height; of
 * less of it these or, as long as there is room for `count`, halves of them: so that lines stay where they are at every
 * zoom. A band's share is its colour's place from the lowest (0) to the highest (1) seen.
 *
 * @param {Pick<SurfaceRow, "scale" | "minimum" | "unit">} surface
 * @param {Span} whole
 * @param {Span} seen
 * @param {number} count
 */
export function bandsOf({ scale, minimum, unit }, whole, seen, count) {
  const log = scale === "log";
  const least = minimum ?? 0;
  const height = (/** @type {number} */ loss) => (log ? Math.log1p((loss - least) / unit) : loss);
  const loss = (/** @type {number} */ at) => (log ? least + unit * Math.expm1(at) : at);
  const [bottom, top] = whole.map(height);
  const [low, high] = seen.map(height);
  const halvings = high > low ? Math.max(0, Math.floor(Math.log2((top - bottom) / (high - low)) + 1e-9)) : 0;
  const size = (top - bottom) / count / 2 ** halvings;
  const first = Math.floor((low - bottom) / size + 1e-9) + 1;
  const wanted = Math.ceil((high - bottom) / size - 1e-9) - first;
  const heights = Array.from({ length: Math.max(2, wanted) }, (_, i) => bottom + (first + i) * size);
  const share = (/** @type {number} */ at) => ((at - low) / (high - low) - 0.5 / count) / (1 - 1 / count);
  const shares = [heights[0] - size, ...heights].map((at) => Math.min(1, Math.max(0, high > low ? share(at + size / 2) : 0.5)));
  return { levels: Float64Array.from(heights, loss), shares };
}

/**
 * Gives what the kernel `shade` reads: colours for the shares of bands, between those of a theme, then the line's and its opacity.
 *
 * @param {{map: string[], line: string}} theme
 * @param {number[]} shares
 */
export function paletteOf({ map, line }, shares) {
  const stops = map.map((colour) => [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16)));
  const bands = shares.map((share) => {
    const at = share * (stops.length - 1);
    const first = Math.min(stops.length - 2, Math.floor(at));
    return stops[first].map((channel, i) => channel + (at - first) * (stops[first + 1][i] - channel));
  });
  return Float64Array.from([...bands.flat(), ...(line.match(/[\d.]+/g) ?? []).map(Number)]);
}
