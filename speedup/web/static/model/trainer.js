/** Trains the runs of a stage in a worker, and shows partial results as they come. */
import { Learner, UNMEASURED } from "./learner.js";
import { Threads } from "./threads.js";
import { Training } from "./training.js";

const MOMENT = 2e6; // steps x batch x parameters
const PATIENCE = 250; // milliseconds after which a run is shown that has not come up to the playhead yet

/**
 * @typedef {import("./training.js").Stretch} Stretch
 * @typedef {import("./data.js").Data} Data
 */

export class Trainer {
  /** @type {TrainRun | null} */
  run = null; // the latest, seen or not
  shown = true; // whether anybody has seen it
  began = 0; // when, in milliseconds
  /** @type {[TrainSpec, Data] | null} */
  next = null;

  /** @param {Pick<TrainView, "kernels" | "base" | "notice" | "clock" | "show" | "curve">} view */
  constructor(view) {
    this.view = view;
    this.thread = new Threads(view, "train", this);
  }

  /**
   * Gives the run of a spec if it is there at once, else null: then the stage is shown it later.
   *
   * @param {TrainSpec} spec
   * @param {Data} data
   */
  want(spec, data) {
    if (!this.shown) {
      // one that nobody has seen yet is under way: whoever drags a slider sees that first
      this.next = [spec, data];
      return null;
    }
    const training = new Training(this.view.kernels, spec, data, this.run?.training);
    const run = { spec, training, ...measured(training) };
    this.run = run;
    this.next = null;
    this.began = performance.now();
    this.now(run);
    this.shown = training.finished;
    this.thread.ask(() => ({ lanes: training.work() })); // nothing to do, too, ends what it did before
    return this.shown ? run : null;
  }

  /**
   * Trains here what takes a moment only: sending it to the thread would cost a frame. Measuring takes longer than the
   * training itself, so that is left for when it is asked for, unless the chart shows it.
   *
   * @param {TrainRun} run
   */
  now(run) {
    const { training } = run;
    const { kernels, curve } = this.view;
    const work = training.work();
    const amount = (/** @type {typeof work[0]} */ { job, from, steps }) => (steps - from.step) * job.batch * job.net.parameters;
    if (work.reduce((sum, one) => sum + amount(one), 0) > MOMENT) return;
    for (const { index, job, from, steps, save } of work) {
      const learner = new Learner(kernels, curve === "batch" ? { ...job, every: UNMEASURED } : job);
      learner.load(from);
      while (learner.step < steps) training.take([{ index, ...learner.further({ steps, save }) }]);
    }
    Object.assign(run, measured(training));
  }

  /** @param {{found: Stretch[]}} answer */
  take({ found }) {
    const { run, view } = this;
    if (!run) return;
    const { training } = run;
    training.take(found);
    Object.assign(run, measured(training));
    const waited = performance.now() - this.began > PATIENCE;
    this.shown ||= training.finished || training.done > view.clock.t || waited;
    if (!this.shown) return;
    view.show(run);
    const next = this.next && this.want(...this.next);
    if (next) view.show(next);
  }

  fail() {
    this.view.notice.show("notice.no_thread", true);
  }

  close() {
    this.thread.close();
  }
}

/**
 * Gives the lanes of a training as the stage's parts see them.
 *
 * @param {Training} training
 * @returns {Pick<TrainRun, "lanes" | "done">}
 */
function measured(training) {
  const lanes = training.lanes.map((lane, index) => {
    const wrong = lane.loss.subarray(0, lane.at).findIndex((loss) => !Number.isFinite(loss));
    return { ...lane, index, diverged: wrong, arrived: -1 };
  });
  return { lanes, done: training.done };
}
