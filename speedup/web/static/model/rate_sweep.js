/** The loss at the end against the learning rate, or another hyperparameter: what each lane comes to all along its slider. */

export const COUNT = 61; // values
const STRIDES = [8, 4, 2, 1]; // coarse first
const every = Array.from({ length: COUNT }, (_, i) => i);
export const ORDER = STRIDES.flatMap((stride, k) =>
  every.filter((i) => i % stride === 0 && !(k > 0 && i % STRIDES[k - 1] === 0)),
);

/**
 * @typedef {object} Swept  a lane with every value; what isn't computed yet is NaN, and -1
 * @property {string} key  all that it depends on
 * @property {LaneSpec} lane
 * @property {Float64Array} losses  at the end
 * @property {Int32Array} arrived  the step, -1: never
 * @property {Int32Array} diverged
 * @property {Int32Array} left  the step at which it left the map
 * @property {number} done  how many values; all, of a lane that has no such hyperparameter
 * @property {import("./rate_threads.js").Seeds} [seeds]  of a training, of which the losses are the median
 */

export class RateSweep {
  /** @type {Swept[]} */
  lanes = [];
  /** @type {HyperparameterName} */
  name = "lr"; // what varies
  /** @type {number[]} */
  values = []; // COUNT of them, rising

  /** @param {Kernels} kernels */
  constructor(kernels) {
    this.kernels = kernels;
  }

  /**
   * Takes note of what is to be computed. A lane that only another value was chosen for keeps what it has.
   *
   * @param {RaceSpec} spec
   * @param {HyperparameterName} name
   * @param {number[]} values
   */
  want(spec, name, values) {
    const { lanes, ...rest } = spec;
    this.spec = spec;
    this.name = name;
    this.values = values;
    const before = new Map(this.lanes.map((swept) => [swept.key, swept]));
    this.lanes = lanes.map((lane) => {
      const key = JSON.stringify([rest, name, lane.optimizer, { ...lane.h, [name]: 0 }]);
      return before.get(key) ?? empty(key, lane, name in lane.h ? 0 : COUNT);
    });
  }

  /** Whether all is computed. */
  get complete() {
    return this.lanes.every(({ done }) => done === COUNT);
  }

  /**
   * Computes on, all lanes coarsely before any is finer, until it is complete or `enough()`.
   *
   * @param {() => boolean} enough
   */
  work(enough) {
    const path = new Float64Array(3 * ((this.spec?.steps ?? 0) + 1));
    while (!this.complete && !enough()) {
      const swept = this.lanes.reduce((least, one) => (one.done < least.done ? one : least));
      const i = ORDER[swept.done];
      const lane = { ...swept.lane, h: { ...swept.lane.h, [this.name]: this.values[i] } };
      const { arrived, diverged, left } = this.kernels.run(/** @type {RaceSpec} */ (this.spec), lane, path);
      swept.arrived[i] = arrived;
      swept.diverged[i] = diverged;
      swept.left[i] = left;
      swept.losses[i] = path[path.length - 1];
      swept.done += 1;
    }
  }
}

/**
 * @param {string} key
 * @param {LaneSpec} lane
 * @param {number} done
 * @returns {Swept}
 */
function empty(key, lane, done) {
  const steps = () => new Int32Array(COUNT).fill(-1);
  const losses = new Float64Array(COUNT).fill(NaN);
  return { key, lane, losses, arrived: steps(), diverged: steps(), left: steps(), done };
}
