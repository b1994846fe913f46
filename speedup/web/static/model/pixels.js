/** The pixels of a picture that is computed coarse first: which of them are known, and how fine it is everywhere. */

/**
 * @typedef {[columns: number, rows: number]} Size
 *
 * @typedef {object} Grid
 * @property {Size} size
 * @property {number[]} strides  from one pixel to the next of each level, the coarsest first
 * @property {number[]} left  of each level how many pieces aren't known
 */

/** A picture as far as it is computed. @template {{names: string[], window?: number[]}} Job */
export class Pixels {
  /**
   * @param {{key: string, job: Job, kind: string}} what  `key`: of another one another; `kind`: alike for all parts of one picture
   * @param {Grid} grid
   */
  constructor({ key, job, kind }, { size, strides, left }) {
    this.key = key;
    this.job = job;
    this.kind = kind;
    this.size = size;
    this.strides = strides;
    this.left = left;
  }

  /** How many levels are complete, each after those before it. */
  get level() {
    const first = this.left.findIndex((pieces) => pieces > 0);
    return first < 0 ? this.left.length : first;
  }

  /** How large a pixel is of what is known everywhere, in the measures of the window. */
  get grain() {
    const [from, to] = /** @type {number[]} */ (this.job.window);
    return (this.strides[Math.max(0, this.level - 1)] * (to - from)) / this.size[0];
  }

  /** Whether something of it is known everywhere. */
  get coarse() {
    return this.level > 0;
  }

  get complete() {
    return this.level === this.left.length;
  }

  /**
   * Tells whether a pixel is computed.
   *
   * @param {number} _pixel
   * @returns {boolean}
   */
  has(_pixel) {
    return false;
  }

  /**
   * Gives the pixel that stands for one: itself, or the nearest before it that is computed; -1 if there is none yet.
   *
   * @param {number} column
   * @param {number} row
   */
  nearest(column, row) {
    const { strides, size } = this;
    for (let stride = 1; stride <= strides[0]; stride *= 2) {
      const pixel = size[0] * (row - (row % stride)) + column - (column % stride);
      if (this.has(pixel)) return pixel;
    }
    return -1;
  }
}
