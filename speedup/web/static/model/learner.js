/** One lane on its way: weights and what the optimizer remembers, at a step, to be moved on by the kernels. */
import { scratch } from "./kernels.js";
import { record } from "./records.js";

/** A lane of a training. `job`: {net, data, batch, optimizer (its number), seed, every, pieces}, see training.js. */
export class Learner {
  constructor(kernels, job) {
    Object.assign(this, { kernels, job, step: -1 });
    this.order = new Float64Array(job.data.train + 1).fill(-1);
  }

  /** Goes to a checkpoint: {step, params, state, decay}. */
  load({ step, params, state, decay }) {
    Object.assign(this, { step, params: params.slice(), state: state.slice(), decay: decay.slice() });
  }

  /** A checkpoint of where it is. */
  save() {
    const { step, params, state, decay } = this;
    return { step, params: params.slice(), state: state.slice(), decay: decay.slice() };
  }

  /** Goes on by some steps: {loss (each), frames (a record of measurements after every `every`-th step)}. */
  advance(steps) {
    const loss = new Float64Array(steps);
    const frames = this.frames(steps);
    const end = this.step + steps;
    let [at, measured] = [0, 0];
    while (this.step < end) {
      const next = this.job.pieces.find(({ step }) => step > this.step)?.step ?? end;
      const count = Math.min(next, end) - this.step;
      const [part, found] = this.run(count);
      loss.set(part, at);
      frames.set(found, measured);
      at += count;
      measured += found.length;
    }
    return { loss, frames };
  }

  /** Goes on to its next checkpoint, one every `save` steps: what it found on the way, from which step, and the checkpoint. */
  further({ steps, save }) {
    const { step } = this;
    const found = this.advance(Math.min(steps, (Math.floor(step / save) + 1) * save) - step);
    return { step, ...found, mark: this.save() };
  }

  /** Room for what is measured during the next steps. */
  frames(steps) {
    const { step, job, kernels } = this;
    const passed = Math.floor((step + steps) / job.every) - Math.floor(step / job.every);
    return new Float64Array(kernels.tables.records.measured.length * passed);
  }

  /** `count` steps with the same hyperparameters. */
  run(count) {
    const { kernels, step, params, state, decay, order, job } = this;
    const { net, data, batch, optimizer, seed, every, pieces } = job;
    const { h } = pieces.findLast((piece) => piece.step <= step);
    const loss = new Float64Array(count);
    const frames = this.frames(count);
    const rooms = [scratch(net.act), scratch(net.delta), scratch(net.parameters)];
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
    kernels.call("learn", [...lane, loss, frames, h, net.record, data.inputs, data.targets, told, ...rooms], [0, 1, 2, 3, 4, 5]);
    this.step += count;
    return [loss, frames];
  }
}

/** The checkpoint before the first step. */
export function origin(tables, params) {
  const decay = new Float64Array(tables.records.decay.length);
  return { step: 0, params, state: new Float64Array(3 * params.length), decay };
}
