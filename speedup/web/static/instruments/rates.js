/** Which learning rate, then? What every lane's run comes to against lr, or another hyperparameter; its own value is a dot to drag. */
import { el, put } from "../base/dom.js";
import { createBoard } from "../draw/canvas.js";
import { areaOf } from "./loss.js";
import { drawRates } from "./rates_curves.js";
import { computed } from "./computed.js";
import { holdDots } from "./rates_hand.js";
import { plotOf } from "./rates_plot.js";
import { rowOf } from "./rates_source.js";
import { lookedAt, sayRates } from "./rates_words.js";
import { restUnseen } from "./unseen.js";

const BUDGET = 4; // milliseconds of a frame
const ROOMY = 3; // em beside the plot in which the choices have room

/** @typedef {import("./rates_source.js").Source} Source */

/**
 * Makes the instrument.
 *
 * @param {View} view
 * @param {Source} source
 * @returns {Instrument}
 */
export function createRates(view, source) {
  const sheet = el("div", { class: "sheet sweep" });
  const choices = createChoices(view, source);
  const measure = () => source.measures.find((one) => one === view.measure) ?? source.measures[0];
  const subject = () => ({ view, source, row: rowOf(view, source), measure: measure() });
  /** @type {ReturnType<typeof areaOf>} */
  let box = null;
  /** @type {Plot | null} */
  let plot = null;
  let drawn = ""; // what the canvas shows
  const board = createBoard(sheet, () => {
    const room = board.box();
    box = room && areaOf(sheet, room);
    put(sheet, "data-narrow", box !== null && box.margin < ROOMY * box.size);
    drawn = "";
    view.redraw();
  });
  sheet.append(choices.element);
  const sync = () => {
    drawn = "";
    if (view.panel !== "rates") {
      source.rest();
      return;
    }
    const row = rowOf(view, source);
    choices.sync(row);
    source.want(row);
  };
  const frame = () => {
    const now = () => `${view.hovered} ${view.chosen} ${source.version()}`;
    if (view.panel !== "rates" || !box || drawn === now()) return;
    const more = source.work(performance.now() + BUDGET);
    plot = plotOf(subject(), box);
    drawRates(subject(), board.pen, plot, lookedAt(view));
    choices.frame();
    drawn = more ? "" : now();
    if (more) view.redraw();
  };
  const ends = [holdDots(subject, sheet, () => plot), restUnseen(view, () => source.rest())];
  const destroy = () => {
    for (const end of ends) end();
    source.destroy();
    board.destroy();
    sheet.remove();
  };
  return { element: sheet, sync, frame, say: () => sayRates(subject()), again: againOf(source), destroy };
}

/** @param {Source} source */
const againOf = (source) => (/** @type {View} */ view) => createRates(view, computed(source));

/**
 * Makes the choices of what is drawn and of what varies, {element, sync(row), frame()}; they are the names of the axes. Above them
 * is how much is computed.
 *
 * @param {View} view
 * @param {Source} source
 */
function createChoices(view, source) {
  const say = (/** @type {Looks["measure"]} */ one) => view.words(`stage.rate.measures.${one}`);
  const measures = source.measures.map((one) => el("option", { value: one }, say(one)));
  const measure = choice(
    view.words("stage.rate.measure"),
    (value) => view.set({ measure: /** @type {never} */ (value) }),
    measures,
  );
  const against = choice(view.words("stage.rate.against"), (value) => view.set({ against: /** @type {never} */ (value) }), []);
  let offered = "";
  const sync = (/** @type {import("./rates_source.js").Row} */ row) => {
    const rows = source.rows();
    const now = rows.map(({ name }) => name).join();
    if (now !== offered) against.replaceChildren(...rows.map(({ name, symbol }) => el("option", { value: name }, symbol)));
    offered = now;
    against.value = row.name;
    measure.value = view.measure;
  };
  const both = measures.length > 1 ? [measure, against] : [against];
  const progress = el("progress", { max: 1, value: 0, hidden: true, "aria-label": view.words("stage.rate.progress") });
  const frame = () => {
    const share = source.lanes().length ? source.state(0).progress : 1;
    put(progress, "hidden", share >= 1);
    put(progress, "value", share);
  };
  return { element: el("div", { class: "against" }, progress, both), sync, frame };
}

/**
 * @param {string} label
 * @param {(value: string) => void} choose
 * @param {HTMLElement[]} options
 */
function choice(label, choose, options) {
  const element = el("select", { "aria-label": label, onchange: () => choose(element.value) }, options);
  return element;
}
