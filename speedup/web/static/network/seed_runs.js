/** Runs the training of a stage from many seeds in a thread of its own, and keeps what they come to. */
import { Threads } from "../model/threads.js";

export const MOST = 100; // seeds
const MEASUREMENTS = 24; // times the loss is measured
const QUANTILES = Float64Array.of(0.1, 0.5, 0.9);

/**
 * @typedef {object} SeedBand  A lane over all seeds: three quantiles of its loss at some steps
 * @property {number[]} steps
 * @property {number[]} low
 * @property {number[]} middle
 * @property {number[]} high
 * @property {Float64Array} final  the three after the last step
 * @property {number} lowest  in which share of the seeds no lane ends lower
 */

/** Knows no page: the panel (seeds.js) shows it, and the loss chart draws its bands. */
export class SeedRuns {
  open = false; // whether the panel is wanted
  count = 0; // seeds done
  progress = 0; // the share of them
  running = false;
  /** @type {SeedBand[] | null} */
  result = null;
  left = () => {}; // called when the panel closes that had the focus: its button takes it
  #asked = ""; // the training that the result is of
  #wanted = 0;
  /** @type {number[]} the steps at which losses are measured */
  #steps = [];
  /** @type {Float64Array[][]} for each seed the losses of each lane */
  #values = [];
  #thread;
  #view;

  /** @param {TrainView} view */
  constructor(view) {
    this.#view = view;
    this.#thread = new Threads(view, "seeds", this);
  }

  /** Whether the result is of another training than the one on the stage. */
  get outdated() {
    return this.result !== null && this.#asked !== this.#name;
  }

  get #name() {
    return this.#view.kind.fingerprint(this.#view.spec);
  }

  /** Opens the panel, or closes it. The first time it begins at once. */
  toggle(open = !this.open) {
    this.open = open;
    if (open && !this.result && !this.running) this.run(MOST);
    this.#view.refresh();
  }

  /**
   * Begins anew with the scene as it is.
   *
   * @param {number} count  seeds
   */
  run(count) {
    const { training, spec } = this.#view.run;
    const every = Math.ceil(spec.steps / MEASUREMENTS);
    const lanes = training.lanes.map((lane) => ({ job: { ...training.job(lane), every }, steps: spec.steps }));
    this.result = null;
    this.#asked = this.#name;
    this.#values = [];
    this.count = this.progress = 0;
    this.#wanted = count;
    this.#steps = Array.from({ length: Math.ceil(spec.steps / every) }, (_, nth) => Math.min(spec.steps, (nth + 1) * every));
    this.running = true;
    this.#thread.ask(() => ({ lanes, spec, count }));
    this.#view.refresh();
  }

  /** @param {{found: Float64Array[][], finished: boolean}} answer */
  take({ found, finished }) {
    this.#values.push(...found);
    this.count = this.#values.length;
    this.progress = this.count / this.#wanted;
    this.result = this.#summary();
    if (finished) this.cancel();
    this.#view.refresh();
  }

  fail() {
    this.cancel();
    this.#view.notice.show("notice.no_thread", true);
  }

  cancel() {
    this.close();
    this.#view.refresh();
  }

  #summary() {
    const values = this.#values;
    const ends = values.map((lanes) => lanes.map((losses) => losses[losses.length - 1]));
    const first = ends.map((lanes) =>
      lanes.reduce((best, loss, i) => (loss < lanes[best] || !Number.isFinite(lanes[best]) ? i : best), 0),
    );
    return values[0].map((losses, lane) => {
      const bands = Array.from(losses, (_, nth) => this.#quantiles(Float64Array.from(values, (lanes) => lanes[lane][nth])));
      const [low, middle, high] = [0, 1, 2].map((i) => bands.map((band) => band[i]));
      const lowest = first.filter((i) => i === lane).length / values.length;
      return { steps: this.#steps, low, middle, high, final: bands[bands.length - 1], lowest };
    });
  }

  /** @param {Float64Array} losses */
  #quantiles(losses) {
    const out = new Float64Array(QUANTILES.length);
    this.#view.kernels.call("quantiles", [out, losses, losses.length, QUANTILES, QUANTILES.length], [0]);
    return out;
  }

  /** Gives what the chart draws: null while the panel is closed, or once the scene is another. */
  bands() {
    const fits = !this.outdated && this.#view.run.lanes.length === this.result?.length;
    return this.open && fits ? this.result : null;
  }

  /** Ends the thread. */
  close() {
    this.#thread.close();
    this.running = false;
  }
}
