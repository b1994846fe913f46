/** How long a step of each lane takes on this machine: measured once for every kind of lane, when somebody asks. */
import { startThread } from "../base/load.js";

export class Paces {
  constructor(stage) {
    Object.assign(this, { stage, known: new Map(), asked: "" });
  }

  /** Milliseconds a step of a lane takes; undefined until that is known. */
  of(index) {
    const names = this.stage.run.lanes.map((lane) => this.name(lane));
    if (names.some((name) => !this.known.has(name))) this.ask(names);
    return this.known.get(names[index]);
  }

  name({ optimizer, batch }) {
    const { dataset, samples, test, hidden, activation } = this.stage.run.spec;
    return JSON.stringify([dataset, samples, test, hidden, activation, optimizer, batch]);
  }

  ask(names) {
    if (this.asked === names.join()) return;
    this.close();
    this.asked = names.join();
    const {
      run: { training },
      base,
      tables,
    } = this.stage;
    const lanes = training.lanes.map((lane) => ({ job: training.job(lane), from: lane.marks[0] }));
    this.thread = startThread(base);
    this.thread.onmessage = ({ data: { paces } }) => {
      paces?.forEach((pace, i) => this.known.set(names[i], pace));
      this.close();
      this.stage.refresh();
    };
    this.thread.onerror = () => this.close();
    this.thread.postMessage({ id: 1, kind: "paces", lanes, tables });
  }

  close() {
    this.thread?.terminate();
    this.thread = null;
  }
}
