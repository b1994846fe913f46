/** The two colours of the network page, everywhere with one meaning: low and high, class 0 and 1, negative and positive. */
import { penOf } from "./canvas.js";

/** @typedef {[red: number, green: number, blue: number]} Rgb */

/** @type {Record<View["theme"], Record<"low" | "middle" | "high", Rgb>>} */
const SHADES = {
  // apart from all optimizers' colours, for the colour-blind too
  light: { low: [196, 158, 92], middle: [250, 249, 245], high: [92, 108, 156] },
  dark: { low: [178, 138, 76], middle: [26, 34, 43], high: [122, 142, 196] },
};

/**
 * Gives the colour of a share: 0 low, 0.5 neither, 1 high.
 *
 * @param {View["theme"]} theme
 * @param {number} share
 */
export function shade(theme, share) {
  const { low, middle, high } = SHADES[theme];
  const part = Math.min(1, Math.max(0, Number.isFinite(share) ? share : 0.5));
  const [from, to, t] = part < 0.5 ? [low, middle, 2 * part] : [middle, high, 2 * part - 1];
  return /** @type {Rgb} */ (from.map((channel, i) => channel + t * (to[i] - channel)));
}

/** @param {Rgb} colour */
export const css = ([r, g, b]) => `rgb(${Math.round(r)} ${Math.round(g)} ${Math.round(b)})`;

const STEPS = 256;
/** @type {Partial<Record<View["theme"], Uint8ClampedArray>>} */
const tables = {}; // STEPS colours, as bytes

/**
 * Paints shares (side × side, row by row from the bottom up) onto a canvas of that size.
 *
 * @param {HTMLCanvasElement} canvas
 * @param {View["theme"]} theme
 * @param {ArrayLike<number>} shares
 * @param {number} side
 */
export function paint(canvas, theme, shares, side) {
  tables[theme] ??= Uint8ClampedArray.from({ length: 4 * STEPS }, (_, i) =>
    i % 4 === 3 ? 255 : shade(theme, Math.floor(i / 4) / (STEPS - 1))[i % 4],
  );
  const table = tables[theme];
  if (canvas.width !== side) Object.assign(canvas, { width: side, height: side });
  const pen = penOf(canvas);
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

/**
 * Gives the middles of side × side cells of a domain, row by row from the bottom: x, y, x, y, …
 *
 * @param {Span[]} domain
 * @param {number} side
 */
export function grid([[x0, x1], [y0, y1]], side) {
  const points = new Float64Array(2 * side * side);
  for (let i = 0; i < side * side; i++) {
    points[2 * i] = x0 + ((x1 - x0) * ((i % side) + 0.5)) / side;
    points[2 * i + 1] = y0 + ((y1 - y0) * (Math.floor(i / side) + 0.5)) / side;
  }
  return points;
}
