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

/** {element, sync(), frame(t), destroy()}. Its nodes stay, so that no slider is torn from the hand. */
export function createLanes(stage) {
  const rows = [];
  const hover = (index) => index !== stage.hovered && stage.set({ hovered: index });
  const over = ({ target, pointerType }) => {
    // on the list, since rows come and go under the mouse
    const row = rows.find(({ element }) => element.contains(target));
    if (pointerType !== "touch") hover(row?.spec()?.on ? row.index : -1);
  };
  const list = el("ul", { class: "rows", onpointerover: over, onpointerleave: () => hover(-1) });
  const parameters = createParameters(stage);
  const palette = createPalette(stage);
  const header = createHeader(stage);
  const fair = createFair(stage);
  const element = el(
    "section",
    { class: "lanes", "aria-label": stage.words("stage.lanes") },
    header.element,
    fair.element,
    parameters.element,
    el("div", { class: "scroll" }, list),
    palette.element,
  );
  const remove = (row) => {
    const { index } = row;
    rows.splice(index, 1); // so that the rows after it keep their nodes
    row.element.remove();
    const { chosen } = stage;
    stage.set({ hovered: -1, chosen: chosen === index ? -1 : chosen - (chosen > index) });
    stage.change(
      (spec) => {
        spec.lanes.splice(index, 1);
        stage.kind.removed?.(spec, index);
      },
      { commit: true },
    );
  };
  const sync = () => {
    const { lanes } = stage.spec;
    while (rows.length > lanes.length) rows.pop().element.remove();
    lanes.forEach((lane, index) => {
      if (rows[index]?.optimizer !== lane.optimizer) {
        const fresh = createLane(stage, lane.optimizer, remove);
        const before = rows[index]?.element;
        if (before) before.replaceWith(fresh.element);
        else list.append(fresh.element);
        fresh.open(before?.hasAttribute("data-open") ?? false); // another optimizer: the fold stays as it is
        rows[index] = fresh;
      }
      rows[index].sync(index);
    });
    put(element, "data-crowded", lanes.length > CROWD);
    for (const part of [header, fair, parameters, palette]) part.sync();
  };
  const frame = (t) => rows.forEach((row) => row.frame(t));
  const destroy = () => {
    header.destroy();
    palette.destroy();
    element.remove();
  };
  return { element, sync, frame, destroy };
}

function createHeader(stage) {
  const make = (path, key, hint, onclick) => {
    const label = stage.words(`stage.${key}`);
    return button({ class: "quiet", "aria-label": label, title: label + hint, onclick }, icon(path));
  };
  const resetAll = () => stage.change((spec) => Object.assign(spec, stage.kind.defaults(stage)), { commit: true });
  const undo = make(UNDO, "undo", " (Ctrl+Z)", () => stage.undo());
  const reset = make(RESET, "reset_all", "", resetAll);
  const title = el("span", { class: "title" }, stage.words("stage.lanes"));
  const about = createAbout(stage);
  return {
    element: el("div", { class: "header" }, title, about.element, undo, reset),
    sync: () => put(undo, "disabled", !stage.undoable),
    destroy: about.destroy,
  };
}

/** A badge that says what all lanes have in common, where the kind of stage has one. */
function createFair(stage) {
  const element = el("p", { class: "badge", hidden: !stage.kind.fair });
  const sync = () => {
    const { text, same } = stage.kind.fair?.(stage) ?? {};
    put(element, "text", text ?? "");
    put(element, "data-same", same);
  };
  return { element, sync };
}

/** Sliders of the surface's own parameters, if it has some: made anew only when the surface is another. */
function createParameters(stage) {
  let rows = null;
  let controls = [];
  const sliders = el("div", { class: "sliders" });
  const complaint = createComplaint(stage);
  const element = el("div", { class: "parameters" }, sliders, complaint.element);
  const sync = () => {
    if (rows !== stage.kind.controls(stage)) {
      rows = stage.kind.controls(stage);
      controls = rows.map((row) => createParameter(stage, row, complaint.complain));
      sliders.replaceChildren(...controls.map((control) => control.element));
      put(element, "hidden", controls.length === 0);
    }
    for (const part of [complaint, ...controls]) part.sync();
  };
  return { element, sync };
}

/** The control of one parameter of the surface. */
export function createParameter(stage, row, complain) {
  const title = stage.words(`stage.parameters.${row.name}`);
  return createControl(stage, {
    row,
    title,
    caption: title,
    owned: title,
    complain,
    value: () => stage.spec.params[row.name] ?? row.default,
    fallback: () => row.default,
    set: (value, commit) =>
      stage.change(
        (spec) => {
          spec.params[row.name] = value;
        },
        { commit },
      ),
  });
}

/** "+ add a lane" and, unfolded, all optimizers with their marks. */
function createPalette(stage) {
  const add = (name) => {
    open(false);
    stage.change((spec) => spec.lanes.push(stage.lane(name)), { commit: true });
  };
  const choices = Object.values(stage.tables.optimizers).map((row) => {
    const style = `--lane: ${tones(row.colour, stage.theme, null).line}`;
    return button({ class: "choice", style, onclick: () => add(row.name) }, swatch(row), row.label);
  });
  const grid = el("div", { class: "choices", hidden: true }, choices);
  const handle = button({ class: "link add", "aria-expanded": "false", onclick: () => open(grid.hidden) });
  const element = el("div", { class: "palette" }, grid, handle);
  let ends = new AbortController(); // of listening for Escape and for a press elsewhere, while it is open
  const open = (yes) => {
    ends.abort();
    put(grid, "hidden", !yes);
    put(handle, "aria-expanded", String(yes));
    if (!yes && grid.contains(document.activeElement)) handle.focus();
    if (!yes) return;
    ends = new AbortController();
    const listen = (name, listener) => document.addEventListener(name, listener, { signal: ends.signal });
    listen("keydown", (event) => event.key === "Escape" && open(false));
    listen("pointerdown", (event) => !event.composedPath().includes(element) && open(false));
  };
  const sync = () => {
    const full = stage.spec.lanes.length >= MOST_LANES;
    if (full) open(false);
    put(handle, "disabled", full);
    const text = full ? stage.words("stage.full", { most: MOST_LANES }) : `+ ${stage.words("stage.add")}`;
    put(handle, "text", text);
  };
  return { element, sync, destroy: () => ends.abort() };
}
