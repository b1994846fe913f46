/** How long a step of each lane takes on this machine: measured once for every kind of lane, when somebody asks. */
import { Threads } from "./threads.js";

export class StepTimes {
  /** @type {Map<string, number>} */
  known = new Map(); // the name of a kind of lane -> milliseconds a step
  /** @type {string[]} */
  asked = [];

  /** @param {Pick<TrainView, "run" | "base" | "kernels" | "refresh">} view */
  constructor(view) {
    this.view = view;
    this.thread = new Threads(view, "step_times", this);
  }

  /**
   * Gives the milliseconds that a step of a lane takes; undefined until that is known.
   *
   * @param {number} index
   */
  of(index) {
    const names = this.view.run.lanes.map((lane) => this.name(lane));
    if (names.some((name) => !this.known.has(name))) this.ask(names);
    return this.known.get(names[index]);
  }

  /** @param {TrainLane} lane */
  name({ optimizer, batch }) {
    const { dataset, samples, test, hidden, activation } = this.view.run.spec;
    return JSON.stringify([dataset, samples, test, hidden, activation, optimizer, batch]);
  }

  /** @param {string[]} names */
  ask(names) {
    if (this.asked.join() === names.join()) return;
    this.asked = names;
    const { training } = this.view.run;
    this.thread.ask(() => ({ lanes: training.lanes.map((lane) => ({ job: training.job(lane), from: lane.marks[0] })) }));
  }

  /** @param {{found: number[]}} answer */
  take({ found }) {
    found.forEach((time, i) => this.known.set(this.asked[i], time));
    this.close();
    this.view.refresh();
  }

  /** There are no times then, and the axis stays empty. */
  fail() {}

  close() {
    this.thread.close();
  }
}
