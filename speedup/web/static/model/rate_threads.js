/** The loss at the end of a training against the learning rate, or what else varies: computed by threads, from one seed, then from more. */
import { COUNT, ORDER } from "./rate_sweep.js";
import { baseOf } from "./training.js";
import { Threads, turnOf } from "./threads.js";

/** @type {[fewest: number, most: number]} */
const AT_ONCE = [1, 2]; // threads: they take seconds, meanwhile one goes on
const SEEDS = 8; // at most
const WORK = 4e10; // steps x batch x parameters of all runs: as many seeds as that allows, some ten seconds
export const ENOUGH = 3; // seeds from which on a band is shown
const QUANTILES = Float64Array.of(0.1, 0.5, 0.9);

/**
 * @typedef {import("./rate_sweep.js").Swept} Swept
 * @typedef {import("./rate_runs.js").Job} Job
 *
 * @typedef {object} Seeds  what there is of each seed
 * @property {Float64Array[]} found  for each seed the loss at every value: NaN where it has diverged, or isn't known
 * @property {Int32Array[]} diverged  for each seed at which step, -1: never
 * @property {number[]} known  for each seed how many values
 * @property {number} whole  how many seeds are complete, one after the other
 * @property {Float64Array} low  a tenth of the seeds ends below; NaN before there are enough
 * @property {Float64Array} high  a tenth ends above
 */

export class RateThreads {
  /** @type {Swept[]} */
  lanes = [];
  version = 0; // of what is known
  count = 0; // seeds that are wanted
  running = false;
  failed = ""; // what failed isn't tried again

  /** @param {Pick<TrainView, "kernels" | "base" | "notice" | "redraw">} view */
  constructor(view) {
    this.view = view;
    this.threads = new Threads(view, "rates", this, AT_ONCE);
  }

  /**
   * Takes note of what is to be computed, and has it computed. A lane that only another value was chosen for keeps what it has; and
   * while something is dragged all keep what they have: `outdated` tells of which it isn't theirs any longer.
   *
   * @param {Job} job
   * @param {{dragging: boolean, work: number}} how  work: of a run of all lanes, in steps x batch x parameters
   */
  want(job, { dragging, work }) {
    const keys = job.spec.lanes.map((_, index) => keyOf(job, index));
    this.keys = keys;
    const same = keys.join() === this.lanes.map(({ key }) => key).join();
    if (
      (dragging && keys.length === this.lanes.length) ||
      keys.join() === this.failed ||
      (same && (this.running || this.complete))
    )
      return;
    const before = new Map(this.lanes.map((swept) => [swept.key, swept]));
    this.count = Math.max(1, Math.min(SEEDS, Math.floor(WORK / (COUNT * work))));
    this.lanes = job.spec.lanes.map((lane, i) => before.get(keys[i]) ?? empty(keys[i], lane, has(lane, job.name)));
    this.version += 1;
    this.begin(job);
  }

  /** @param {number} index */
  outdated(index) {
    return this.keys?.[index] !== this.lanes[index]?.key;
  }

  /** Whether all is computed, from every seed. */
  get complete() {
    return this.lanes.every(({ seeds }) => !seeds || seeds.whole >= this.count);
  }

  /** How much of it is computed, 0 to 1. */
  get progress() {
    const lanes = this.lanes.flatMap(({ seeds }) => seeds ?? []);
    const known = lanes.flatMap((seeds) => seeds.known.slice(0, this.count)).reduce((sum, one) => sum + one, 0);
    return lanes.length ? known / (lanes.length * this.count * COUNT) : 1;
  }

  /**
   * Deals what isn't known out to the threads: from the first seed, coarse before it is finer, then from the others.
   *
   * @param {Job} job
   */
  begin(job) {
    const every = Array.from({ length: this.count }, (_, seed) => seed);
    const missing = (/** @type {number} */ seed, /** @type {number} */ place) =>
      this.lanes.flatMap(({ seeds }, lane) => {
        const known = !seeds || !Number.isNaN(seeds.found[seed][place]) || seeds.diverged[seed][place] >= 0;
        return known ? [] : [/** @type {import("./rate_runs.js").RunAt} */ ([lane, place, seed])];
      });
    const runs = every.flatMap((seed) => ORDER.flatMap((place) => missing(seed, place)));
    this.running = runs.length > 0;
    this.threads.ask((nth) => ({ job, runs: turnOf(runs, nth, this.threads.count) }));
  }

