/** What stands under the map instead of the loss: one instrument at a time, their switch, and what the one shown says in words. */
import { button, el, put } from "../base/dom.js";
import { createRest } from "./rest.js";

/**
 * Makes those of the stage's kind, and the switch between them and the loss.
 *
 * @param {View} view
 * @returns {Part}
 */
export function createInstruments(view) {
  const tabs = createTabs(view);
  const finding = el("p", { class: "finding" });
  const { instruments } = view.kind;
  const names = /** @type {Looks["panel"][]} */ (Object.keys(instruments));
  const made = names.flatMap((name) => instruments[name]?.(view) ?? []).map((instrument, i) => ({ name: names[i], instrument }));
  const sheets = made.map(({ instrument }) => instrument.element);
  const element = el("div", { class: "instruments" }, el("div", { class: "head-of" }, finding, tabs.element), sheets);
  const sync = () => {
    tabs.sync();
    put(tabs.element, "hidden", view.veiled || !made.length);
    mark(view, made.length ? view.panel : null);
    view.shared.again = made.find(({ name }) => name === view.panel)?.instrument.again ?? null;
    for (const { name, instrument } of made) {
      put(instrument.element, "data-shown", name === view.panel);
      instrument.sync();
    }
  };
  const rest = createRest(view);
  const frame = (/** @type {number} */ t) => {
    if (made.length) rest.begin();
    const shown = made.find(({ name }) => name === view.panel)?.instrument;
    if (!shown) return;
    shown.frame(t);
    const said = shown.say();
    for (const place of ["text", "title"]) put(finding, place, said);
  };
  const destroy = () => {
    rest.end();
    for (const { instrument } of made) instrument.destroy();
    mark(view, null);
    view.shared.again = null;
    element.remove();
  };
  return { element, draws: true, sync, frame, destroy };
}

/**
 * Has the stage's style know that there are instruments, and which one is shown; null: that there are none.
 *
 * @param {View} view
 * @param {Looks["panel"] | null} panel
 */
function mark({ root }, panel) {
  put(root, "data-panel", panel ?? false);
  put(root, "data-instruments", panel !== null);
}

/**
 * Gives the instrument after the one that is shown.
 *
 * @param {View} view
 */
export function nextPanel({ panel, kind, tables }) {
  const panels = tables.panels[kind.name];
  return panels[(panels.indexOf(panel) + 1) % panels.length];
}

/**
 * Makes the switch between instruments.
 *
 * @param {View} view
 */
function createTabs(view) {
  const buttons = view.tables.panels[view.kind.name].map((name) => {
    const title = `${view.words(`stage.panel_hints.${name}`)} (I)`;
    return button({ "data-panel": name, title, onclick: () => view.set({ panel: name }) }, view.words(`stage.panels.${name}`));
  });
  const element = el("div", { class: "panels views", role: "group", "aria-label": view.words("stage.panels.title") }, buttons);
  const sync = () => {
    for (const one of buttons) put(one, "aria-pressed", String(one.dataset.panel === view.panel));
  };
  return { element, sync };
}
