/** One update of a net's weights, taken apart. */
import { Learner } from "./learner.js";
import { linesAlong } from "./lines.js";
import { pieceAt } from "./net.js";

/** The update of a lane of a training from one step to the next: what it begins with, and where it leads. */
export class NetAnatomy {
  /**
   * Takes the step once more, from where the training has come to.
   *
   * @param {Training} training
   * @param {number} index  of the lane
   * @param {number} step
   * @param {boolean} [rough]  from the checkpoint before
   */
  constructor(training, index, step, rough) {
    const lane = training.lanes[index];
    const learner = new Learner(training.kernels, training.job(lane));
    learner.load(training.at(index, step, rough));
    this.before = learner.save();
    this.step = learner.step;
    learner.advance(1);
    this.after = learner.params;
    this.gradients = learner.gradient;
    this.net = training.net;
    const { h } = pieceAt(lane.pieces, this.step);
    this.along = (/** @type {import("./lines.js").Begun} */ begun) => linesAlong(training.kernels, lane.optimizer, h, begun);
  }

  /**
   * Gives what each line comes to for one weight.
   *
   * @param {number} at  which
   */
  lines(at) {
    const { params, state, decay } = this.before;
    const own = [0, 1, 2].map((slot) => state[slot * params.length + at]);
    const [weights, gradients] = [Float64Array.of(params[at]), Float64Array.of(this.gradients[at])];
    return this.along({ weights, gradients, step: this.step, state: own, decay }).values;
  }

  /**
   * Gives how far a weight goes.
   *
   * @param {number} at
   */
  move(at) {
    return this.after[at] - this.before.params[at];
  }

  /** Gives, for each layer, how long the gradient is and how far its weights go, all together. */
  norms() {
    const { sizes } = this.net;
    let at = 0;
    return sizes.slice(1).map((outs, layer) => {
      const [begin, end] = [at, (at += (sizes[layer] + 1) * outs)];
      let [gradient, move] = [0, 0];
      for (let i = begin; i < end; i++) {
        gradient += this.gradients[i] ** 2;
        move += this.move(i) ** 2;
      }
      return { gradient: Math.sqrt(gradient), move: Math.sqrt(move) };
    });
  }
}

/**
 * Gives the weight at which the loss is steepest at the start: what is shown as long as none is picked.
 *
 * @param {Training} training
 */
export function steepest(training) {
  const { gradients } = new NetAnatomy(training, 0, 0);
  return gradients.reduce((best, slope, at) => (Math.abs(slope) > Math.abs(gradients[best]) ? at : best), 0);
}

/**
 * Tells where a weight of a net is: between which units, or whose bias, that comes from nowhere. All count from 0.
 *
 * @param {number[]} sizes  of the layers
 * @param {number} weight
 * @returns {{layer: number, i: number | undefined, j: number}}
 */
export function whereIs(sizes, weight) {
  let [layer, at] = [0, weight];
  while (at >= (sizes[layer] + 1) * sizes[layer + 1]) {
    at -= (sizes[layer] + 1) * sizes[layer + 1];
    layer += 1;
  }
  const between = sizes[layer] * sizes[layer + 1];
  return at < between
    ? { layer, i: at % sizes[layer], j: Math.floor(at / sizes[layer]) }
    : { layer, i: undefined, j: at - between };
}
