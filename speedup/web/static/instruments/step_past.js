/** What a line of an update came to at every step: a small line for x, a dashed one for y, each from its lowest to its highest. */

const [WIDTH, HEIGHT] = [168, 32]; // pixels; the page shows it half as large
const EDGE = 3;
const DASH = [5, 4];

/**
 * Draws it.
 *
 * @param {HTMLCanvasElement} canvas
 * @param {number} updates  how many there are
 * @param {(step: number) => ArrayLike<number>} valueAt
 * @param {Colours} colours
 */
export function drawPast(canvas, updates, valueAt, colours) {
  if (canvas.width !== WIDTH) Object.assign(canvas, { width: WIDTH, height: HEIGHT });
  const pen = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  pen.clearRect(0, 0, WIDTH, HEIGHT);
  pen.lineWidth = 2;
  pen.strokeStyle = colours.text;
  const stride = Math.max(1, Math.floor(updates / WIDTH));
  const steps = Array.from({ length: Math.floor((updates - 1) / stride) + 1 }, (_, i) => i * stride);
  for (const coordinate of [0, 1]) {
    const values = steps.map((step) => valueAt(step)[coordinate]);
    const finite = values.filter(Number.isFinite);
    const [low, high] = [Math.min(...finite), Math.max(...finite)];
    const share = (/** @type {number} */ value) => (high > low ? (value - low) / (high - low) : 0.5);
    pen.setLineDash(coordinate ? DASH : []);
    pen.beginPath();
    values.forEach((value, i) => {
      if (Number.isFinite(value)) pen.lineTo(placeOf(steps[i], updates) * WIDTH, EDGE + (HEIGHT - 2 * EDGE) * (1 - share(value)));
    });
    pen.stroke();
  }
}

/**
 * Tells where along the line an update is, from 0 to 1.
 *
 * @param {number} step
 * @param {number} updates
 */
export const placeOf = (step, updates) => (updates > 1 ? step / (updates - 1) : 0);
