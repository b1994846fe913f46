/** One update, taken apart: what it begins with and, line by line as the kernel has it, what each line comes to, for x and y. */
import { el, grow, put } from "../base/dom.js";
import { laneLabel, number } from "../draw/format.js";
import { Anatomy } from "../model/anatomy.js";

const DIGITS = 4;

/**
 * @typedef {{key: string, name: string, text: string, value: (anatomy: Anatomy, step: number) => Point}} Row
 */

/**
 * Makes the instrument.
 *
 * @param {RaceView} view
 * @returns {import("./instruments.js").Instrument}
 */
export function createStep(view) {
  const tables = { before: createTable(view, "before"), lines: createTable(view, "update") };
  const element = el("div", { class: "sheet anatomy" }, tables.before.element, tables.lines.element);
  /** @type {{run: Race, index: number, anatomy: Anatomy} | null} */
  let known = null;
  let shown = -1; // the step
  const sync = () => {
    shown = -1;
    if (view.panel !== "step") return;
    const index = laneOf(view);
    const { run } = view;
    if (!run.lanes[index]) known = null;
    else if (known?.run !== run || known.index !== index) known = { run, index, anatomy: new Anatomy(view.kernels, run, index) };
    if (!known) return;
    tables.before.sync(beginnings(view, index));
    tables.lines.sync(linesOf(view, index));
  };
  const frame = () => {
    if (view.panel !== "step") return;
    if (known && known.index !== laneOf(view)) sync(); // another is pointed at
    if (!known) return;
    const step = stepOf(view, known.anatomy);
    if (step === shown) return;
    for (const table of Object.values(tables)) table.show(known.anatomy, step);
    shown = step;
  };
  return {
    element,
    sync,
    frame,
    say: () => (known ? say(view, known.index, known.anatomy) : ""),
    destroy: () => element.remove(),
  };
}

/**
 * Gives the lane whose update is shown: the one pointed at, else the one chosen.
 *
 * @param {RaceView} view
 */
const laneOf = (view) => (view.hovered >= 0 ? view.hovered : Math.max(0, view.chosen));

/**
 * Gives the step whose update is shown: the one that follows on the playhead, at the end the last there was.
 *
 * @param {RaceView} view
 * @param {Anatomy} anatomy
 */
const stepOf = (view, { last }) => Math.min(Math.floor(view.step), last);

/**
 * Makes a table of names or lines, each with its two values.
 *
 * @param {RaceView} view
 * @param {"before" | "update"} name
 */
function createTable(view, name) {
  const body = el("tbody");
  const titles = [view.words(`stage.anatomy.${name}`), "x", "y"].map((text) => el("th", { scope: "col" }, text));
  const element = el("table", { "data-part": name }, el("thead", null, el("tr", null, titles)), body);
  /** @type {Row[]} */
  let rows = [];
  const line = () => el("tr", null, el("th", { scope: "row" }), el("td"), el("td"));
  const sync = (/** @type {Row[]} */ wanted) => {
    rows = wanted;
    grow(body, rows.length, line).forEach((row, i) => put(row.children[0], "text", rows[i].text));
  };
  const show = (/** @type {Anatomy} */ anatomy, /** @type {number} */ step) =>
    rows.forEach(({ value }, i) => {
      const values = step < 0 ? [NaN, NaN] : value(anatomy, step);
      values.forEach((one, j) => put(body.children[i].children[1 + j], "text", number(one, DIGITS)));
    });
  return { element, sync, show };
}

/**
 * Gives what an update begins with: the weight, the gradient there, and what the optimizer remembers.
 *
 * @param {RaceView} view
 * @param {number} index
 * @returns {Row[]}
 */
function beginnings(view, index) {
  const remembered = shownOf(view, index).filter(({ before }) => before);
  return [
    { key: "w", name: "w", text: "w", value: (anatomy, step) => anatomy.from(step) },
    { key: "g", name: "g", text: "g", value: (anatomy, step) => anatomy.gradient(step) },
    ...remembered.map(({ at, name }) => rowOf(at, name, name)),
  ];
}

/**
 * Gives the lines, without those that decay nothing.
 *
 * @param {RaceView} view
 * @param {number} index
 */
function linesOf(view, index) {
  const { h } = view.spec.lanes[index];
  const lines = shownOf(view, index).filter(({ before, decays }) => !before && !(decays && h.weight_decay === 0));
  return lines.map(({ at, name, text, uncorrected }) => rowOf(at, name, h.bias_correction === 0 ? uncorrected : text));
}

/** @param {number} at @param {string} name @param {string} text @returns {Row} */
const rowOf = (at, name, text) => ({ key: String(at), name, text, value: (anatomy, step) => anatomy.line(at, step) });

/** @param {RaceView} view @param {number} index */
const shownOf = ({ tables, spec }, index) => tables.optimizers[spec.lanes[index].optimizer].anatomy.shown;

/**
 * Says in words where the update leads.
 *
 * @param {RaceView} view
 * @param {number} index
 * @param {Anatomy} anatomy
 */
function say(view, index, anatomy) {
  const step = stepOf(view, anatomy);
  const lane = laneLabel(view, index);
  const { diverged } = view.run.lanes[index];
  if (step < 0) return view.words("stage.anatomy.nowhere", { lane });
  const now = Math.floor(view.step);
  const [x, y] = anatomy.move(step).map((one) => number(one, 3));
  const values = { lane, step, next: step + 1, x, y };
  if (diverged >= 0 && now >= diverged - 1) return view.words("stage.anatomy.over", values);
  const said = view.words(now > step ? "stage.anatomy.last" : "stage.anatomy.moves", values);
  return step === 0 ? `${said} · ${view.words("stage.anatomy.first")}` : said;
}
