/** The loss at the end against the learning rate, another hyperparameter or the noise: what each lane comes to all along its slider. */

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
  /** @type {Looks["against"]} */
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
   * @param {Looks["against"]} name
   * @param {number[]} values
   */
  want(spec, name, values) {
    const { lanes, ...rest } = spec;
    this.spec = spec;
    this.name = name;
    this.values = values;
    const before = new Map(this.lanes.map((swept) => [swept.key, swept]));
    this.lanes = lanes.map((lane) => {
      const own = { ...rest, ...lane.h };
      const key = JSON.stringify([name, lane.optimizer, { ...own, [name]: 0 }]);
      return before.get(key) ?? empty(key, lane, name in own ? 0 : COUNT);
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
      const { spec, lane } = this.with(swept.lane, this.values[i]);
      const { arrived, diverged, left } = this.kernels.run(spec, lane, path);
      swept.arrived[i] = arrived;
      swept.diverged[i] = diverged;
      swept.left[i] = left;
      swept.losses[i] = path[path.length - 1];
      swept.done += 1;
    }
  }

  /**
   * Gives the race, and the lane in it, in which what varies has another value.
   *
   * @param {LaneSpec} lane
   * @param {number} value
   */
  with(lane, value) {
    const spec = /** @type {RaceSpec} */ (this.spec);
    if (this.name === "noise") return { spec: { ...spec, noise: value }, lane };
    return { spec, lane: { ...lane, h: { ...lane.h, [this.name]: value } } };
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
