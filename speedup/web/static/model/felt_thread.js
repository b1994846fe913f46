/** Measures in a thread of its own how sharply the loss is curved along a training, as each optimizer feels it; coarse first. */
import { nearest, straight } from "./felt_points.js";
import { Threads } from "./threads.js";
import { divergence } from "./net.js";
import { baseOf } from "./training.js";

const STRIDES = [8, 4, 2, 1]; // of the training's measurements
export const MANY = 3; // eigenvalues of a lane that is looked at closely
const PAUSE = 150; // milliseconds between two drawings of what is found: they would take the thread's time where cores are few
const PATIENCE = 100; // milliseconds that what is under way may still take once another training is shown

/**
 * @typedef {import("./felt.js").Felt} Felt
 * @typedef {Map<number, Felt>} Points  by their steps
 * @typedef {{lane: LaneOfTraining, known: Points, before: Points}} Course  a lane, what was found, and what was shown of the one before
 * @typedef {{index: number, step: number} & Felt} Found
 */

export class FeltThread {
  began = 0; // when, in milliseconds
  drawn = 0; // when what was found was drawn last
  /** @type {Training | null} */
  training = null;
  /** @type {Course[]} */
  courses = []; // of its lanes
  /** @type {Course[]} */
  asked = []; // of those under way; none: nothing is
  /** @type {number[]} */
  order = []; // the lanes that are shown, the most wanted first
  deep = -1; // the lane of which three eigenvalues are wanted, -1: none
  here = -1; // the step that is looked at, -1: none in particular
  failed = false;
  news = false; // something was found since `shares` were asked for last

  /** @param {Pick<TrainView, "kernels" | "base" | "notice" | "redraw" | "dragging">} view */
  constructor(view) {
    this.view = view;
    this.thread = new Threads(view, "felt", this);
  }

  /**
   * Takes note of what is to be measured: a training, as far as there is of it, which of its lanes, at which step first.
   *
   * @param {Training} training
   * @param {number[]} order
   * @param {{here: number, deep: number}} looked
   */
  want(training, order, { here, deep }) {
    [this.order, this.here, this.deep] = [order, here, deep];
    if (training !== this.training) {
      const same = this.training && baseOf(this.training.spec) === baseOf(training.spec) ? this.courses : [];
      this.training = training;
      this.courses = training.lanes.map((lane) => courseOf(lane, same));
      this.failed = false;
      this.news = true;
    }
    const outdated = this.asked.length > 0 && !this.asked.every((course) => this.courses.includes(course));
    if (!this.asked.length || (outdated && performance.now() - this.began > PATIENCE)) this.ask();
  }

  /** Has what is wanted most measured: what is looked at, then a few points everywhere, then more. */
  ask() {
    const lanes = this.failed ? [] : this.next();
    if (!lanes.length) {
      this.rest(); // what is under way was of another training
      return;
    }
    this.began = performance.now();
    this.asked = this.courses.slice();
    this.thread.ask(() => ({ lanes }));
  }

  /** Gives what is missing at the step that is looked at, else of the widest stride: while something is dragged no other is wanted. */
  next() {
    const { training, here, order } = this;
    if (!training) return [];
    const strides = this.view.dragging ? STRIDES.slice(0, 1) : STRIDES;
    for (const stride of [0, ...strides]) {
      const steps = (/** @type {number} */ index) =>
        stride ? pointsOf(training, index, stride) : [here].filter((step) => step >= 0);
      const lanes = order.flatMap((index) => this.missing(training, index, steps(index)));
      if (lanes.length) return lanes;
    }
    return [];
  }

