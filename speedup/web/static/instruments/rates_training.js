/** What the rates are of, in a training: lanes trained by threads at other values, from several seeds, each a curve with a band. */
import { RateThreads } from "../model/rate_threads.js";
import { COUNT } from "../model/rate_sweep.js";
import { POSITIONS, toPosition } from "../panel/scale.js";
import { nameOf, rowsOf, valuesOf } from "./rates_source.js";

/**
 * @typedef {import("./rates_source.js").Row} Row
 * @typedef {import("./rates_source.js").Source} Source
 */

/**
 * Has the lanes of a training swept. What varies has its value from the start on; what changes later stays as it is.
 *
 * @param {TrainView} view
 * @returns {Source}
 */
export function sourceOfTraining(view) {
  const threads = new RateThreads(view);
  const batch = /** @type {Row} */ (view.kind.batch?.(view));
  const own = (/** @type {number} */ index, /** @type {Row} */ { name }) => {
    const lane = view.spec.lanes[index];
    return name === "batch" ? Math.min(lane.batch ?? view.spec.batch, batch.high) : (lane.h[nameOf(name)] ?? null);
  };
  return {
    measures: ["loss"],
    rows: () => [...rowsOf(view), batch],
    want: (row) => {
      const { spec, lanes, training } = view.run; // of a spec that is wanted there may be no data yet
      const { data, net } = training;
      const work = spec.steps * net.parameters * lanes.reduce((sum, lane) => sum + lane.batch, 0);
      threads.want({ spec, data, name: row.name, values: valuesOf(row) }, { dragging: view.dragging, work });
    },
    rest: () => threads.rest(),
    work: () => false,
    lanes: () => threads.lanes,
    version: () => threads.version,
    losses: () => ({ start: view.run.training.first.train_loss, zero: 0 }),
    valueOf: own,
    endOf: (index, row) => ({ loss: between(threads.lanes[index], row, own(index, row) ?? 0), arrived: -1, diverged: -1 }),
    state: (index) => {
      const { seeds } = threads.lanes[index];
      const whole = Math.min(seeds?.whole ?? 0, threads.count);
      return { outdated: threads.outdated(index), progress: threads.progress, seeds: whole };
    },
    move: (index, { name }, value, commit) =>
      view.change(
        (spec) => {
          if (name === "batch") spec.lanes[index].batch = value === spec.batch ? null : value;
          else spec.lanes[index].h[nameOf(name)] = value;
        },
        { commit },
      ),
    destroy: () => threads.close(),
  };
}

/**
 * Gives the loss of a curve at a value between two that are computed, in proportion of its logarithm; NaN where there is none.
 *
 * @param {import("../model/rate_sweep.js").Swept} swept
 * @param {Row} row
 * @param {number} value
 */
function between({ losses }, row, value) {
  const at = (toPosition(row, value) * (COUNT - 1)) / POSITIONS;
  const known = [...losses.keys()].filter((i) => losses[i] > 0);
  const [below, above] = [known.findLast((i) => i <= at + 1e-9), known.find((i) => i >= at - 1e-9)];
  if (below === undefined || above === undefined) return NaN;
  const share = above === below ? 0 : (at - below) / (above - below);
  return losses[below] ** (1 - share) * losses[above] ** share;
}
