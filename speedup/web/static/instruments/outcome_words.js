/** What stands beside the picture of outcomes, the choice of what varies and what its colours mean; and what the picture says. */
import { button, el, put } from "../base/dom.js";
import { laneLabel, plain } from "../draw/format.js";
import { css } from "../draw/shades.js";
import { ROWS } from "../model/outcomes.js";
import { pairsOf, pixelAt, valuesAt } from "./outcome_axes.js";
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
 * @param {() => void} home  shows all again
 */
export function createKey(view, home) {
  const words = (/** @type {Under<"stage.outcomes">} */ name) => view.words(`stage.outcomes.${name}`);
  const onchange = () => view.set({ pair: select.value, region: null });
  const select = el("select", { "aria-label": words("pair"), onchange });
  const list = el("ul", { class: "colours" });
  const lay = () => view.set({ laid: box.checked ? "map" : "below" });
  const box = el("input", { type: "checkbox", onchange: lay });
  const laid = el("label", { class: "laid", title: words("laid_hint") }, box, words("laid"));
  const all = button({ class: "all", title: words("all_hint"), hidden: true, onclick: home }, words("all"));
  let shown = "";
  const sync = (/** @type {Subject} */ { index, pair, whole }) => {
    put(all, "hidden", whole);
    put(laid, "hidden", pair !== "start" || view.view === "3d");
    box.checked = view.laid === "map";
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
  return { element: el("div", { class: "key" }, select, list, laid, all), sync };
}

/**
 * @typedef {object} Said
 * @property {import("./outcome_hand.js").Around} around
 * @property {import("../model/outcomes.js").Picture | null} picture  of what is seen; null: there is none yet
 * @property {number | null} share  of it, that arrives; null: it isn't whole yet
 * @property {string} lacks  the pair that the lane was to have
 * @property {boolean} closest  whether float64 ends here
 */

/**
 * Says in words how much of the picture arrives, and what becomes of the lane where a pointer is, or else where it stands.
 *
 * @param {RaceView} view
 * @param {Said} said
 */
export function sayOutcomes(view, { around: { subject, looked }, picture, share, lacks, closest }) {
  const { spec, run, kind } = view;
  if (!subject) return "";
  const lane = laneLabel(view, subject.index);
  const first = lacks ? [sayLacks(view, subject, lacks)] : closest ? [view.words("stage.map.closest")] : [];
  if (looked && picture) return [...first, sayThere(view, subject, picture, looked)].join(" · ");
  if (share !== null) first.push(view.words(`stage.outcomes.${goalOf(view)}_share`, { lane, share: Math.round(100 * share) }));
  const { text } = kind.status(view, run.lanes[subject.index], spec.steps);
  return [...first, view.words("stage.outcomes.here", { status: text })].join(" · ");
}

/**
 * Says that the chosen lane lacks what was to vary.
 *
 * @param {RaceView} view
 * @param {Subject} subject
 * @param {string} pair
 */
function sayLacks(view, { index }, pair) {
  const { tables, spec } = view;
  const missing = pair.split(",").filter((name) => !(name in spec.lanes[index].h));
  const rows = Object.values(tables.optimizers).flatMap(({ hyperparameters }) => hyperparameters);
  const name = missing.map((one) => rows.find((row) => row.name === one)?.symbol ?? one).join(", ");
  return view.words("stage.rate.lacks", { lane: tables.optimizers[spec.lanes[index].optimizer].label, name });
}

/**
 * @param {RaceView} view
 * @param {Subject} subject
 * @param {import("../model/outcomes.js").Picture} picture
 * @param {Point} looked
 */
function sayThere(view, subject, picture, looked) {
  const [column, up] = pixelAt(looked);
  const pixel = picture.nearest(column, ROWS - 1 - up);
  const exact = (/** @type {number} */ value) => (subject.whole ? plain(value) : String(value).replace("-", "−"));
  const values = valuesAt(subject, [column, up]);
  const where = subject.axes.map(({ symbol }, i) => `${symbol} ${exact(values[i])}`).join(", ");
  const { event, word } = view.tables.statuses[picture.outcomes[pixel]];
  const became = event ? view.words(`stage.${word}`, { step: picture.since[pixel] }) : view.words("stage.outcomes.going");
  return `${where}: ${became}`;
}
