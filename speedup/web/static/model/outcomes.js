/** What becomes of one lane while two numbers vary, hyperparameters or the start's x and y: a picture of it, coarse first. */
import { scratch } from "./kernels.js";
import { Pixels } from "./pixels.js";
import { eventsOf, raceArguments, standing } from "./race_spec.js";

export const COLUMNS = 256;
export const ROWS = 192;
export const STRIDES = [16, 8, 4, 2, 1]; // coarse first: every sixteenth pixel of every sixteenth row
const UNKNOWN = 255; // a pixel that isn't computed
const STEPS = 3; // of what the kernel tells of a race the first are steps, -1 for never, the others facts

/**
 * @typedef {HyperparameterName | "x" | "y"} Varied
 *
 * @typedef {object} Job  all that a picture depends on
 * @property {Omit<RaceSpec, "lanes">} spec
 * @property {Pick<LaneSpec, "optimizer" | "h">} lane
 * @property {Varied[]} names  what varies from column to column, and what from row to row
 * @property {Float64Array[]} values  COLUMNS of the one, ROWS of the other
 * @property {number[]} [window]  from and to of the one, from and to of the other, in measures in which they are even
 *
 * @typedef {object} Found  the pixels of a piece
 * @property {number} piece
 * @property {Uint8Array} outcomes  how the lane ends there: numbers of rows of tables.statuses
 * @property {Int32Array} since  steps
 */

/** What is computed in one go: of a row every `each`-th pixel from `first`. Two neighbours make a `pair`: as much as any other. */
export const PIECES = STRIDES.flatMap((stride, level) =>
  Array.from({ length: ROWS / stride }, (_, k) => {
    const between = level > 0 && k % 2 === 0; // the other pixels of this row are known already
    return { level, row: k * stride, first: between ? stride : 0, each: between ? 2 * stride : stride, pair: k >> 1 };
  }),
);

/** What each way to end means in a job. @type {WeakMap<Job["spec"], ReturnType<typeof endsOf>>} */
const known = new WeakMap();

/**
 * Computes a piece by the kernel `outcomes`: each pixel is the run that a lane with these values has.
 *
 * @param {Kernels} kernels
 * @param {Job} job
 * @param {number} piece
 * @returns {Found}
 */
export function compute(kernels, { spec, lane, names, values }, piece) {
  const { row, first, each } = PIECES[piece];
  const { tables } = kernels;
  const count = Math.ceil((COLUMNS - first) / each);
  const across = Float64Array.from({ length: count }, (_, k) => values[0][first + k * each]);
  const down = new Float64Array(count).fill(values[1][row]);
  const kinds = tables.records.events.length;
  const events = new Float64Array(kinds * count);
  const [, , hyper, ground, x, y, ...rest] = raceArguments(kernels, spec, lane, scratch(0), events);
  const settings = Float64Array.of(.../** @type {Float64Array} */ (hyper), Number(x), Number(y));
  const varied = names.map((name) => [...tables.hyperparameters, "x", "y"].indexOf(name));
  kernels.call(
    "outcomes",
    [events, scratch(tables.outcomes.room), settings, across, down, ...varied, ground, count, ...rest],
    [0],
  );
  const ended = known.get(spec) ?? endsOf(tables, spec);
  known.set(spec, ended);
  const found = { piece, outcomes: new Uint8Array(count), since: new Int32Array(count) };
  for (let k = 0; k < count; k++) {
    const { outcome, event } = ended[endOf(events, kinds * k, kinds)];
    found.outcomes[k] = outcome;
    found.since[k] = event < 0 ? 0 : events[kinds * k + event];
  }
  return found;
}

/**
 * Gives a number for how a race has ended: a bit for each event that has come, or fact that holds. There are thousands of races to
 * a picture, so that looking up what each means would take longer than many a race.
 *
 * @param {Float64Array} events  of races
 * @param {number} at  where those of this one begin
 * @param {number} kinds  how many each has
 */
function endOf(events, at, kinds) {
  let end = 0;
  for (let i = 0; i < kinds; i++) end |= Number(events[at + i] > (i < STEPS ? -1 : 0)) << i;
  return end;
}

/**
 * Gives what each way to end means: the number of its status, and the event whose step is told; -1: none.
 *
 * @param {Tables} tables
 * @param {Job["spec"]} spec
 */
function endsOf(tables, spec) {
  const names = tables.records.events;
  return Array.from({ length: 2 ** names.length }, (_, end) => {
    const events = names.map((_, i) => ((end >> i) & 1) - Number(i < STEPS)); // a step that has come, or -1; a fact, or 0
    const { row } = standing(tables, spec, eventsOf(tables, events), spec.steps);
    return { outcome: tables.statuses.indexOf(row), event: row.event ? names.indexOf(row.event) : -1 };
  });
}

/** A picture as far as it is computed. @extends {Pixels<Job>} */
export class Picture extends Pixels {
  outcomes = new Uint8Array(COLUMNS * ROWS).fill(UNKNOWN);
  since = new Int32Array(COLUMNS * ROWS);

  /**
   * @param {string} key
   * @param {Job} job
   * @param {string} [kind]
   */
  constructor(key, job, kind = key) {
    super({ key, job, kind }, { size: [COLUMNS, ROWS], strides: STRIDES, left: STRIDES.map((stride) => ROWS / stride) });
  }

  /** @override @param {number} pixel */
  has(pixel) {
    return this.outcomes[pixel] !== UNKNOWN;
  }

  /** @param {Found} found */
  take({ piece, outcomes, since }) {
    const { level, row, first, each } = PIECES[piece];
    outcomes.forEach((outcome, k) => {
      const pixel = COLUMNS * row + first + k * each;
      this.outcomes[pixel] = outcome;
      this.since[pixel] = since[k];
    });
    this.left[level] -= 1;
  }
}
