/** The panel at the right: the surface's parameters, a row for every lane, and a palette to add one. */
import { createAbout } from "./about.js";
import { createComplaint } from "./complaint.js";
import { button, el, icon, put } from "../base/dom.js";
import { createLane } from "./lane.js";
import { tones } from "../draw/markers.js";
import { swatch } from "../draw/marks.js";
import { createControl } from "./slider.js";

const MOST_LANES = 12;
const CROWD = 6; // with more lanes than this only the learning rates stay in sight
const UNDO = "M9 14L4 9l5-5M4 9h10a6 6 0 0 1 0 12h-3";
const RESET = "M4 4v6h6M4.5 14a8 8 0 1 0 1.5-7.5L4 10";

/**
 * @param {View} view
 * @returns {Part}
 */
export function createLanes(view) {
  const parameters = createParameters(view);
  const palette = createPalette(view);
  const header = createHeader(view);
  const fair = createFair(view);
  const rows = createRows(view);
  const element = el(
    "section",
    { class: "lanes", "aria-label": view.words("stage.lanes") },
    header.element,
    fair.element,
    parameters.element,
    el("div", { class: "scroll" }, rows.element),
    palette.element,
  );
  const sync = () => {
    put(element, "data-crowded", view.spec.lanes.length > CROWD);
    for (const part of [rows, header, fair, parameters, palette]) part.sync();
  };
  const destroy = () => {
    header.destroy();
    palette.destroy();
    element.remove();
  };
  return { element, sync, frame: rows.frame, destroy };
}

/**
 * Makes the list of lanes. Its nodes stay, so that no slider is torn from the hand.
 *
 * @param {View} view
 */
function createRows(view) {
  /** @type {import("./lane.js").Row[]} */
  const rows = [];
  const hover = (/** @type {number} */ index) => index !== view.hovered && view.set({ hovered: index });
  const over = (/** @type {PointerEvent} */ { target, pointerType }) => {
    // on the list, since rows come and go under the mouse
    const row = rows.find((one) => target instanceof Node && one.element.contains(target));
    if (pointerType !== "touch") hover(row?.shown() ?? -1);
  };
  const element = el("ul", { class: "rows", onpointerover: over, onpointerleave: () => hover(-1) });
  const remove = (/** @type {number} */ index) => {
    for (const row of rows.splice(index, 1)) row.element.remove(); // so that the rows after it keep their nodes
    removeLane(view, index);
  };
  const renew = (/** @type {number} */ index, /** @type {OptimizerName} */ optimizer) => {
    const fresh = createLane(view, optimizer, remove);
    const before = rows[index]?.element;
    if (before) before.replaceWith(fresh.element);
    else element.append(fresh.element);
    fresh.open(before?.hasAttribute("data-open") ?? false); // another optimizer: the fold stays as it is
    rows[index] = fresh;
  };
  const sync = () => {
    const { lanes } = view.spec;
    while (rows.length > lanes.length) rows.pop()?.element.remove();
    lanes.forEach(({ optimizer }, index) => {
      if (rows[index]?.optimizer !== optimizer) renew(index, optimizer);
      rows[index].sync(index);
    });
  };
  const frame = (/** @type {number} */ t) => {
    for (const row of rows) row.frame(t);
  };
  return { element, sync, frame };
}

/** @param {View} view @param {number} index */
function removeLane(view, index) {
  const { chosen } = view;
  view.set({ hovered: -1, chosen: chosen === index ? -1 : chosen > index ? chosen - 1 : chosen });
  view.change(
    (spec) => {
      spec.lanes.splice(index, 1);
      view.kind.removed?.(spec, index);
    },
    { commit: true },
  );
}

/** @param {View} view */
function createHeader(view) {
  /** @type {(path: string, key: "undo" | "reset_all", hint: string, onclick: () => void) => HTMLButtonElement} */
  const make = (path, key, hint, onclick) => {
    const label = view.words(`stage.${key}`);
    return button({ class: "quiet", "aria-label": label, title: label + hint, onclick }, icon(path));
  };
  const resetAll = () => view.change((spec) => Object.assign(spec, view.kind.defaults(view)), { commit: true });
  const undo = make(UNDO, "undo", " (Ctrl+Z)", () => view.undo());
  const reset = make(RESET, "reset_all", "", resetAll);
  const title = el("span", { class: "title" }, view.words("stage.lanes"));
  const about = createAbout(view);
  return {
    element: el("div", { class: "header" }, title, about.element, undo, reset),
    sync: () => put(undo, "disabled", !view.undoable),
    destroy: about.destroy,
  };
}

