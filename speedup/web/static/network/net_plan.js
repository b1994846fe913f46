/** Where the units of a network stand and its weights run: one column for each layer. */

const LEAST = 0.75; // em from a unit to the next
const LARGEST = 1.9; // em, half of a unit's side
const NEAR = 6; // pixels from a line that is still meant

/**
 * {places: for each layer [x, y] of its units, null for what has no room; half (of a unit's side); rest: [{x, y, count}]}, the
 * units that are only counted. `box`: {width, height, size (of the type)}, in pixels.
 */
export function placesOf(sizes, { width, height, size }) {
  const room = Math.max(2, Math.floor(height / (size * LEAST)));
  const lines = sizes.map((count) => Math.min(count, room));
  const across = width / sizes.length;
  const half = Math.min(size * LARGEST, (height / Math.max(...lines)) * 0.42, across * 0.32);
  const rest = [];
  const places = sizes.map((count, layer) => {
    const apart = Math.min((height - 2 * half - 2) / Math.max(1, lines[layer] - 1), half * 2.9);
    const at = (i) => [across * (layer + 0.5), height / 2 + (i - (lines[layer] - 1) / 2) * apart];
    const shown = count > room ? room - 1 : count; // the words take a unit's place
    if (count > shown) rest.push({ x: at(shown)[0], y: at(shown)[1], count: count - shown });
    return Array.from({ length: count }, (_, i) => (i < shown ? at(i) : null));
  });
  return { places, half, rest };
}

/** Every weight between units that are shown as a line: {from, to, weight, layer, i, j}; a bias has no `from`. */
export function linksOf({ places }, params) {
  const links = [];
  let at = 0;
  for (let layer = 0; layer + 1 < places.length; layer++) {
    const [ins, outs] = [places[layer], places[layer + 1]];
    outs.forEach((to, j) =>
      ins.forEach((from, i) => from && to && links.push({ from, to, weight: params[at + j * ins.length + i], layer, i, j })),
    );
    outs.forEach((to, j) => to && links.push({ from: null, to, weight: params[at + ins.length * outs.length + j], layer, j }));
    at += (ins.length + 1) * outs.length;
  }
  return links;
}

/** The unit, by its bias, or the weight that a pointer means. */
export function under({ half }, links, [x, y]) {
  const inside = links.find(({ from, to }) => !from && Math.abs(x - to[0]) <= half && Math.abs(y - to[1]) <= half);
  if (inside) return inside;
  const away = ({ from, to }) => {
    const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
    const part = Math.min(1, Math.max(0, ((x - from[0]) * dx + (y - from[1]) * dy) / (dx * dx + dy * dy)));
    return Math.hypot(x - from[0] - part * dx, y - from[1] - part * dy);
  };
  const real = links.filter(({ from }) => from);
  const nearest = real.reduce((a, b) => (away(b) < away(a) ? b : a), real[0]);
  return away(nearest) < NEAR ? nearest : null;
}
