/** A lane of a training with another value of a hyperparameter, or another batch, trained from its start to its end. */
import { Learner, origin } from "./learner.js";
import { batchOf, initial, measure, netOf, piecesOf } from "./net.js";

const STRETCH = 2e6; // steps x batch x parameters that are trained in one go: some milliseconds

/**
 * @typedef {object} Job  what is swept
 * @property {TrainSpec} spec
 * @property {import("./data.js").Data} data  the same for every seed
 * @property {Looks["against"]} name  what varies
 * @property {number[]} values
 *
 * @typedef {[lane: number, place: number, seed: number]} RunAt  a run: its lane, the place of its value, how many seeds come before its
 *
 * @typedef {[...RunAt, loss: number, diverged: number]} Found  with the loss over the training's samples at its end, and the first step at
 *   which the loss isn't finite, -1 for none
 */

/**
 * Gives a lane with another value from its start on; what changes later stays.
 *
 * @param {LaneSpec} lane
 * @param {Looks["against"]} name
 * @param {number} value
 * @returns {LaneSpec}
 */
export const withValue = (lane, name, value) =>
  name === "batch" ? { ...lane, batch: value } : { ...lane, h: { ...lane.h, [name]: value } };

/**
 * Trains one run, and pauses between its stretches: what it comes to, or null if somebody says to stop.
 *
 * @param {Kernels} kernels
 * @param {Job} job
 * @param {RunAt} at
 * @param {() => boolean | Promise<boolean>} goOn  asked between two stretches
 * @returns {Promise<Found | null>}
 */
export async function runOf(kernels, { spec, data, name, values }, [index, place, nth], goOn) {
  const lanes = spec.lanes.map((lane, i) => (i === index ? withValue(lane, name, values[place]) : lane));
  const end = await endOf(kernels, { spec: { ...spec, lanes, seed: spec.seed + nth }, data, index }, goOn);
  return end && [index, place, nth, ...end];
}

/**
 * Trains a lane to its end: [the loss there over the training's samples, -1], or [NaN, the first step at which the loss isn't finite];
 * null if somebody says to stop.
 *
 * @param {Kernels} kernels
 * @param {{spec: TrainSpec, data: import("./data.js").Data, index: number}} what
 * @param {() => boolean | Promise<boolean>} goOn  asked between two stretches
 * @returns {Promise<[loss: number, diverged: number] | null>}
 */
export async function endOf(kernels, { spec, data, index }, goOn) {
  const { tables } = kernels;
  const { seed, lanes } = spec;
  const net = netOf(tables, spec);
  const batch = batchOf(spec, lanes[index], data.train);
  const optimizer = tables.optimizers[lanes[index].optimizer].index;
  const pieces = piecesOf(tables, spec, index);
  const learner = new Learner(kernels, { net, data, batch, optimizer, seed, every: 2 ** 30, pieces });
  learner.load(origin(tables, initial(kernels, net, spec)));
  const stretch = Math.ceil(STRETCH / (batch * net.parameters));
  while (learner.step < spec.steps) {
    const { step } = learner;
    const wrong = learner.advance(Math.min(stretch, spec.steps - step)).loss.findIndex((loss) => !Number.isFinite(loss));
    if (wrong >= 0) return [NaN, step + wrong];
    if (learner.step < spec.steps && !(await goOn())) return null;
  }
  return [measure(kernels, net, learner.params, data).train_loss, -1];
}
