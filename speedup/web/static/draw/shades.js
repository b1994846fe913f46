/** The two colours of the network page, everywhere with one meaning: low and high, class 0 and 1, negative and positive. */
const SHADES = {
  // apart from all optimizers' colours, for the colour-blind too
  light: { low: [196, 158, 92], middle: [250, 249, 245], high: [92, 108, 156] },
  dark: { low: [178, 138, 76], middle: [26, 34, 43], high: [122, 142, 196] },
};

/** The colour [r, g, b] of a share: 0 low, 0.5 neither, 1 high. */
export function shade(theme, share) {
  const { low, middle, high } = SHADES[theme];
  const part = Math.min(1, Math.max(0, Number.isFinite(share) ? share : 0.5));
  const [from, to, t] = part < 0.5 ? [low, middle, 2 * part] : [middle, high, 2 * part - 1];
  return from.map((channel, i) => channel + t * (to[i] - channel));
}

export const css = ([r, g, b]) => `rgb(${Math.round(r)} ${Math.round(g)} ${Math.round(b)})`;

const STEPS = 256;
const tables = {}; // theme -> STEPS colours, as bytes

/** Paints shares (side × side, row by row from the bottom up) onto a canvas of that size. */
export function paint(canvas, theme, shares, side) {
  tables[theme] ??= Uint8ClampedArray.from({ length: 4 * STEPS }, (_, i) =>
    i % 4 === 3 ? 255 : shade(theme, Math.floor(i / 4) / (STEPS - 1))[i % 4],
  );
  const table = tables[theme];
  if (canvas.width !== side) Object.assign(canvas, { width: side, height: side });
  const pen = canvas.getContext("2d");
  const image = pen.createImageData(side, side);
  for (let row = 0; row < side; row++) {
    for (let column = 0; column < side; column++) {
      const share = shares[(side - 1 - row) * side + column];
      const level = Number.isFinite(share) ? Math.round(Math.min(1, Math.max(0, share)) * (STEPS - 1)) : STEPS >> 1;
      image.data.set(table.subarray(4 * level, 4 * level + 4), 4 * (row * side + column));
    }
  }
  pen.putImageData(image, 0, 0);
}

/** The middles of side × side cells of a domain, row by row from the bottom: x, y, x, y, … */
export function grid([[x0, x1], [y0, y1]], side) {
  const points = new Float64Array(2 * side * side);
  for (let i = 0; i < side * side; i++) {
    points[2 * i] = x0 + ((x1 - x0) * ((i % side) + 0.5)) / side;
    points[2 * i + 1] = y0 + ((y1 - y0) * (Math.floor(i / side) + 0.5)) / side;
  }
  return points;
}
