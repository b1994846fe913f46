/** What stands under the map instead of the loss: one instrument at a time, their switch, and what the one shown says in words. */
import { button, el, put } from "../base/dom.js";
import { createLimit } from "./limit.js";
import { createOutcomes } from "./outcomes.js";
import { createRates } from "./rates.js";
import { createStep } from "./step.js";

/**
 * @typedef {Part & {say: () => string}} Instrument  its element is a sheet; say() is asked after each frame
 */

/** @type {[name: RaceView["panel"], make: (view: RaceView) => Instrument][]} */
const MAKERS = [
  ["step", createStep],
  ["limit", createLimit],
  ["rates", createRates],
  ["map", createOutcomes],
];

/**
 * Makes them, and the switch between them and the loss.
 *
 * @param {RaceView} view
 * @returns {Part}
 */
export function createInstruments(view) {
  const tabs = createTabs(view);
  const finding = el("p", { class: "finding" });
  const made = MAKERS.map(([name, make]) => ({ name, instrument: make(view) }));
  const sheets = made.map(({ instrument }) => instrument.element);
  const element = el("div", { class: "instruments" }, el("div", { class: "head-of" }, finding, tabs.element), sheets);
  const sync = () => {
    tabs.sync();
    put(tabs.element, "hidden", view.veiled);
    mark(view, view.panel);
    for (const { name, instrument } of made) {
      put(instrument.element, "data-shown", name === view.panel);
      instrument.sync();
    }
  };
  const frame = (/** @type {number} */ t) => {
    const shown = made.find(({ name }) => name === view.panel)?.instrument;
    if (!shown) return;
    shown.frame(t);
    const said = shown.say();
    for (const place of ["text", "title"]) put(finding, place, said);
  };
  const destroy = () => {
    for (const { instrument } of made) instrument.destroy();
    mark(view, null);
    element.remove();
  };
  return { element, draws: true, sync, frame, destroy };
}

/**
 * Has the stage's style know that there are instruments, and which one is shown; null: that there are none.
 *
 * @param {RaceView} view
 * @param {RaceView["panel"] | null} panel
 */
function mark({ root }, panel) {
  put(root, "data-panel", panel ?? false);
  put(root, "data-instruments", panel !== null);
}

/**
 * Makes the switch between instruments.
 *
 * @param {RaceView} view
 */
function createTabs(view) {
  const buttons = view.tables.panels.map((name) =>
    button({ "data-panel": name, title: "I", onclick: () => view.set({ panel: name }) }, view.words(`stage.panels.${name}`)),
  );
  const element = el("div", { class: "panels views", role: "group", "aria-label": view.words("stage.panels.title") }, buttons);
  const sync = () => {
    for (const one of buttons) put(one, "aria-pressed", String(one.dataset.panel === view.panel));
  };
  return { element, sync };
}
