/** How long a step of each lane takes on this machine: measured once for every kind of lane, when somebody asks. */
import { startThread } from "../base/load.js";

export class StepTimes {
  /** @type {Map<string, number>} */
  known = new Map(); // the name of a kind of lane -> milliseconds a step
  asked = "";
  /** @type {Worker | null} */
  thread = null;

  /** @param {Pick<TrainView, "run" | "base" | "kernels" | "refresh">} view */
  constructor(view) {
    this.view = view;
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
    if (this.asked === names.join()) return;
    this.close();
    this.asked = names.join();
    const { run, base, kernels } = this.view;
    const { training } = run;
    const lanes = training.lanes.map((lane) => ({ job: training.job(lane), from: lane.marks[0] }));
    this.thread = startThread(base);
    this.thread.onmessage = (/** @type {MessageEvent<{times?: number[]}>} */ { data: { times } }) => {
      times?.forEach((time, i) => this.known.set(names[i], time));
      this.close();
      this.view.refresh();
    };
    this.thread.onerror = () => this.close();
    this.thread.postMessage({ id: 1, kind: "step_times", lanes, compiled: kernels.compiled });
  }

  close() {
    this.thread?.terminate();
    this.thread = null;
  }
}
