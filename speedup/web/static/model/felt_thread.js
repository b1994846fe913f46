/** Measures in a thread of its own how sharply the loss is curved along a training, as each optimizer feels it; coarse first. */
import { startThread } from "../base/load.js";
import { baseOf, divergence } from "./training.js";

const STRIDES = [8, 4, 2, 1]; // of the training's measurements
const PAUSE = 150; // milliseconds between two drawings of what is found: they would take the thread's time where cores are few
const PATIENCE = 100; // milliseconds that what is under way may still take once another training is shown

/**
 * @typedef {import("./felt.js").Felt} Felt
 * @typedef {Map<number, Felt>} Points  by their steps
 * @typedef {{lane: LaneOfTraining, known: Points, before: Points}} Course  a lane, what was found, and what was shown of the one before
 * @typedef {{index: number, step: number} & Felt} Found
 */

export class FeltThread {
  id = 0; // of the latest message
  began = 0; // when, in milliseconds
  drawn = 0; // when what was found was drawn last
  /** @type {Worker | null} */
  thread = null;
  /** @type {Training | null} */
  training = null;
  /** @type {Course[]} */
  courses = []; // of its lanes
  /** @type {Course[]} */
  asked = []; // of those under way; none: nothing is
  /** @type {number[]} */
  order = []; // the lanes that are shown, the most wanted first
  here = -1; // the step that is looked at, -1: none in particular
  failed = false;
  news = false; // something was found since `shares` were asked for last

  /** @param {Pick<TrainView, "kernels" | "base" | "notice" | "redraw" | "dragging">} view */
  constructor(view) {
    this.view = view;
  }

  /**
   * Takes note of what is to be measured: a training, as far as there is of it, which of its lanes, at which step first.
   *
   * @param {Training} training
   * @param {number[]} order
   * @param {number} here
   */
  want(training, order, here) {
    [this.order, this.here] = [order, here];
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
    this.asked = [];
    if (!lanes.length) return;
    const compiled = this.thread ? null : this.view.kernels.compiled;
    this.thread ??= this.open();
    this.id += 1;
    this.began = performance.now();
    this.asked = this.courses.slice();
    this.thread.postMessage({ id: this.id, kind: "felt", lanes, compiled });
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
    const points = steps.filter((step) => step <= lane.at && !known.has(step) && !(step === 0 && remembers(training, index)));
    if (!points.length) return [];
    const near = (/** @type {number} */ step) => nearest(known, step) ?? nearest(before, step);
    const from = (/** @type {number} */ step) => lane.marks.findLast((mark) => mark.step <= step) ?? lane.marks[0];
    return [{ index, job: training.job(lane), points: points.map((step) => ({ step, from: from(step), near: near(step) })) }];
  }

  open() {
    const thread = startThread(this.view.base);
    thread.onmessage = ({ data }) => this.take(data);
    thread.onerror = () => this.fail();
    return thread;
  }

  /** @param {{id: number, found: Found[], finished: boolean, error?: string}} message */
  take({ id, found, finished, error }) {
    if (id !== this.id) return;
    if (error) {
      this.fail();
      return;
    }
    for (const { index, step, value, vector } of found) this.asked[index].known.set(step, { value, vector });
    this.news ||= found.length > 0;
    if (finished) this.ask();
    const now = performance.now();
    if (this.asked.length && now - this.drawn < PAUSE) return;
    this.drawn = now;
    this.view.redraw();
  }

  /** What there is isn't left as whole: that there will be no more is said. */
  fail() {
    this.rest();
    this.failed = true;
    this.thread?.terminate();
    this.thread = null;
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
   */
  values(index, steps) {
    const { known, before } = this.courses[index];
    const coarse = this.training ? pointsOf(this.training, index, STRIDES[0]) : [];
    const shown = coarse.every((step) => known.has(step)) || !before.size ? known : before;
    return straight(
      [...shown].sort(([a], [b]) => a - b),
      steps,
    );
  }

  /** Ends what is under way. */
  rest() {
    if (this.asked.length) this.thread?.postMessage({ id: ++this.id, kind: "felt", lanes: [] });
    this.id += 1; // what it answers is nobody's
    this.asked = [];
  }

  close() {
    this.thread?.terminate();
    this.thread = null;
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

/**
 * Gives the vector of the point that is next to a step.
 *
 * @param {Points} points
 * @param {number} step
 */
function nearest(points, step) {
  const [at] = [...points.keys()].sort((a, b) => Math.abs(a - step) - Math.abs(b - step));
  return points.get(at)?.vector ?? null;
}

/**
 * Gives a number for every step, between two points as a logarithmic axis has it straight, where there is one.
 *
 * @param {[step: number, felt: Felt][]} points
 * @param {number} steps
 */
function straight(points, steps) {
  const values = new Float64Array(steps + 1).fill(NaN);
  points.forEach(([step, { value }], i) => {
    if (step > steps) return;
    const [from, begin] = i ? [points[i - 1][0], points[i - 1][1].value] : [step, value];
    const way =
      begin > 0 && value > 0
        ? (/** @type {number} */ part) => begin * (value / begin) ** part
        : (/** @type {number} */ part) => begin + (value - begin) * part;
    for (let at = from + 1; at < step; at++) values[at] = way((at - from) / (step - from));
    values[step] = value;
  });
  return values;
}