/**
 * Makes a badge that says what all lanes have in common, where the kind of stage has one.
 *
 * @param {View} view
 */
function createFair(view) {
  const element = el("p", { class: "badge", hidden: !view.kind.fair });
  const sync = () => {
    const fair = view.kind.fair?.(view);
    put(element, "text", fair?.text);
    put(element, "data-same", fair?.same);
  };
  return { element, sync };
}

/**
 * Makes sliders of the surface's own parameters, if it has some: anew only when the surface is another.
 *
 * @param {View} view
 */
function createParameters(view) {
  /** @type {ParameterRow[] | null} */
  let rows = null;
  /** @type {ReturnType<typeof createParameter>[]} */
  let controls = [];
  const sliders = el("div", { class: "sliders" });
  const complaint = createComplaint(view);
  const element = el("div", { class: "parameters" }, sliders, complaint.element);
  const sync = () => {
    const now = view.kind.controls(view);
    if (rows !== now) {
      rows = now;
      controls = rows.map((row) => createParameter(view, row, complaint.complain));
      sliders.replaceChildren(...controls.map((control) => control.element));
      put(element, "hidden", controls.length === 0);
    }
    for (const part of [complaint, ...controls]) part.sync();
  };
  return { element, sync };
}

/**
 * Makes the control of one parameter of the surface.
 *
 * @param {View} view
 * @param {ParameterRow} row
 * @param {import("./complaint.js").Complain} complain
 */
export function createParameter(view, row, complain) {
  const title = view.words(/** @type {Word} */ (`stage.parameters.${row.name}`));
  const params = (/** @type {Spec} */ spec) => ("params" in spec ? spec.params : {});
  return createControl(view, {
    row,
    title,
    caption: title,
    owned: title,
    complain,
    value: () => params(view.spec)[row.name] ?? row.default,
    fallback: () => row.default,
    set: (value, commit) =>
      view.change(
        (spec) => {
          params(spec)[row.name] = value;
        },
        { commit },
      ),
  });
}

/**
 * Makes "+ add a lane" and, unfolded, all optimizers with their marks.
 *
 * @param {View} view
 */
function createPalette(view) {
  const add = (/** @type {OptimizerName} */ name) => {
    open(false);
    view.change((spec) => spec.lanes.push(view.lane(name)), { commit: true });
  };
  const choices = Object.values(view.tables.optimizers).map((row) => {
    const style = `--lane: ${tones(row.colour, view.theme, null).line}`;
    return button({ class: "choice", style, onclick: () => add(row.name) }, swatch(row), row.label);
  });
  const grid = el("div", { class: "choices", hidden: true }, choices);
  const handle = button({ class: "link add", "aria-expanded": "false", onclick: () => open(Boolean(grid.hidden)) });
  const element = el("div", { class: "palette" }, grid, handle);
  let ends = new AbortController(); // of listening for Escape and for a press elsewhere, while it is open
  const open = (/** @type {boolean} */ yes) => {
    ends.abort();
    put(grid, "hidden", !yes);
    put(handle, "aria-expanded", String(yes));
    if (!yes && grid.contains(document.activeElement)) handle.focus();
    if (!yes) return;
    ends = new AbortController();
    const { signal } = ends;
    document.addEventListener("keydown", (event) => event.key === "Escape" && open(false), { signal });
    document.addEventListener("pointerdown", (event) => !event.composedPath().includes(element) && open(false), { signal });
  };
  const sync = () => {
    const full = view.spec.lanes.length >= MOST_LANES;
    if (full) open(false);
    put(handle, "disabled", full);
    const text = full ? view.words("stage.full", { most: MOST_LANES }) : `+ ${view.words("stage.add")}`;
    put(handle, "text", text);
  };
  return { element, sync, destroy: () => ends.abort() };
}
