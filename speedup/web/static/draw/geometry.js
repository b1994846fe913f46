/** Paths as polylines on the map: cut at its border and, in relief, laid onto the surface. */

const MOVE = 0;
export const LINE = 1;

/** Points that may grow. */
export class Points {
  n = 0;
  room = 512;
  at = new Float64Array(3 * this.room); // x, y, height
  step = new Float64Array(this.room); // the step they belong to
  pen = new Uint8Array(this.room); // MOVE or LINE

  /** @param {number} room */
  reserve(room) {
    const { at, step, pen } = this;
    this.room = room;
    this.at = new Float64Array(3 * room);
    this.step = new Float64Array(room);
    this.pen = new Uint8Array(room);
    this.at.set(at);
    this.step.set(step);
    this.pen.set(pen);
  }

  /**
   * @param {number} x
   * @param {number} y
   * @param {number} step
   * @param {number} pen
   */
  add(x, y, step, pen) {
    if (this.n === this.room) this.reserve(2 * this.room);
    this.at[3 * this.n] = x;
    this.at[3 * this.n + 1] = y;
    this.step[this.n] = step;
    this.pen[this.n] = pen;
    this.n += 1;
  }

  /**
   * Counts the points up to a playhead.
   *
   * @param {number} t
   */
  until(t) {
    let low = 0;
    let high = this.n;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.step[middle] <= t) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/**
 * Fills `points` with a path (x, y, loss per step), cut to the extent [x0, x1, y0, y1, …]; it ends at its first
 * NaN.
 *
 * @param {Points} points
 * @param {Float64Array} path
 * @param {ArrayLike<number>} extent
 * @param {number} pieces  into how many a line right across the map is split so that it can follow the ground; 0: none
 */
export function trace(points, path, extent, pieces) {
  const [x0, x1, y0, y1] = Array.from(extent);
  points.n = 0;
  let was = false; // inside, that is: the last point added
  let px = 0;
  let py = 0;
  for (let i = 0; i < path.length / 3; i++) {
    const x = path[3 * i];
    const y = path[3 * i + 1];
    if (!Number.isFinite(x + y)) break;
    const is = x >= x0 && x <= x1 && y >= y0 && y <= y1;
    let start = 0;
    let end = 1;
    if (i > 0 && !(was && is)) {
      [start, end] = overlap(py, y - py, y0, y1, 0, 1);
      [start, end] = overlap(px, x - px, x0, x1, start, end);
    }
    if (i === 0) {
      if (is) points.add(x, y, 0, MOVE);
    } else if (is || start < end) {
      if (!was) points.add(px + start * (x - px), py + start * (y - py), i - 1 + start, MOVE);
      const across = Math.max(Math.abs(x - px) / (x1 - x0), Math.abs(y - py) / (y1 - y0)) * (end - start);
      const count = Math.max(1, Math.ceil(across * pieces));
      for (let k = 1; k <= count; k++) {
        const part = start + ((end - start) * k) / count;
        if (k === count && is) points.add(x, y, i, LINE);
        else points.add(px + part * (x - px), py + part * (y - py), i - 1 + part, LINE);
      }
    }
    [was, px, py] = [is, x, y];
  }
}

/**
 * Finds the part of [start, end] in which low <= x + t dx <= high; start > end if there is none.
 *
 * @param {number} x
 * @param {number} dx
 * @param {number} low
 * @param {number} high
 * @param {number} start
 * @param {number} end
 */
function overlap(x, dx, low, high, start, end) {
  if (dx === 0) return x >= low && x <= high ? [start, end] : [1, 0];
  const enter = ((dx > 0 ? low : high) - x) / dx;
  const leave = ((dx > 0 ? high : low) - x) / dx;
  return [Math.max(start, enter), Math.min(end, leave)];
}
