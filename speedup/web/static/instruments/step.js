/** One update, taken apart: what it begins with and, line by line as the kernel has it, what each line comes to, for x and y. */
import { el, grow, put } from "../base/dom.js";
import { laneLabel, number } from "../draw/format.js";
import { PARTS, partTones } from "../draw/parts.js";
import { anatomyOf } from "../model/anatomy.js";
import { drawPast, placeOf } from "./step_past.js";

const DIGITS = 4;
const PAST = "— x  ┄ y"; // how the lines of what was are drawn
const NAMES = /** @type {PartName[]} */ (Object.keys(PARTS));
const SYMBOL = /(?<!\p{L})(lr|m\u0302?|g)(?!\p{L}|\u0302)/u; // that has a part's colour
/** @type {Record<string, PartName>} */
const PART_OF = { lr: "step", m: "momentum", "m\u0302": "momentum", g: "gradient" };

/**
 * @typedef {import("../draw/parts.js").PartName} PartName
 * @typedef {import("../model/anatomy.js").Anatomy} Anatomy
 * @typedef {{text: string, part: PartName | undefined, value: (anatomy: Anatomy, step: number) => Point}} Row  part: of the map's arrows
 */

/**
 * Makes the instrument. It writes `shared.lit`.
 *
 * @param {RaceView} view
 * @returns {Instrument}
 */
export function createStep(view) {
  const tables = [createTable(view, "before", beginnings), createTable(view, "update", linesOf)];
  const element = el("div", { class: "sheet anatomy" }, ...tables.map((table) => table.element));
  let drawn = ""; // the lane and the step that the tables show
  const sync = () => {
    drawn = "";
    for (const part of NAMES) element.style.setProperty(`--${part}`, partTones(view, part).text);
  };
  const frame = () => {
    const shown = view.panel === "step" ? updateShown(view) : null;
    if (!shown || drawn === `${shown.index} ${shown.step}`) return;
    for (const table of tables) table.show(shown, drawn.split(" ")[0] !== String(shown.index));
    drawn = `${shown.index} ${shown.step}`;
  };
  const destroy = () => {
    view.shared.lit = null;
    element.remove();
  };
  return { element, sync, frame, say: () => say(view), destroy };
}

/**
 * Gives the lane whose update is shown, the one pointed at, else the one chosen; the update that follows on the playhead, at the
 * end the last there was, -1 if there was none; and its anatomy. Null without lanes.
 *
 * @param {RaceView} view
 */
export function updateShown({ hovered, chosen, run, kernels, step }) {
  const index = hovered >= 0 ? hovered : Math.max(0, chosen);
  if (!run.lanes[index]) return null;
  const anatomy = anatomyOf(kernels, run, index);
  return { index, anatomy, step: Math.min(Math.floor(step), anatomy.last) };
}

/** @typedef {NonNullable<ReturnType<typeof updateShown>>} Shown */

/**
 * Makes a table of names or lines, each with its two values.
 *
 * @param {RaceView} view
 * @param {"before" | "update"} name
 * @param {(view: RaceView, index: number) => Row[]} rowsOf
 */
function createTable(view, name, rowsOf) {
  /** @type {Row[]} */
  let rows = [];
  const traced = name === "update";
  const light = (/** @type {Event} */ { target }) => {
    const line = target instanceof Element ? target.closest("tbody tr") : null;
    view.shared.lit = (line && rows[[...body.children].indexOf(line)]?.part) ?? null;
    view.redraw();
  };
  const body = el("tbody", { onpointerover: light, onpointerleave: light });
  const titles = [view.words(`stage.anatomy.${name}`), "x", "y", ...(traced ? [PAST] : [])].map((text) =>
    el("th", { scope: "col" }, text),
  );
  const element = el("table", { "data-part": name }, el("thead", null, el("tr", null, titles)), body);
  const past = () => (traced ? el("td", { "aria-hidden": "true" }, el("canvas")) : null);
  const line = () => el("tr", null, el("th", { scope: "row" }), el("td"), el("td"), past());
  const show = (/** @type {Shown} */ { index, anatomy, step }, /** @type {boolean} */ anew) => {
    if (anew) rows = rowsOf(view, index);
    const lines = grow(body, rows.length, line);
    const updates = anatomy.last + 1;
    if (anew && traced)
      rows.forEach(({ value }, i) => drawPast(canvasOf(lines[i]), updates, (at) => value(anatomy, at), view.colours));
    rows.forEach(({ text, value }, i) => {
      const [head, ...cells] = lines[i].children;
      if (head.textContent !== text) head.replaceChildren(...pieces(text));
      const values = step < 0 ? [NaN, NaN] : value(anatomy, step);
      values.forEach((one, j) => put(cells[j], "text", number(one, DIGITS)));
    });
    element.style.setProperty("--at", String(placeOf(step, updates)));
  };
  return { element, show };
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
 * Gives what an update begins with: the weight, the gradient there, and what the optimizer remembers.
 *
 * @param {RaceView} view
 * @param {number} index
 * @returns {Row[]}
 */
function beginnings(view, index) {
  const remembered = shownOf(view, index).filter(({ before }) => before);
  return [
    { text: "w", part: undefined, value: (anatomy, step) => anatomy.from(step) },
    { text: "g", part: "gradient", value: (anatomy, step) => anatomy.gradient(step) },
    ...remembered.map(({ at, name }) => rowOf(at, name, PART_OF[name])),
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
  return lines.map(({ at, name, text, uncorrected }) =>
    rowOf(at, h.bias_correction === 0 ? uncorrected : text, name === "w" ? "step" : PART_OF[name]),
  );
}

/** @param {number} at @param {string} text @param {PartName | undefined} part @returns {Row} */
const rowOf = (at, text, part) => ({ text, part, value: (anatomy, step) => anatomy.line(at, step) });

/** @param {RaceView} view @param {number} index */
const shownOf = ({ tables, spec }, index) => tables.optimizers[spec.lanes[index].optimizer].anatomy.shown;

/**
 * Says in words where the update leads.
 *
 * @param {RaceView} view
 */
function say(view) {
  const shown = updateShown(view);
  if (!shown) return "";
  const { index, anatomy, step } = shown;
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
