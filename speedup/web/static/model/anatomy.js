/** Updates taken apart: the value of every line of a lane's update, at each of its steps. */

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
  /**
   * Computes them by the kernel, see speedup/race/lines.py.
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
    this.path = path;
    this.steps = steps;
    this.count = count;
    this.remembers = shown.some(({ before, name }) => before && name === "m");
    this.last = (diverged < 0 ? steps : diverged) - 1; // the last update, -1 for none
    this.values = new Float64Array(2 * steps * (1 + 2 * count)).fill(NaN); // what a line doesn't come to stays so
    const hyper = Float64Array.from(hyperparameters, (name) => h[name] ?? 0);
    const numbers = [noise, count, steps, surfaces[surface].index, optimizers[optimizer].index, seed];
    kernels.call("lines_along", [this.values, path, hyper, kernels.record(surface, params), ...numbers], [0]);
  }

  /**
   * Gives x and y of the point that an update begins at.
   *
   * @param {number} step
   * @returns {Point}
   */
  from(step) {
    return [this.path[3 * step], this.path[3 * step + 1]];
  }

  /**
   * Gives how far it goes, along x and y; not finite where it diverged.
   *
   * @param {number} step
   * @returns {Point}
   */
  move(step) {
    const [[x, y], [u, v]] = [this.from(step), this.line(this.count - 1, step)];
    return [u - x, v - y];
  }

  /**
   * Gives how much of that is there only because m remembers past gradients.
   *
   * @param {number} step
   * @returns {Point}
   */
  carried(step) {
    const [[x, y], [u, v]] = [this.line(2 * this.count - 1, step), this.line(this.count - 1, step)];
    return [u - x, v - y];
  }

  /**
   * Gives how far it goes for each unit of today's gradient, along x and y: lr, over what the optimizer divides by. NaN without one.
   *
   * @param {number} step
   * @returns {Point}
   */
  rates(step) {
    const [[x, y], [u, v], [gx, gy]] = [this.from(step), this.line(2 * this.count - 1, step), this.gradient(step)];
    return [(x - u) / gx, (y - v) / gy];
  }

  /**
   * Gives the gradient that it is handed.
   *
   * @param {number} step
   */
  gradient(step) {
    return this.line(-1, step);
  }

  /**
   * Gives what a line comes to, for x and y.
   *
   * @param {number} at  among the kernel's lines
   * @param {number} step
   * @returns {Point}
   */
  line(at, step) {
    const place = 2 * (this.steps * (1 + at) + step);
    return [this.values[place], this.values[place + 1]];
  }
}
