/** The sheet of an update taken apart: what it begins with and, line by line as the kernel has it, what each line comes to. */
import { el, grow, put } from "../base/dom.js";
import { number } from "../draw/format.js";
import { PARTS, partTones } from "../draw/parts.js";
import { drawPast, placeOf } from "./step_past.js";

const DIGITS = 4;
const STROKES = ["—", "┄"]; // how the lines of what was are drawn
const NAMES = /** @type {PartName[]} */ (Object.keys(PARTS));
const SYMBOL = /(?<!\p{L})(lr|m\u0302?|g)(?!\p{L}|\u0302)/u; // that has a part's colour
/** @type {Record<string, PartName>} */
const PART_OF = { lr: "step", m: "momentum", "m\u0302": "momentum", g: "gradient" };

/**
 * @typedef {import("../draw/parts.js").PartName} PartName
 *
 * @typedef {object} Apart  a lane's updates taken apart; each value is one for each coordinate that is shown
 * @property {number} last  the last update, -1 for none
 * @property {(step: number) => ArrayLike<number>} from
 * @property {(step: number) => ArrayLike<number>} gradient
 * @property {(at: number, step: number) => ArrayLike<number>} line
 *
 * @typedef {object} Shown  the update that is shown
 * @property {number} index  of the lane
 * @property {number} step
 * @property {Apart} anatomy
 * @property {string[]} heads  the coordinates
 *
 * @typedef {{text: string, part: PartName | undefined, value: (anatomy: Apart, step: number) => ArrayLike<number>}} Row  part: of the map's arrows
 */

/**
 * Makes it. It writes `shared.lit`.
 *
 * @param {View} view
 * @param {number} columns  of values: x and y, or a weight
 */
export function createSheet(view, columns) {
  const tables = [createTable(view, "before", columns), createTable(view, "update", columns)];
  const element = el("div", { class: "sheet anatomy" }, ...tables.map((table) => table.element));
  let [drawn, lane] = ["", -1]; // what the tables show
  const sync = () => {
    drawn = "";
    for (const part of NAMES) element.style.setProperty(`--${part}`, partTones(view, part).text);
  };
  const show = (/** @type {Shown} */ shown) => {
    const key = [shown.index, shown.step, ...shown.heads].join(" ");
    if (drawn === key) return;
    const rows = rowsOf(view, shown.index);
    for (const table of tables) table.show(rows[table.name], shown, !drawn || lane !== shown.index);
    [drawn, lane] = [key, shown.index];
  };
  const destroy = () => {
    view.shared.lit = null;
    element.remove();
  };
  return { element, sync, show, destroy };
}

/**
 * Makes a table of names or lines, each with its values.
 *
 * @param {View} view
 * @param {"before" | "update"} name
 * @param {number} columns
 */
function createTable(view, name, columns) {
  /** @type {Row[]} */
  let rows = [];
  const light = (/** @type {Event} */ { target }) => {
    const line = target instanceof Element ? target.closest("tbody tr") : null;
    view.shared.lit = (line && rows[[...body.children].indexOf(line)]?.part) ?? null;
    view.redraw();
  };
  const body = el("tbody", { onpointerover: light, onpointerleave: light });
  const past = name === "update"; // then with what each came to at every step
  const heads = el("tr");
  const element = el("table", { "data-part": name }, el("thead", null, heads), body);
  const head = () => el("th", { scope: "col" });
  const values = () => Array.from({ length: columns }, () => el("td"));
  const canvas = () => (past ? el("td", { "aria-hidden": "true", class: "past" }, el("canvas")) : null);
  const line = () => el("tr", null, el("th", { scope: "row" }), ...values(), canvas());
  const show = (
    /** @type {Row[]} */ wanted,
    /** @type {Shown} */ { anatomy, step, heads: names },
    /** @type {boolean} */ anew,
  ) => {
    rows = wanted;
    const updates = anatomy.last + 1;
    const drawn = names.length > 1 ? names.map((one, i) => `${STROKES[i]} ${one}`).join("  ") : `0 … ${anatomy.last}`;
    const titles = [view.words(`stage.anatomy.${name}`), ...names, ...(past ? [drawn] : [])];
    grow(heads, titles.length, head).forEach((one, i) => {
      put(one, "text", titles[i]);
      put(one, "class", i > names.length ? "past" : "");
    });
    const lines = grow(body, rows.length, line);
    rows.forEach(({ text, value }, i) => {
      const [title, ...cells] = lines[i].children;
      if (title.textContent !== text) title.replaceChildren(...pieces(text));
      const found = step < 0 ? [] : value(anatomy, step);
      names.forEach((_, j) => put(cells[j], "text", number(found[j] ?? NaN, DIGITS)));
      if (anew && past) drawPast(canvasOf(lines[i]), updates, (at) => value(anatomy, at), view.colours);
    });
    element.style.setProperty("--at", String(placeOf(step, updates)));
  };
  return { name, element, show };
}

/**
 * Gives the canvas of a row.
 *
 * @param {Element} row
 */
const canvasOf = (row) => /** @type {HTMLCanvasElement} */ (row.querySelector("canvas"));

/**
 * Gives a line's text, its symbols in the colours of their parts.
 *
 * @param {string} text
 */
const pieces = (text) =>
  text.split(SYMBOL).map((piece) => (PART_OF[piece] ? el("b", { "data-part": PART_OF[piece] }, piece) : piece));

/**
 * Gives the rows of both tables: what an update begins with, the weight, the gradient there, and what the optimizer remembers;
 * and the lines, without those that decay nothing.
 *
 * @param {View} view
 * @param {number} index  of the lane
 * @returns {{before: Row[], update: Row[]}}
 */
function rowsOf(view, index) {
  const { shown } = view.tables.optimizers[view.spec.lanes[index].optimizer].anatomy;
  const has = (/** @type {HyperparameterName} */ name) => view.kind.hyper(view, index, name) !== 0;
  const remembered = shown.filter(({ before }) => before);
  const lines = shown.filter(({ before, decays }) => !before && (!decays || has("weight_decay")));
  return {
    before: [
      { text: "w", part: undefined, value: (anatomy, step) => anatomy.from(step) },
      { text: "g", part: "gradient", value: (anatomy, step) => anatomy.gradient(step) },
      ...remembered.map(({ at, name }) => rowOf(at, name, PART_OF[name])),
    ],
    update: lines.map(({ at, name, text, uncorrected }) =>
      rowOf(at, has("bias_correction") ? text : uncorrected, name === "w" ? "step" : PART_OF[name]),
    ),
  };
}

/** @param {number} at @param {string} text @param {PartName | undefined} part @returns {Row} */
const rowOf = (at, text, part) => ({ text, part, value: (anatomy, step) => anatomy.line(at, step) });
