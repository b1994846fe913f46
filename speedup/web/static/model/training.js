/** A training as the stage has it: losses so far, checkpoints to scrub back to, and the work that is left. */
import { Learner, origin, UNMEASURED } from "./learner.js";
import { batchOf, divergence, initial, measure, netOf, piecesOf } from "./net.js";
import { Measurements } from "./measurements.js";
import { record } from "./records.js";

const MEMORY = 80e6; // bytes of checkpoints, all lanes together
const CLOSE = 16; // steps between two checkpoints, at least

/**
 * @typedef {import("./learner.js").Checkpoint} Checkpoint
 * @typedef {import("./net.js").Piece} Piece
 *
 * @typedef {object} Lane
 * @property {OptimizerName} optimizer
 * @property {number} batch
 * @property {Piece[]} pieces
 * @property {Float64Array} loss  of each batch, NaN where there is none yet
 * @property {Measurements} measurements  at every `every`-th step
 * @property {Measured | null} end  the same after the last step, null before
 * @property {Checkpoint[]} marks
 * @property {number} at  steps done
 *
 * @typedef {import("./learner.js").Found & {index: number, step: number, mark: Checkpoint}} Stretch  what was found from a step on
 */

/**
 * Tells what all lanes of a spec have in common, as text: another one is another training altogether.
 *
 * @param {TrainSpec} spec
 */
export const baseOf = ({ dataset, samples, noise, test, hidden, activation, init, seed, batch }) =>
  JSON.stringify([dataset, samples, noise, test, hidden, activation, init, seed, batch]);

/** The training of a spec. A ghost is a lane with changes as it would be without. */
export class Training {
  /** @type {Map<number, Learner>} */
  cursors = new Map(); // where the weights of each lane were last asked for
  /** @type {Measured | null} */
  begin = null;

  /** @type {TrainSpec} */
  spec;

  /**
   * @param {Kernels} kernels
   * @param {TrainSpec} spec
   * @param {import("./data.js").Data} data
   * @param {Training | null} [old]  whatever it has in common with this one is kept
   */
  constructor(kernels, spec, data, old) {
    const { tables } = kernels;
    this.kernels = kernels;
    this.spec = spec;
    this.data = data;
    this.net = netOf(tables, spec);
    this.every = Math.ceil(spec.steps / tables.network.measurements); // steps between two measurements
    this.measured = tables.records.measured; // names of what is measured
    this.start = initial(kernels, this.net, spec);
    const ghosts = new Set(spec.changes.map(([, lane]) => lane)).size;
    const total = (spec.lanes.length + ghosts) * 4 * 8 * this.net.parameters * spec.steps;
    this.save = Math.max(CLOSE, Math.ceil(total / MEMORY)); // steps between two checkpoints
    const same = old && baseOf(old.spec) === baseOf(spec) ? old.all : [];
    const make = (/** @type {number} */ index, /** @type {Change[]} */ changes) =>
      this.lane(index, changes, same, old?.every === this.every);
    this.lanes = spec.lanes.map((_, index) => make(index, spec.changes));
    this.ghosts = spec.lanes.map((_, index) => (this.lanes[index].pieces.length > 1 ? make(index, []) : null));
  }

  /**
   * All lanes, ghosts last.
   *
   * @returns {Lane[]}
   */
  get all() {
    return [...this.lanes, ...this.ghosts.filter((ghost) => ghost !== null)];
  }

  /** How many steps of every lane there are. */
  get done() {
    return Math.min(...this.lanes.map(({ at }) => at));
  }

  get finished() {
    return this.all.every(({ at }) => at === this.spec.steps);
  }

  /**
   * Makes a lane, with what it has in common with the one of `same` that is most like it.
   *
   * @param {number} index
   * @param {Change[]} changes
   * @param {Lane[]} same  of the same training
   * @param {boolean} sameSteps  whether they are measured at the same steps
   */
  lane(index, changes, same, sameSteps) {
    const { spec } = this;
    const { optimizer } = spec.lanes[index];
    const batch = batchOf(spec, spec.lanes[index], this.data.train);
    const pieces = piecesOf(this.kernels.tables, spec, index, changes);
    /** @type {Lane} */
    const lane = {
      optimizer,
      batch,
      pieces,
      at: 0,
      end: null,
      marks: [origin(this.kernels.tables, this.start)],
      loss: new Float64Array(spec.steps).fill(NaN),
      measurements: new Measurements(this.measured, this.every, spec.steps),
    };
    if (!sameSteps) return lane;
    const common = (/** @type {Lane} */ other) => Math.min(divergence(other.pieces, pieces), other.at, spec.steps);
    const alike = same.filter((other) => other.optimizer === optimizer && other.batch === batch);
    const [best] = alike.toSorted((a, b) => common(b) - common(a));
    if (best) this.inherit(lane, best, common(best));
    return lane;
  }

