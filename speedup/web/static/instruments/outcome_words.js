/** What stands beside the picture of outcomes, the choice of what varies and what its colours mean; and what the picture says. */
import { el } from "../base/dom.js";
import { laneLabel, plain } from "../draw/format.js";
import { css } from "../draw/shades.js";
import { COLUMNS, ROWS } from "../model/outcomes.js";
import { pairsOf, valueIn } from "./outcome_axes.js";
import { COLOURS } from "./outcome_plot.js";

/** @typedef {import("./outcome_axes.js").Subject} Subject */

/**
 * Says what arriving is called on a surface: at a saddle it is to get away.
 *
 * @param {RaceView} view
 */
const goalOf = ({ tables, spec }) => (tables.surfaces[spec.surface].minima.length ? "arrived" : "escaped");

/**
 * Makes {element, sync(subject)}.
 *
 * @param {RaceView} view
 */
export function createKey(view) {
  const words = (/** @type {Under<"stage.outcomes">} */ name) => view.words(`stage.outcomes.${name}`);
  const onchange = () => view.set({ pair: select.value });
  const select = el("select", { "aria-label": words("pair"), onchange });
  const list = el("ul", { class: "colours" });
  let shown = "";
  const sync = (/** @type {Subject} */ { index, pair }) => {
    const lane = view.spec.lanes[index];
    const rows = view.tables.optimizers[lane.optimizer].hyperparameters;
    const symbol = (/** @type {string} */ name) => rows.find((row) => row.name === name)?.symbol ?? name;
    const label = (/** @type {string} */ one) => (one === "start" ? words("start") : one.split(",").map(symbol).join(" × "));
    const offered = pairsOf(view.tables, lane).map((value) => ({ value, text: label(value) }));
    if (offered.map(({ text }) => text).join() !== [...select.options].map(({ text }) => text).join())
      select.replaceChildren(...offered.map(({ value, text }) => el("option", { value }, text)));
    select.value = pair;
    const goal = goalOf(view);
    /** @type {[keyof typeof COLOURS.light, Under<"stage.outcomes">][]} */
    const items = [
      ["soon", `${goal}_soon`],
      ["late", `${goal}_late`],
      ["going", "going"],
      ["left", "left"],
      ["diverged", "diverged"],
    ];
    const now = `${view.theme} ${goal}`;
    if (now === shown) return;
    shown = now;
    list.replaceChildren(
      ...items.map(([name, text]) => {
        const colour = el("i");
        colour.style.background = css(COLOURS[view.theme][name]);
        return el("li", null, colour, words(text));
      }),
    );
  };
  return { element: el("div", { class: "key" }, select, list), sync };
}

/**
 * Says in words how much of the picture arrives, and what becomes of the lane where a pointer is, or else where it stands.
 *
 * @param {RaceView} view
 * @param {import("./outcome_hand.js").Around} around
 * @param {import("../model/outcomes.js").Picture | null} picture
 * @param {number} share  of it, that arrives
 */
export function sayOutcomes(view, { subject, looked }, picture, share) {
  const { spec, run, kind } = view;
  if (!subject || !picture) return "";
  if (looked) return sayThere(view, subject, picture, looked);
  const lane = laneLabel(view, subject.index);
  const whole = view.words(`stage.outcomes.${goalOf(view)}_share`, { lane, share: Math.round(100 * share) });
  const { text } = kind.status(view, run.lanes[subject.index], spec.steps);
  return `${whole} · ${view.words("stage.outcomes.here", { status: text })}`;
}

/**
 * @param {RaceView} view
 * @param {Subject} subject
 * @param {import("../model/outcomes.js").Picture} picture
 * @param {Point} looked
 */
function sayThere(view, { axes }, picture, looked) {
  const [column, row] = [looked[0] * COLUMNS, (1 - looked[1]) * ROWS].map(Math.floor);
  const pixel = picture.nearest(Math.min(column, COLUMNS - 1), Math.min(row, ROWS - 1));
  const where = axes.map((axis, i) => `${axis.symbol} ${plain(valueIn(axis, looked[i]))}`).join(", ");
  const { event, word } = view.tables.statuses[picture.outcomes[pixel]];
  const became = event ? view.words(`stage.${word}`, { step: picture.since[pixel] }) : view.words("stage.outcomes.going");
  return `${where}: ${became}`;
}
