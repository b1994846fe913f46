/** What every update of one weight of a net came to: its way through all of the training, gone once more. */
import { Learner } from "./learner.js";
import { linesAlong } from "./lines.js";
import { pieceAt } from "./net.js";

/** @typedef {import("./lines.js").Begun & {h: Float64Array, from: number}} Stretch  updates with the same hyperparameters */

/** The updates of a weight of a lane. Nothing is known of them before all have been gone through. */
export class NetPast {
  whole = false;
  /** @type {Stretch[]} */
  stretches = [];

  /**
   * @param {Training} training
   * @param {number} index  of the lane
   * @param {number} weight
   * @param {number} updates  how many there are
   */
  constructor(training, index, weight, updates) {
    const lane = training.lanes[index];
    this.kernels = training.kernels;
    this.lane = lane;
    this.weight = weight;
    this.learner = new Learner(training.kernels, training.job(lane));
    this.learner.load(training.at(index, 0));
    this.weights = new Float64Array(updates);
    this.gradients = new Float64Array(updates);
    this.count = training.kernels.tables.optimizers[lane.optimizer].anatomy.count;
    this.values = new Float64Array(updates * this.count);
  }

  /**
   * Goes on until a moment (ms), at least one step. Returns whether all is known.
   *
   * @param {number} moment
   */
  work(moment) {
    const { learner, weights, gradients, weight } = this;
    while (learner.step < weights.length) {
      const { step } = learner;
      const { h } = pieceAt(this.lane.pieces, step);
      if (h !== this.stretches.at(-1)?.h) this.stretches.push(this.stretch(h));
      weights[step] = learner.params[weight];
      learner.advance(1);
      gradients[step] = learner.gradient[weight];
      if (performance.now() >= moment && learner.step < weights.length) return false;
    }
    if (!this.whole) this.fill();
    this.whole = true;
    return true;
  }

  /**
   * Gives where a stretch begins.
   *
   * @param {Float64Array} h
   * @returns {Stretch}
   */
  stretch(h) {
    const { step, params, state, decay } = this.learner;
    const own = [0, 1, 2].map((slot) => state[slot * params.length + this.weight]);
    return { h, from: step, step, state: own, decay: decay.slice(), weights: this.weights, gradients: this.gradients };
  }

  /** Computes the lines of all updates, a stretch at a time. */
  fill() {
    const { kernels, lane, stretches, weights, gradients, values, count } = this;
    stretches.forEach((one, i) => {
      const end = stretches[i + 1]?.from ?? weights.length;
      const part = { weights: weights.slice(one.from, end), gradients: gradients.slice(one.from, end) };
      values.set(linesAlong(kernels, lane.optimizer, one.h, { ...one, ...part }).values, one.from * count);
    });
  }

  /**
   * Gives what a line came to.
   *
   * @param {number} at  the line
   * @param {number} step
   */
  line(at, step) {
    return this.whole ? this.values[step * this.count + at] : NaN;
  }
}
