/** What the rates are of: which numbers of a lane may vary, how varying them is computed, and what moves one. */
import { COUNT, RateSweep } from "../model/rate_sweep.js";
import { POSITIONS, toValue } from "../panel/scale.js";

/**
 * @typedef {import("../model/rate_sweep.js").Swept} Swept
 * @typedef {ParameterRow<Looks["against"]>} Row
 *
 * @typedef {object} Source  what a kind of stage has swept
 * @property {Looks["measure"][]} measures  what may be drawn of each run
 * @property {() => Row[]} rows  what may vary
 * @property {(row: Row) => void} want  takes note of what is to be computed
 * @property {() => void} rest  ends what is under way: nobody looks at it
 * @property {(end: number) => boolean} work  computes some of it in a frame, until a time; whether more is left for the next ones
 * @property {() => Swept[]} lanes
 * @property {() => number} version  of what is computed elsewhere
 * @property {() => {start: number, zero: number | null}} losses  the one at the start, and the least that may be
 * @property {(index: number, row: Row) => number | null} valueOf  of a lane, null if it has none
 * @property {(index: number, row: Row) => {loss: number, arrived: number, diverged: number}} endOf  how a lane's run ends
 * @property {(index: number) => State} state
 * @property {(index: number, row: Row, value: number, commit: boolean) => void} move  a lane to another value
 * @property {() => void} destroy
 *
 * @typedef {object} State  what there is of a lane's curve
 * @property {boolean} outdated  whether it is another lane's by now
 * @property {number} progress  how much of all curves is computed, 0 to 1
 * @property {number} seeds  of how many seeds it is the median; 0: of the stage's own, as all is
 */

/**
 * Gives the values along a row at which lanes are run.
 *
 * @param {ParameterRow} row
 */
export const valuesOf = (row) => Array.from({ length: COUNT }, (_, i) => toValue(row, (POSITIONS * i) / (COUNT - 1)));

/**
 * Gives the rows of hyperparameters with a slider that the lanes have, in the order of kernels.
 *
 * @param {Pick<View, "tables" | "spec">} view
 */
export function rowsOf({ tables, spec }) {
  const rows = spec.lanes.flatMap(({ optimizer }) => tables.optimizers[optimizer].hyperparameters);
  const found = tables.hyperparameters.map((name) => rows.find((row) => row.name === name && row.scale !== "switch"));
  return found.filter((row) => row !== undefined);
}

/**
 * Gives the row of what varies: what the link names, or the first where no lane has that.
 *
 * @param {View} view
 * @param {Source} source
 */
export function rowOf(view, source) {
  const rows = source.rows();
  return rows.find(({ name }) => name === view.against) ?? rows[0];
}

/** Takes a name for what it is here. @param {Looks["against"]} name */
export const nameOf = (name) => /** @type {HyperparameterName} */ (name);

/**
 * Has the lanes of a race swept, in the frame.
 *
 * @param {RaceView} view
 * @returns {Source}
 */
export function sourceOfRace(view) {
  const sweep = new RateSweep(view.kernels);
  const noise = { ...view.tables.noise, symbol: view.words("stage.rate.noise") };
  return {
    measures: ["loss", "steps"],
    rows: () => [...rowsOf(view), noise],
    want: (row) => sweep.want(view.spec, row.name, valuesOf(row)),
    rest() {},
    work: (end) => {
      sweep.work(() => performance.now() > end);
      return !sweep.complete;
    },
    lanes: () => sweep.lanes,
    version: () => 0,
    losses: () => {
      const { minimum } = view.tables.surfaces[view.spec.surface];
      return { start: view.run.lanes[0]?.loss[0] ?? 1, zero: typeof minimum === "number" ? minimum : null };
    },
    valueOf: (index, { name }) => (name === "noise" ? view.spec.noise : (view.spec.lanes[index].h[nameOf(name)] ?? null)),
    endOf: (index) => {
      const { loss, arrived, diverged } = view.run.lanes[index];
      return { loss: loss[view.run.spec.steps], arrived, diverged };
    },
    state: () => ({ outdated: false, progress: 1, seeds: 0 }),
    move: (index, { name }, value, commit) => {
      if (name !== "noise") return view.setHyper(index, nameOf(name), value, commit);
      const shake = (/** @type {RaceSpec} */ spec) => Object.assign(spec, { noise: value });
      view.change(shake, { commit });
    },
    destroy() {},
  };
}
