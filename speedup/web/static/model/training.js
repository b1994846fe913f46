/** A training as the stage has it: losses so far, checkpoints to scrub back to, and the work that is left. */
import { Learner, origin } from "./learner.js";
import { batchOf, initial, measure, netOf, piecesOf } from "./net.js";
import { fields } from "./records.js";

const MEMORY = 80e6; // bytes of checkpoints, all lanes together
const CLOSE = 16; // steps between two checkpoints, at least

/** What all lanes of a spec have in common, as text: another one is another training altogether. */
export const baseOf = ({ dataset, samples, noise, test, hidden, activation, init, seed, batch }) =>
  JSON.stringify([dataset, samples, noise, test, hidden, activation, init, seed, batch]);

/**
 * The training of a spec: {spec, net, data, lanes, ghosts, done}. Lanes and ghosts are {optimizer, loss (of each batch),
 * frames (records of measurements, one after the other), end (such values by name after the last step, null before), marks (checkpoints), at (steps done)};
 * a ghost is a lane with changes as it would be without. Whatever an `old` training has in common with it is kept.
 */
export class Training {
  constructor(kernels, spec, data, old) {
    const { tables } = kernels;
    const net = netOf(tables, spec);
    Object.assign(this, { kernels, spec, net, data, cursors: new Map() });
    this.every = Math.ceil(spec.steps / tables.network.frames);
    this.start = initial(kernels, net, spec);
    this.measured = tables.records.measured;
    const ghosts = new Set(spec.changes.map(([, lane]) => lane)).size;
    const total = (spec.lanes.length + ghosts) * 4 * 8 * net.parameters * spec.steps;
    this.save = Math.max(CLOSE, Math.ceil(total / MEMORY));
    const same = old && baseOf(old.spec) === baseOf(spec) ? [...old.lanes, ...old.ghosts.filter(Boolean)] : [];
    const make = (index, changes) => this.lane(index, changes, same, old?.every === this.every);
    this.lanes = spec.lanes.map((_, index) => make(index, spec.changes));
    this.ghosts = spec.lanes.map((_, index) => (this.lanes[index].pieces.length > 1 ? make(index, []) : null));
  }

  get all() {
    return [...this.lanes, ...this.ghosts.filter(Boolean)];
  }

  /** How many steps of every lane there are. */
  get done() {
    return Math.min(...this.lanes.map(({ at }) => at));
  }

  get finished() {
    return this.all.every(({ at }) => at === this.spec.steps);
  }

  lane(index, changes, same, sameFrames) {
    const {
      kernels: { tables },
      spec,
      data,
    } = this;
    const { optimizer } = spec.lanes[index];
    const batch = batchOf(spec, spec.lanes[index], data.train);
    const pieces = piecesOf(tables, spec, index, changes);
    const lane = {
      optimizer,
      batch,
      pieces,
      at: 0,
      end: null,
      marks: [origin(tables, this.start)],
      loss: new Float64Array(spec.steps).fill(NaN),
      frames: new Float64Array(this.measured.length * Math.floor(spec.steps / this.every)).fill(NaN),
    };
    const alike = same.filter((other) => other.optimizer === optimizer && other.batch === batch);
    const common = (other) => Math.min(divergence(other.pieces, pieces), other.at, spec.steps);
    const best = alike.reduce((a, b) => (a === null || common(b) > common(a) ? b : a), null);
    if (best && sameFrames) this.inherit(lane, best, common(best));
    return lane;
  }

  /** Takes over what another lane has in common with this one: its first `steps` steps, from the last checkpoint on. */
  inherit(lane, other, steps) {
    lane.marks = other.marks.filter(({ step }) => step <= steps);
    lane.at = lane.marks.at(-1).step;
    lane.end = lane.at === this.spec.steps ? other.end : null;
    lane.loss.set(other.loss.subarray(0, lane.at));
    lane.frames.set(other.frames.subarray(0, this.measured.length * Math.floor(lane.at / this.every)));
  }

  job({ optimizer, batch, pieces }) {
    const {
      kernels: { tables },
      net,
      data,
      every,
      spec: { seed },
    } = this;
    return { net, data, batch, optimizer: tables.optimizers[optimizer].index, seed, every, pieces };
  }

  /** What the thread has to do: every lane that isn't finished, from its last checkpoint. */
  work() {
    const lanes = this.all.map((lane, index) => ({ lane, index })).filter(({ lane }) => lane.at < this.spec.steps);
    return lanes.map(({ lane, index }) => ({
      index,
      job: this.job(lane),
      from: lane.marks.at(-1),
      steps: this.spec.steps,
      save: this.save,
    }));
  }

  /** Takes over what the thread has found. */
  take(found) {
    const { all } = this;
    for (const { index, step, loss, frames, mark } of found) {
      const lane = all[index];
      lane.loss.set(loss, step);
      lane.frames.set(frames, this.measured.length * Math.floor(step / this.every));
      lane.at = mark.step;
      lane.marks.push(mark);
      if (lane.at === this.spec.steps) lane.end = measure(this.kernels, this.net, mark.params, this.data);
    }
  }

  /** {train_loss, train_accuracy, test_loss, test_accuracy} as last measured up to a step of a lane. */
  measuredAt(index, step) {
    const { end, frames } = this.lanes[index];
    const frame = Math.floor(step / this.every);
    if (step === this.spec.steps && end) return end;
    return frame === 0 ? this.first : fields(this.measured, frames.subarray(this.measured.length * (frame - 1)));
  }

  /** The same before the first step, of any lane. */
  get first() {
    this.begin ??= measure(this.kernels, this.net, this.start, this.data);
    return this.begin;
  }

  /** The weights of a lane after some steps; `rough`: at the checkpoint before, which costs nothing. */
  weights(index, step, rough) {
    const lane = this.lanes[index];
    const mark = lane.marks.findLast((one) => one.step <= step);
    if (rough || mark.step === step) return mark.params;
    let cursor = this.cursors.get(index);
    if (!cursor) this.cursors.set(index, (cursor = new Learner(this.kernels, this.job(lane))));
    if (cursor.step < mark.step || cursor.step > step) cursor.load(mark);
    if (cursor.step < step) cursor.advance(step - cursor.step);
    return cursor.params;
  }
}

/** The first step at which two schedules of hyperparameters differ, Infinity for never. */
function divergence(a, b) {
  const at = (pieces, step) => pieces.findLast((piece) => piece.step <= step).h;
  const steps = [...new Set([...a, ...b].map(({ step }) => step))].sort((one, other) => one - other);
  return steps.find((step) => at(a, step).some((value, i) => value !== at(b, step)[i])) ?? Infinity;
}
