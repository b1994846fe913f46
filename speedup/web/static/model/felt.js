/** How sharply the loss of a training is curved where a lane stands, as its optimizer feels it: what curvature.py does. */
import { scratch } from "./kernels.js";
import { leading } from "./lanczos.js";
import { pieceAt } from "./net.js";
import { limitOf } from "./sharpness.js";

/**
 * @typedef {import("./learner.js").Learner} Learner
 * @typedef {object} Felt
 * @property {number} value  the largest eigenvalue of P⁻¹H, NaN for none
 * @property {Float64Array | null} vector  where to begin nearby
 * @property {number[]} more  the next eigenvalues, as many as were asked for
 */

/** @type {Felt} */
const NONE = { value: NaN, vector: null, more: [] };

/**
 * Computes it, step by step: yields after each product, which may take a while. P⁻¹H has the eigenvalues of P^(-½) H P^(-½), which is
 * symmetric. NaN where the optimizer has no limit, and where the lane isn't finite.
 *
 * @param {import("./kernels.js").Kernels} kernels
 * @param {Learner} learner
 * @param {Float64Array | null} near  what came of a place nearby
 * @param {number} [many]  eigenvalues
 * @returns {Generator<undefined, Felt>}
 */
export function* felt(kernels, learner, near, many = 1) {
  const { job, params, step } = learner;
  const { net, data, optimizer } = job;
  const { h } = pieceAt(job.pieces, step);
  const { hyperparameters, optimizers } = kernels.tables;
  const { decoupled } = Object.values(optimizers)[optimizer];
  const decayed = decoupled ? 0 : h[hyperparameters.indexOf("weight_decay")];
  const limit = limitOf(kernels, optimizer, h);
  const scale = new Float64Array(net.parameters);
  kernels.call("preconditioner", [scale, learner.state, learner.decay, h, net.parameters, optimizer], [0]);
  const root = scale.map((value) => 1 / Math.sqrt(value));
  if (Number.isNaN(limit) || ![root, params].every((values) => values.every(Number.isFinite))) return NONE;
  const [out, direction] = [new Float64Array(net.parameters), new Float64Array(net.parameters)];
  const rooms = [scratch(net.act), scratch(net.act), scratch(net.delta), scratch(net.delta)];
  const product = (/** @type {Float64Array} */ v) => {
    v.forEach((value, i) => {
      direction[i] = root[i] * value;
    });
    kernels.call("hessian_product", [out, params, direction, net.record, data.inputs, data.targets, data.train, ...rooms], [0]);
    return out.map((value, i) => root[i] * (value + decayed * direction[i]));
  };
  return yield* leading(product, net.parameters, { near, many });
}