  /**
   * Tells the thread what of some steps is missing of a lane.
   *
   * @param {Training} training
   * @param {number} index
   * @param {number[]} steps
   */
  missing(training, index, steps) {
    const { lane, known, before } = this.courses[index];
    const many = index === this.deep ? MANY : 1;
    const knows = (/** @type {Felt | undefined} */ one) => one && (many === 1 || one.more.length > 0 || Number.isNaN(one.value));
    const points = steps.filter(
      (step) => step <= lane.at && !knows(known.get(step)) && !(step === 0 && remembers(training, index)),
    );
    if (!points.length) return [];
    const near = (/** @type {number} */ step) => nearest(known, step) ?? nearest(before, step);
    const from = (/** @type {number} */ step) => lane.marks.findLast((mark) => mark.step <= step) ?? lane.marks[0];
    return [
      { index, many, job: training.job(lane), points: points.map((step) => ({ step, from: from(step), near: near(step) })) },
    ];
  }

  /** @param {{found: Found[], finished?: boolean}} answer */
  take({ found, finished }) {
    for (const { index, step, ...one } of found) this.asked[index].known.set(step, one);
    this.news ||= found.length > 0;
    if (finished) this.ask();
    const now = performance.now();
    if (this.asked.length && now - this.drawn < PAUSE) return;
    this.drawn = now;
    this.view.redraw();
  }

  /** What there is isn't left as whole: that there will be no more is said. */
  fail() {
    this.asked = [];
    this.failed = true;
    this.view.notice.show("notice.no_curvature", true);
    this.view.redraw();
  }

  /** The share of all points that is known, of 1. */
  get progress() {
    const { training } = this;
    if (!training) return 0;
    const wanted = this.order.flatMap((index) => pointsOf(training, index, 1).map((step) => this.courses[index].known.has(step)));
    return wanted.length ? wanted.filter(Boolean).length / wanted.length : 1;
  }

  /**
   * Gives the curvature at every step of a lane, straight from a point to the next, NaN before the first and after the last; that of the
   * training before until there are a few points everywhere.
   *
   * @param {number} index
   * @param {number} steps
   * @param {number} [nth]  of the eigenvalues, from 0
   */
  values(index, steps, nth = 0) {
    const { known, before } = this.courses[index];
    const coarse = this.training ? pointsOf(this.training, index, STRIDES[0]) : [];
    const shown = coarse.every((step) => known.has(step)) || !before.size ? known : before;
    const points = [...shown].sort(([a], [b]) => a - b);
    return straight(
      nth
        ? points.flatMap(([step, { more }]) => (more.length ? [[step, more[nth - 1]]] : []))
        : points.map(([step, { value }]) => [step, value]),
      steps,
    );
  }

  /** Ends what is under way. */
  rest() {
    if (this.asked.length) this.thread.rest();
    this.asked = [];
  }

  close() {
    this.thread.close();
    this.asked = [];
  }
}

/**
 * Gives the steps at which a lane is to be measured: every so many of those at which its losses are, and the last.
 *
 * @param {Training} training
 * @param {number} index
 * @param {number} stride
 */
function pointsOf(training, index, stride) {
  const { spec, every } = training;
  const frames = Array.from({ length: Math.ceil(spec.steps / every / stride) }, (_, nth) => nth * stride * every);
  const [first, ...rest] = [...frames, spec.steps];
  return [...new Set([remembers(training, index) ? Math.min(1, spec.steps) : first, ...rest])];
}

/**
 * Tells whether a lane divides by what it remembers: before its first step that is nothing.
 *
 * @param {Training} training
 * @param {number} index
 */
export const remembers = ({ spec }, index) => spec.lanes[index].h.eps !== undefined;

/**
 * Makes the course of a lane, with what it has in common with the one of `same` that is most like it.
 *
 * @param {LaneOfTraining} lane
 * @param {Course[]} same
 * @returns {Course}
 */
function courseOf(lane, same) {
  const alike = same.filter(({ lane: other }) => other.optimizer === lane.optimizer && other.batch === lane.batch);
  const common = (/** @type {Course} */ other) => divergence(other.lane.pieces, lane.pieces);
  const [best] = alike.toSorted((a, b) => common(b) - common(a));
  if (!best) return { lane, known: new Map(), before: new Map() };
  const known = new Map([...best.known].filter(([step]) => step < common(best)));
  return { lane, known, before: best.known.size ? best.known : best.before };
}
