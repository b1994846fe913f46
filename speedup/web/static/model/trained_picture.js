/** What a lane's training comes to while two numbers of it vary: a picture, a training in each pixel, coarse first. */
import { Pixels } from "./pixels.js";
import { endOf, withValue } from "./rate_runs.js";

/** @type {import("./pixels.js").Size} */
const COARSEST = [8, 6];
const MOST_DOUBLED = 4; // times the coarsest is doubled
const WORK = 5e10; // steps x batch x parameters of all trainings: a minute or two on one thread
export const LEAST_DOUBLED = 1;

/**
 * @typedef {Looks["against"]} Varied
 *
 * @typedef {object} Job  all that a picture depends on
 * @property {TrainSpec} spec
 * @property {import("./data.js").Data} data
 * @property {number} index  of the lane
 * @property {Varied[]} names  what varies from column to column, and what from row to row
 * @property {Float64Array[]} values  of each column, of each row
 * @property {number[]} [window]  as of a picture of races
 *
 * @typedef {[pixel: number, loss: number, diverged: number]} Found  see endOf
 */

/**
 * Tells how many columns and rows there is time for.
 *
 * @param {number} work  of a training: steps x batch x parameters
 * @returns {import("./pixels.js").Size}
 */
export function sizeFor(work) {
  const [columns, rows] = COARSEST;
  let doubled = MOST_DOUBLED;
  while (doubled > LEAST_DOUBLED && columns * rows * 4 ** doubled * work > WORK) doubled -= 1;
  return [columns * 2 ** doubled, rows * 2 ** doubled];
}

/**
 * Trains what a pixel stands for; null if somebody says to stop.
 *
 * @param {Kernels} kernels
 * @param {Job} job
 * @param {number} pixel
 * @param {() => boolean | Promise<boolean>} goOn
 * @returns {Promise<Found | null>}
 */
export async function trainedAt(kernels, { spec, data, index, names, values }, pixel, goOn) {
  const columns = values[0].length;
  const at = [values[0][pixel % columns], values[1][Math.floor(pixel / columns)]];
  const lane = names.reduce((one, name, i) => withValue(one, name, at[i]), spec.lanes[index]);
  const end = await endOf(kernels, { spec: { ...spec, lanes: spec.lanes.with(index, lane) }, data, index }, goOn);
  return end && [pixel, ...end];
}

/** @extends {Pixels<Job>} */
export class TrainedPicture extends Pixels {
  count = 0; // pixels that are computed
  lost = 0; // those whose loss isn't finite
  best = -1; // the one with the lowest loss so far

  /**
   * @param {string} key
   * @param {Job} job
   * @param {string} kind
   */
  constructor(key, job, kind) {
    const size = /** @type {import("./pixels.js").Size} */ (job.values.map(({ length }) => length));
    const doubled = Math.log2(size[0] / COARSEST[0]);
    const strides = Array.from({ length: doubled + 1 }, (_, level) => 2 ** (doubled - level));
    const all = strides.map((stride) => (size[0] * size[1]) / stride ** 2);
    super({ key, job, kind }, { size, strides, left: all.map((pixels, level) => pixels - (all[level - 1] ?? 0)) });
    this.losses = new Float64Array(size[0] * size[1]).fill(NaN);
    this.diverged = new Int32Array(this.losses.length).fill(-1);
    this.known = new Uint8Array(this.losses.length);
  }

  /** @override @param {number} pixel */
  has(pixel) {
    return this.known[pixel] > 0;
  }

  /** How much of it is computed, 0 to 1. */
  get progress() {
    return this.count / this.losses.length;
  }

  /**
   * Tells at which level a pixel is computed.
   *
   * @param {number} pixel
   */
  levelOf(pixel) {
    const [column, row] = [pixel % this.size[0], Math.floor(pixel / this.size[0])];
    return this.strides.findIndex((stride) => column % stride === 0 && row % stride === 0);
  }

  /** The pixels that aren't computed, in the order in which they are. */
  get missing() {
    /** @type {number[][]} */
    const levels = this.strides.map(() => []);
    for (let pixel = 0; pixel < this.losses.length; pixel++) if (!this.has(pixel)) levels[this.levelOf(pixel)].push(pixel);
    return levels.flat();
  }

  /** @param {Found} found */
  take([pixel, loss, diverged]) {
    if (this.has(pixel)) return;
    this.known[pixel] = 1;
    this.losses[pixel] = loss;
    this.diverged[pixel] = diverged;
    this.left[this.levelOf(pixel)] -= 1;
    this.count += 1;
    if (!Number.isFinite(loss)) this.lost += 1;
    if (loss < (this.losses[this.best] ?? Infinity)) this.best = pixel;
  }
}
