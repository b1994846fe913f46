/** The lines of the updates of one coordinate, by the kernel, see speedup/study/lines.py. */

const SLOTS = 3; // of what an optimizer remembers of a coordinate

/**
 * @typedef {object} Begun  where a coordinate's updates begin
 * @property {Float64Array} weights  before each of them
 * @property {Float64Array} gradients
 * @property {number} [step]  of the first; what is remembered of those before it:
 * @property {ArrayLike<number>} [state]
 * @property {ArrayLike<number>} [decay]
 *
 * @typedef {ReturnType<typeof linesAlong>} Lines
 */

/**
 * Computes values (updates, lines), NaN where a line comes to nothing, and states and decays, (updates + 1, a record each).
 *
 * @param {Kernels} kernels
 * @param {OptimizerName} optimizer
 * @param {Float64Array} h  a record of hyperparameters
 * @param {Begun} begun
 */
export function linesAlong(kernels, optimizer, h, { weights, gradients, step = 0, state = [], decay = [] }) {
  const { optimizers, records } = kernels.tables;
  const { index, anatomy } = optimizers[optimizer];
  const { length } = weights;
  const values = new Float64Array(length * anatomy.count).fill(NaN);
  const states = new Float64Array((length + 1) * SLOTS);
  const decays = new Float64Array((length + 1) * records.decay.length);
  states.set(state);
  decays.set(decay);
  const numbers = [anatomy.count, step, length, index];
  kernels.call("lines_along", [values, states, decays, weights, gradients, h, ...numbers], [0, 1, 2]);
  return { values, states, decays };
}