  /** @param {{found: import("./rate_runs.js").Found[]}} answer */
  take({ found }) {
    for (const one of found) this.put(one);
    if (this.complete) this.running = false;
    this.version += 1;
    this.view.redraw();
  }

  /** @param {import("./rate_runs.js").Found} found */
  put([index, place, seed, loss, diverged]) {
    const swept = this.lanes[index];
    const { seeds } = swept;
    if (!seeds) return;
    seeds.found[seed][place] = loss;
    seeds.diverged[seed][place] = diverged;
    seeds.known[seed] += 1;
    if (seed === 0) {
      swept.losses[place] = loss;
      swept.diverged[place] = diverged;
      swept.done += 1;
    }
    const whole = seeds.known.findIndex((known) => known < COUNT);
    const now = whole < 0 ? SEEDS : whole;
    if (now !== seeds.whole) this.sum(swept, now);
  }

  /**
   * Takes together the seeds that are complete: their median, and what lies in the middle eight tenths.
   *
   * @param {Swept} swept
   * @param {number} whole
   */
  sum(swept, whole) {
    const seeds = /** @type {Seeds} */ (swept.seeds);
    seeds.whole = whole;
    for (let i = 0; i < COUNT; i++) {
      const out = new Float64Array(QUANTILES.length);
      const losses = Float64Array.from(seeds.found.slice(0, whole), (found) => found[i]);
      this.view.kernels.call("quantiles", [out, losses, whole, QUANTILES, QUANTILES.length], [0]);
      const ends = seeds.diverged.slice(0, whole).map((diverged) => diverged[i]);
      swept.losses[i] = Number.isFinite(out[1]) ? out[1] : NaN;
      swept.diverged[i] = Number.isFinite(out[1]) ? -1 : Math.max(0, ...ends); // half of them, at least, have diverged
      if (whole >= ENOUGH) [seeds.low[i], seeds.high[i]] = [out[0], out[2]];
    }
  }

  /** Ends what is under way; what is known stays, and is gone on from. */
  rest() {
    if (!this.running) return;
    this.running = false;
    this.threads.rest();
  }

  /** Half a curve isn't left as a whole one. */
  fail() {
    this.running = false;
    this.failed = this.keys?.join() ?? "";
    this.lanes = this.lanes.map((swept) => (swept.seeds?.whole === 0 ? empty(swept.key, swept.lane, true) : swept));
    this.version += 1;
    this.view.notice.show("notice.no_thread", true);
    this.view.redraw();
  }

  close() {
    this.threads.close();
    this.running = false;
  }
}

/** @param {LaneSpec} lane @param {Looks["against"]} name */
const has = (lane, name) => name === "batch" || name in lane.h;

/**
 * Tells all that a lane's curve depends on.
 *
 * @param {Job} job
 * @param {number} index
 */
function keyOf({ spec, name }, index) {
  const { optimizer, h, batch = null } = spec.lanes[index];
  const changes = spec.changes.flatMap(([step, lane, ...change]) => (lane === index ? [[step, ...change]] : []));
  const own = name === "batch" ? { ...h } : { ...h, [name]: 0 };
  return JSON.stringify([baseOf(spec), spec.steps, name, optimizer, own, name === "batch" ? null : batch, changes]);
}

/**
 * @param {string} key
 * @param {LaneSpec} lane
 * @param {boolean} swept  whether it has what varies
 * @returns {Swept}
 */
function empty(key, lane, swept) {
  const numbers = () => new Float64Array(COUNT).fill(NaN);
  const steps = () => new Int32Array(COUNT).fill(-1);
  const each = Array.from({ length: SEEDS });
  const seeds = {
    found: each.map(numbers),
    diverged: each.map(steps),
    known: each.map(() => 0),
    whole: 0,
    low: numbers(),
    high: numbers(),
  };
  const curve = { losses: numbers(), arrived: steps(), diverged: steps(), left: steps() };
  return { key, lane, ...curve, done: swept ? 0 : COUNT, seeds: swept ? seeds : undefined };
}
