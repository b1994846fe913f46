/** The picture of outcomes of a race: which numbers of a lane may vary, how pixels are computed, what they mean in colours and words. */
import { laneLabel } from "../draw/format.js";
import { OutcomeThreads } from "../model/outcome_threads.js";
import { COLUMNS, PIECES, ROWS } from "../model/outcomes.js";
import { pairsOf, subjectOf, valuesOfAll } from "./outcome_axes.js";
import { paintOutcomes } from "./outcome_plot.js";

/**
 * @typedef {import("../model/outcomes.js").Varied} Varied
 * @typedef {import("./outcome_axes.js").Subject} Subject
 */

/**
 * Has a picture of races.
 *
 * @param {RaceView} view
 * @returns {OutcomeSource}
 */
export function outcomesOfRace(view) {
  const threads = new OutcomeThreads(view);
  const goal = () => (view.tables.surfaces[view.spec.surface].minima.length ? "arrived" : "escaped"); // of a saddle it is to get away
  return {
    threads,
    ...axesOfRace(view),
    want: (subject) => threads.want(jobOf(view, subject)),
    rest: () => threads.close(),
    destroy: () => threads.close(),
    toneOf: (/** @type {import("../model/outcomes.js").Picture} */ { level }) => `${view.theme} ${level}`,
    paint: (canvas, /** @type {import("../model/outcomes.js").Picture} */ picture) => paintOutcomes(view, canvas, picture),
    fades: () => false,
    best: () => null,
    legend: () => [
      ["soon", view.words(`stage.outcomes.${goal()}_soon`)],
      ["late", view.words(`stage.outcomes.${goal()}_late`)],
      ["going", view.words("stage.outcomes.going")],
      ["left", view.words("stage.outcomes.left")],
      ["diverged", view.words("stage.outcomes.diverged")],
    ],
    became(/** @type {import("../model/outcomes.js").Picture} */ picture, pixel) {
      const { event, word } = view.tables.statuses[picture.outcomes[pixel]];
      return event ? view.words(`stage.${word}`, { step: picture.since[pixel] }) : view.words("stage.outcomes.going");
    },
    sums: ({ index }, share) => {
      const named = { lane: laneLabel(view, index), share: Math.round(100 * (share ?? 0)) };
      const { text: status } = view.kind.status(view, view.run.lanes[index], view.spec.steps);
      const all = share === null ? [] : [view.words(`stage.outcomes.${goal()}_share`, named)];
      return [...all, view.words("stage.outcomes.here", { status })];
    },
  };
}

/**
 * Gives what may vary of a race, what it is now, and what moves it.
 *
 * @param {Pick<RaceView, "tables" | "spec" | "change" | "kind">} view
 * @returns {Pick<OutcomeSource, "pairs" | "rows" | "size" | "valuesOf" | "move">}
 */
export const axesOfRace = (view) => ({
  pairs: (lane) => pairsOf(view.tables.pairs.surfaces, lane),
  rows(pair, { optimizer }) {
    const rows = view.tables.optimizers[optimizer].hyperparameters;
    if (pair !== "start")
      return pair.split(",").map((name) => /** @type {ParameterRow} */ (rows.find((row) => row.name === name)));
    return view.tables.surfaces[view.spec.surface].domain.map((side, i) => along(i === 0 ? "x" : "y", side));
  },
  size: () => [COLUMNS, ROWS],
  valuesOf: ({ index, axes }) => {
    const { start, lanes } = view.spec;
    return axes.map(({ name }) =>
      name === "x" ? start[0] : name === "y" ? start[1] : lanes[index].h[/** @type {HyperparameterName} */ (name)],
    );
  },
  move: ({ index, pair, axes }, values, commit) =>
    view.change(
      (spec) => {
        if (pair === "start") spec.start = [values[0], values[1]];
        else
          axes.forEach(({ name }, i) =>
            view.kind.setHyper(spec, index, /** @type {HyperparameterName} */ (name), values[i], /** @type {RaceView} */ (view)),
          );
      },
      { commit },
    ),
});

/**
 * Gives an axis of the map.
 *
 * @param {"x" | "y"} name
 * @param {Span} side
 * @returns {ParameterRow}
 */
const along = (name, [low, high]) => ({ name, symbol: name, default: low, low, high, scale: "linear", floor: 0, main: true });

/**
 * Gives what is to be computed, with a key.
 *
 * @param {Pick<RaceView, "spec">} view
 * @param {Subject} subject
 * @returns {import("../model/outcome_threads.js").Wanted}
 */
export function jobOf({ spec: { lanes, ...spec } }, subject) {
  const { index, pair, axes, window } = subject;
  const { optimizer, h } = lanes[index];
  const names = axes.map(({ name }) => /** @type {Varied} */ (name));
  const still = Object.entries({ ...h, start: spec.start }).filter(
    ([name]) => name !== pair && !names.includes(/** @type {Varied} */ (name)),
  );
  const kind = JSON.stringify([{ ...spec, start: null }, optimizer, pair, still]);
  const job = () => ({ spec, lane: { optimizer, h }, names, window, values: valuesOfAll(subject) });
  return { key: `${kind} ${window}`, kind, job };
}

/**
 * Gives what a thread may try while the page rests: the coarsest pixels of the picture that would be opened.
 *
 * @param {RaceView} view
 */
export function trialOfRace(view) {
  const subject = subjectOf(view, axesOfRace(view));
  const pieces = PIECES.flatMap(({ level }, piece) => (level === 0 ? [piece] : []));
  return subject && { kind: "outcomes", job: jobOf(view, subject).job(), pieces };
}
