/** How sharply the loss is curved along a lane's path, as its optimizer feels it, against the limit of its learning rate. */

/** @typedef {{limit: number, shares: Float64Array}} Felt  the limit of lr times curvature, NaN for none; at each step the share of it */

/**
 * Computes it by the kernels, see curvature.py. What divides by all that it remembers has no share before its first step.
 *
 * @param {import("./kernels.js").Kernels} kernels
 * @param {Race} race
 * @param {number} index  of the lane
 * @returns {Felt}
 */
export function feltBy(kernels, { spec, lanes }, index) {
  const { optimizer, h } = spec.lanes[index];
  const { steps, surface, params, noise, seed } = spec;
  const { surfaces, optimizers, records, hyperparameters } = kernels.tables;
  const { path } = lanes[index];
  const bends = new Float64Array(records.bend.length * (steps + 1));
  kernels.call("bends", [bends, path, kernels.record(surface, params), steps, surfaces[surface].index], [0]);
  const values = new Float64Array(steps + 2);
  const hyper = Float64Array.from(hyperparameters, (name) => h[name] ?? 0);
  const number = optimizers[optimizer].index;
  kernels.call("sharpness_along", [values, path, bends, hyper, noise, steps, number, seed], [0]);
  const limit = values[steps + 1];
  const shares = values.subarray(0, -1).map((value) => ((h.lr ?? 0) * value) / limit);
  if (h.eps !== undefined) shares[0] = NaN;
  return { limit, shares };
}

/**
 * Gives what lr times the curvature that an optimizer feels must stay below, NaN for one without such a limit.
 *
 * @param {import("./kernels.js").Kernels} kernels
 * @param {number} optimizer
 * @param {Float64Array} h  its hyperparameters as kernels read them
 */
export function limitOf(kernels, optimizer, h) {
  const values = new Float64Array(2);
  const nowhere = [new Float64Array(3), new Float64Array(kernels.tables.records.bend.length)];
  kernels.call("sharpness_along", [values, ...nowhere, h, 0, 0, optimizer, 0], [0]); // along a path of no steps: it comes last
  return values[1];
}
