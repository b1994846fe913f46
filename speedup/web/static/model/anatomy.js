/** Updates taken apart: the value of every line of a lane's update, at each of its steps. */
import { linesAlong } from "./lines.js";

/** @type {WeakMap<Race, Anatomy[]>} */
const known = new WeakMap(); // by lane

/**
 * Gives a lane's anatomy, which is computed once.
 *
 * @param {Kernels} kernels
 * @param {Race} race
 * @param {number} index  of the lane
 */
export function anatomyOf(kernels, race, index) {
  const lanes = known.get(race) ?? [];
  known.set(race, lanes);
  lanes[index] ??= new Anatomy(kernels, race, index);
  return lanes[index];
}

export class Anatomy {
  forgotten = { step: -1, point: /** @type {Point} */ ([NaN, NaN]) };

  /**
   * Computes them by kernels, see speedup/study/lines.py.
   *
   * @param {Kernels} kernels
   * @param {Race} race
   * @param {number} index  of the lane
   */
  constructor(kernels, { spec, lanes }, index) {
    const { optimizer, h } = spec.lanes[index];
    const { steps, surface, params, noise, seed } = spec;
    const { surfaces, optimizers, hyperparameters } = kernels.tables;
    const { count, shown } = optimizers[optimizer].anatomy;
    const { path, diverged } = lanes[index];
    const slopes = new Float64Array(2 * steps);
    const numbers = [noise, steps, surfaces[surface].index, seed];
    kernels.call("slopes_along", [slopes, path, kernels.record(surface, params), ...numbers], [0]);
    const hyper = Float64Array.from(hyperparameters, (name) => h[name] ?? 0);
    this.along = (/** @type {import("./lines.js").Begun} */ begun) => linesAlong(kernels, optimizer, hyper, begun);
    this.remembers = shown.some(({ before, name }) => before && name === "m");
    this.count = count;
    this.last = (diverged < 0 ? steps : diverged) - 1; // the last update, -1 for none
    this.coordinates = [0, 1].map((i) => {
      const weights = new Float64Array(steps);
      for (let step = 0; step < steps; step++) weights[step] = path[3 * step + i]; // `from` would take longer than all the rest
      const gradients = slopes.subarray(steps * i, steps * (i + 1));
      return { weights, gradients, ...this.along({ weights, gradients }) };
    });
  }

  /**
   * Gives x and y of the point that an update begins at.
   *
   * @param {number} step
   */
  from(step) {
    return this.each(({ weights }) => weights[step]);
  }

  /**
   * Gives how far it goes, along x and y; not finite where it diverged.
   *
   * @param {number} step
   */
  move(step) {
    return away(this.line(this.count - 1, step), this.from(step));
  }

  /**
   * Gives how much of that is there only because m remembers past gradients.
   *
   * @param {number} step
   */
  carried(step) {
    return away(this.line(this.count - 1, step), this.forgetful(step));
  }

  /**
   * Gives how far it goes for each unit of today's gradient, along x and y: lr, over what the optimizer divides by. NaN without one.
   *
   * @param {number} step
   * @returns {Point}
   */
  rates(step) {
    const [[u, v], [gx, gy]] = [away(this.from(step), this.forgetful(step)), this.gradient(step)];
    return [u / gx, v / gy];
  }

  /**
   * Gives the gradient that it is handed.
   *
   * @param {number} step
   */
  gradient(step) {
    return this.each(({ gradients }) => gradients[step]);
  }

  /**
   * Gives what a line comes to, for x and y.
   *
   * @param {number} at  among the kernel's lines
   * @param {number} step
   */
  line(at, step) {
    return this.each(({ values }) => values[this.count * step + at]);
  }

  /**
   * Gives where it would lead if m had been 0. It is asked for one step many times.
   *
   * @param {number} step
   */
  forgetful(step) {
    if (this.forgotten.step !== step) {
      const point = this.each(({ weights, gradients, states, decays }) => {
        const [now, of] = [[step, step + 1], decays.length / (weights.length + 1)];
        const state = [0, states[3 * step + 1], states[3 * step + 2]];
        const begun = { weights: weights.slice(...now), gradients: gradients.slice(...now), step, state };
        return this.along({ ...begun, decay: decays.subarray(of * step, of * (step + 1)) }).values[this.count - 1];
      });
      this.forgotten = { step, point };
    }
    return this.forgotten.point;
  }

  /**
   * @param {(coordinate: Anatomy["coordinates"][number]) => number} what
   * @returns {Point}
   */
  each(what) {
    return [what(this.coordinates[0]), what(this.coordinates[1])];
  }
}

/** @param {Point} to @param {Point} from @returns {Point} */
const away = ([x, y], [fromX, fromY]) => [x - fromX, y - fromY];
