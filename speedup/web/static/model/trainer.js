/** Trains the runs of a stage in a worker, and shows partial results as they come. */
import { Learner } from "./learner.js";
import { startThread } from "../base/load.js";
import { Training } from "./training.js";

const MOMENT = 2e6; // steps x batch x parameters
const PATIENCE = 250; // milliseconds after which a run is shown that has not come up to the playhead yet

export class Coach {
  constructor(stage) {
    Object.assign(this, { stage, id: 0, training: null, shown: true, next: null, run: null });
  }

  /** The run of a spec if it is there at once, else null: then the stage is shown it later. */
  want(spec, data) {
    if (!this.shown) {
      // one that nobody has seen yet is under way: whoever drags a slider sees that first
      this.next = [spec, data];
      return null;
    }
    const training = new Training(this.stage.kernels, spec, data, this.training);
    Object.assign(this, { training, next: null, run: runOf(training), began: performance.now() });
    this.now(training);
    this.shown = training.finished;
    this.post({ kind: "train", lanes: training.work() }); // nothing to do, too, ends what it did before
    return this.shown ? this.run : null;
  }

  /** Trains here what takes a moment only: sending it to the thread would cost a frame. */
  now(training) {
    const work = training.work();
    const amount = ({ job, from, steps }) => (steps - from.step) * job.batch * job.net.parameters;
    if (work.reduce((sum, one) => sum + amount(one), 0) > MOMENT) return;
    for (const { index, job, from, steps, save } of work) {
      const learner = new Learner(this.stage.kernels, job);
      learner.load(from);
      while (learner.step < steps) training.take([{ index, ...learner.further({ steps, save }) }]);
    }
    Object.assign(this.run, measured(training));
  }

  post(message) {
    const tables = this.thread ? null : this.stage.tables;
    if (!this.thread) {
      this.thread = startThread(this.stage.base);
      this.thread.onmessage = ({ data }) => this.take(data);
      this.thread.onerror = () => this.stage.notice.show("notice.no_thread", true);
    }
    this.id += 1;
    this.thread.postMessage({ ...message, id: this.id, tables });
  }

  take({ id, found, error }) {
    if (id !== this.id) return;
    if (error) {
      this.stage.notice.show("notice.no_thread", true);
      return;
    }
    const { training, stage } = this;
    training.take(found);
    Object.assign(this.run, measured(training));
    const waited = performance.now() - this.began > PATIENCE;
    this.shown ||= training.finished || training.done > stage.clock.t || waited;
    if (!this.shown) return;
    stage.show(this.run);
    if (this.next) {
      const run = this.want(...this.next);
      if (run) stage.show(run);
    }
  }

  close() {
    this.thread?.terminate();
  }
}

/** {spec, training, done, lanes: [{optimizer, loss, params, …}]}: the training as the stage's parts see it. */
function runOf(training) {
  return { spec: training.spec, training, lanes: [], ...measured(training) };
}

function measured(training) {
  const lanes = training.lanes.map((lane, index) => {
    const wrong = lane.loss.subarray(0, lane.at).findIndex((loss) => !Number.isFinite(loss));
    return { ...lane, index, diverged: wrong, arrived: -1, params: lane.marks.at(-1).params };
  });
  return { lanes, done: training.done };
}