  /**
   * Takes over what another lane has in common with this one: its first `steps` steps, from the last checkpoint on.
   *
   * @param {Lane} lane
   * @param {Lane} other
   * @param {number} steps
   */
  inherit(lane, other, steps) {
    lane.marks = other.marks.filter(({ step }) => step <= steps);
    lane.at = lastOf(lane).step;
    lane.end = lane.at === this.spec.steps ? other.end : null;
    lane.loss.set(other.loss.subarray(0, lane.at));
    lane.measurements.inherit(other.measurements, lane.at);
  }

  /**
   * Tells what a lane does, as a learner takes it.
   *
   * @param {Lane} lane
   * @returns {import("./learner.js").Job}
   */
  job({ optimizer, batch, pieces }) {
    const { kernels, net, data, every, spec } = this;
    return { net, data, batch, optimizer: kernels.tables.optimizers[optimizer].index, seed: spec.seed, every, pieces };
  }

  /** Tells what the thread has to do: every lane that isn't finished, from its last checkpoint. */
  work() {
    const lanes = this.all.map((lane, index) => ({ lane, index })).filter(({ lane }) => lane.at < this.spec.steps);
    return lanes.map(({ lane, index }) => ({
      index,
      job: this.job(lane),
      from: lastOf(lane),
      steps: this.spec.steps,
      save: this.save,
    }));
  }

  /**
   * Takes over what the thread has found.
   *
   * @param {Stretch[]} found
   */
  take(found) {
    const { all } = this;
    for (const { index, step, loss, measurements, mark } of found) {
      const lane = all[index];
      lane.loss.set(loss, step);
      lane.measurements.put(step, measurements);
      lane.at = mark.step;
      lane.marks.push(mark);
      if (lane.at === this.spec.steps) lane.end = measure(this.kernels, this.net, mark.params, this.data);
    }
  }

  /**
   * Gives what was last measured up to a step of a lane.
   *
   * @param {number} index
   * @param {number} step
   * @returns {Measured}
   */
  measuredAt(index, step) {
    const { at, end, measurements } = this.lanes[index];
    const nth = measurements.passed(step) - 1;
    if (step === this.spec.steps && end) return end;
    if (nth < 0) return this.first;
    const then = (nth + 1) * this.every;
    if (!measurements.known[nth] && then <= at) {
      const found = measure(this.kernels, this.net, this.weights(index, then), this.data);
      measurements.put(then - this.every, record(this.measured, found));
    }
    return measurements.at(nth);
  }

  /**
   * Takes what has not been measured of a lane so far, by training it once more.
   *
   * @param {Lane} lane
   */
  measureAll(lane) {
    if (lane.measurements.complete(lane.at)) return;
    const learner = new Learner(this.kernels, this.job(lane));
    learner.load(lane.marks[0]);
    lane.measurements.put(0, learner.advance(lane.at).measurements);
  }

  /** The same before the first step, of any lane. */
  get first() {
    this.begin ??= measure(this.kernels, this.net, this.start, this.data);
    return this.begin;
  }

  /**
   * Gives the weights of a lane after some steps. They are the cursor's own: to be read before the next call.
   *
   * @param {number} index
   * @param {number} step
   * @param {boolean} [rough]  at the checkpoint before, which costs nothing
   */
  weights(index, step, rough) {
    return this.at(index, step, rough).params;
  }

  /**
   * Gives a lane after some steps: a checkpoint, or the cursor, to be read before the next call.
   *
   * @param {number} index
   * @param {number} step
   * @param {boolean} [rough]
   * @returns {Checkpoint}
   */
  at(index, step, rough) {
    const lane = this.lanes[index];
    const mark = lane.marks.findLast((one) => one.step <= step) ?? lane.marks[0];
    if (rough || mark.step === step) return mark;
    const cursor = this.cursors.get(index) ?? new Learner(this.kernels, { ...this.job(lane), every: UNMEASURED });
    this.cursors.set(index, cursor);
    if (cursor.step < mark.step || cursor.step > step) cursor.load(mark);
    if (cursor.step < step) cursor.advance(step - cursor.step);
    return cursor;
  }
}

/** @param {Lane} lane */
const lastOf = ({ marks }) => marks[marks.length - 1]; // the first is there from the beginning
