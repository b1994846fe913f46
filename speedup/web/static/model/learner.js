/** One lane on its way: weights and what the optimizer remembers, at a step, to be moved on by the kernels. */
import { scratch } from "./kernels.js";
import { pieceAt } from "./net.js";
import { record } from "./records.js";

export const UNMEASURED = 2 ** 30; // steps between two measurements: none at all

/**
 * @typedef {object} Job  what a lane of a training does
 * @property {import("./net.js").Net} net
 * @property {import("./data.js").Data} data
 * @property {number} batch
 * @property {number} optimizer  its number
 * @property {number} seed
 * @property {number} every  steps between two measurements
 * @property {import("./net.js").Piece[]} pieces
 *
 * @typedef {object} Checkpoint
 * @property {number} step
 * @property {Float64Array} params
 * @property {Float64Array} state  what the optimizer remembers
 * @property {Float64Array} decay
 *
 * @typedef {{loss: Float64Array, measurements: Float64Array}} Found  the loss of each step, a record of measurements at every `every`-th
 */

/** A lane of a training, at no step before it is given a checkpoint. */
export class Learner {
  step = -1;
  params = new Float64Array();
  state = new Float64Array();
  decay = new Float64Array();
  gradient; // of the last batch

  /**
   * @param {Kernels} kernels
   * @param {Job} job
   */
  constructor(kernels, job) {
    this.kernels = kernels;
    this.job = job;
    this.order = new Float64Array(job.data.train + 1).fill(-1);
    this.gradient = new Float64Array(job.net.parameters);
  }

  /**
   * Goes to a checkpoint.
   *
   * @param {Checkpoint} mark
   */
  load({ step, params, state, decay }) {
    this.step = step;
    this.params = params.slice();
    this.state = state.slice();
    this.decay = decay.slice();
  }

  /**
   * Gives a checkpoint of where it is.
   *
   * @returns {Checkpoint}
   */
  save() {
    const { step, params, state, decay } = this;
    return { step, params: params.slice(), state: state.slice(), decay: decay.slice() };
  }

  /**
   * Goes on by some steps.
   *
   * @param {number} steps
   * @returns {Found}
   */
  advance(steps) {
    const loss = new Float64Array(steps);
    const measurements = this.measurements(steps);
    const end = this.step + steps;
    let [at, measured] = [0, 0];
    while (this.step < end) {
      const next = this.job.pieces.find(({ step }) => step > this.step)?.step ?? end;
      const count = Math.min(next, end) - this.step;
      const [part, found] = this.run(count);
      loss.set(part, at);
      measurements.set(found, measured);
      at += count;
      measured += found.length;
    }
    return { loss, measurements };
  }

  /**
   * Goes on to its next checkpoint, one every `save` steps: what it found on the way, from which step, and the checkpoint.
   *
   * @param {{steps: number, save: number}} way
   */
  further({ steps, save }) {
    const { step } = this;
    const found = this.advance(Math.min(steps, (Math.floor(step / save) + 1) * save) - step);
    return { step, ...found, mark: this.save() };
  }

  /**
   * Makes room for what is measured during the next steps.
   *
   * @param {number} steps
   */
  measurements(steps) {
    const { step, job, kernels } = this;
    const passed = Math.floor((step + steps) / job.every) - Math.floor(step / job.every);
    return new Float64Array(kernels.tables.records.measured.length * passed);
  }

  /**
   * Goes `count` steps with the same hyperparameters.
   *
   * @param {number} count
   * @returns {[loss: Float64Array, measurements: Float64Array]}
   */
  run(count) {
    const { kernels, step, params, state, decay, order, gradient, job } = this;
    const { net, data, batch, optimizer, seed, every, pieces } = job;
    const { h } = pieceAt(pieces, step);
    const loss = new Float64Array(count);
    const measurements = this.measurements(count);
    const rooms = [scratch(net.act), scratch(net.delta)];
    const test = data.targets.length - data.train;
    const told = record(kernels.tables.records.job, {
      train: data.train,
      test,
      batch,
      step,
      steps: count,
      every,
      optimizer,
      seed,
    });
    const lane = [params, state, decay, order];
    kernels.call(
      "learn",
      [...lane, loss, measurements, h, net.record, data.inputs, data.targets, told, ...rooms, gradient],
      [0, 1, 2, 3, 4, 5, 13],
    );
    this.step += count;
    return [loss, measurements];
  }
}

/**
 * Gives the checkpoint before the first step.
 *
 * @param {Tables} tables
 * @param {Float64Array} params
 * @returns {Checkpoint}
 */
export function origin(tables, params) {
  const decay = new Float64Array(tables.records.decay.length);
  return { step: 0, params, state: new Float64Array(3 * params.length), decay };
}
