/** What the rates say in words: where a lane is best, how forgiving it is, from where on it diverges, and what each run has taken. */
import { laneLabel, number, plain } from "../draw/format.js";
import { COUNT } from "../model/rate_sweep.js";
import { tellingOf } from "./rates_plot.js";
import { valuesOf } from "./rates_source.js";

/**
 * Gives the lane that is spoken of: the one looked at, else the one chosen.
 *
 * @param {View} view
 */
export const lookedAt = ({ hovered, chosen }) => (hovered >= 0 ? hovered : Math.max(0, chosen));

/**
 * Says what the curve of a lane tells.
 *
 * @param {import("./rates_plot.js").Subject} subject
 */
export function sayRates(subject) {
  const { view, source, row, measure } = subject;
  const index = lookedAt(view);
  const swept = source.lanes()[index];
  if (!swept) return "";
  const named = { lane: laneLabel(view, index), name: row.symbol };
  if (source.valueOf(index, row) === null) return view.words("stage.rate.lacks", named);
  const { best, good, arrives, diverges } = tellingOf(subject, index);
  if (best < 0 && swept.done < COUNT) return "";
  const values = valuesOf(row);
  const range = (/** @type {[only: Word, all: Word]} */ [only, all], /** @type {[number, number]} */ [first, last]) =>
    view.words(first === last ? only : all, { low: plain(values[first]), high: plain(values[last]) });
  const steps = measure === "steps";
  const hasNoMinimum = "surface" in view.spec && !view.tables.surfaces[view.spec.surface].minima.length;
  const goal = hasNoMinimum ? "escaped" : "arrived";
  /** @type {Word} */
  const none = steps && diverges !== 0 ? `stage.rate.${goal}.never` : "stage.rate.none";
  const end = () => ({ rate: plain(values[best]), loss: number(swept.losses[best], 2), step: swept.arrived[best] });
  const { outdated, progress, seeds } = source.state(index);
  const parts = [
    outdated && view.words("stage.rate.outdated"),
    progress < 1 && view.words("stage.rate.share", { share: Math.floor(100 * progress) }),
    best < 0
      ? view.words(none, named)
      : view.words(steps ? `stage.rate.${goal}.fastest` : "stage.rate.best", { ...named, ...end() }),
    good && (steps || !arrives) && range(["stage.rate.within_only", "stage.rate.within"], good),
    arrives && range([`stage.rate.${goal}.only`, `stage.rate.${goal}.range`], arrives),
    diverges > 0 && view.words("stage.rate.diverges", { rate: plain(values[diverges]) }),
    view.words("stage.rate.budget", { steps: view.spec.steps }),
    seeds > 1 && view.words("stage.rate.seeds", { count: seeds }),
    view.spec.changes?.some(([, lane]) => lane === index) && view.words("stage.rate.changes"),
  ];
  return parts.filter(Boolean).join(" · ");
}
