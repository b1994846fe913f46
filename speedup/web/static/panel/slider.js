/** The control of one number, made from its row of the table: slider, typed value, mark at the default. */
import { createDiffers } from "../base/differs.js";
import { el, put } from "../base/dom.js";
import { parse, plain } from "../draw/format.js";
import { POSITIONS, nudge, toPosition, toValue } from "./scale.js";

/** @type {Record<string, number>} */
const STEPS = { ArrowUp: 1, ArrowRight: 1, ArrowDown: -1, ArrowLeft: -1 };

/**
 * @typedef {object} Owner  what the number is
 * @property {ParameterRow} row
 * @property {string} title  its name
 * @property {string} caption  the short form beside the slider
 * @property {string} owned  "Adam, its name"
 * @property {() => number} value
 * @property {() => number} fallback  its default here
 * @property {(value: number, commit: boolean) => void} set
 * @property {import("./complaint.js").Complain} complain
 */

/**
 * Makes {element, sync()}.
 *
 * @param {View} view
 * @param {Owner} owner
 */
export function createControl(view, owner) {
  return owner.row.scale === "switch" ? createSwitch(owner) : createSlider(view, owner);
}

/** @param {Owner} owner */
function createSwitch(owner) {
  const onchange = () => owner.set(box.checked ? 1 : 0, true);
  const box = el("input", { type: "checkbox", "aria-label": owner.owned, onchange });
  const element = el("label", { class: "switch", "data-name": owner.row.name }, box, owner.title);
  return {
    element,
    sync: () => {
      box.checked = owner.value() !== 0;
    },
  };
}

/** @param {View} view @param {Owner} owner */
function createSlider(view, owner) {
  const range = createRange(owner);
  const field = createField(view, owner);
  const reset = () => owner.set(owner.fallback(), true);
  const label = el("span", { class: "symbol", ondblclick: reset }, owner.caption);
  const track = el("span", { class: "track" }, range.input);
  const element = el("div", { class: "slider", "data-name": owner.row.name }, label, track, field.input);
  const differs = createDiffers();
  const share = (/** @type {number} */ value) => String(toPosition(owner.row, value) / POSITIONS);
  const sync = () => {
    const [value, fallback] = [owner.value(), owner.fallback()];
    const shown = [range.input.value, field.input.value, document.activeElement]; // a hand may have changed these
    if (!differs(value, fallback, owner.row.high, range.held(), ...shown)) return; // as for all sliders but the one that is dragged
    put(track, "--at", share(value));
    put(track, "--default", share(fallback));
    put(label, "title", `${owner.title} · ${view.words("stage.reset_hint", { value: plain(fallback) })}`);
    range.sync();
    field.sync();
  };
  return { element, sync };
}

/**
 * Makes the slider itself. It draws while it moves and commits on release; keys step by readable amounts.
 *
 * @param {Owner} owner
 */
function createRange(owner) {
  let held = false; // the thumb is under a hand: what the hand says goes
  let moved = false;
  const move = (/** @type {number} */ value) => {
    moved = true;
    owner.complain(null);
    owner.set(value, false);
  };
  const commit = () => {
    held = false;
    if (moved) owner.set(owner.value(), true);
    moved = false;
  };
  const onkeydown = (/** @type {KeyboardEvent} */ event) => {
    if (!STEPS[event.key] || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    move(nudge(owner.row, owner.value(), STEPS[event.key]));
  };
  const input = el("input", {
    type: "range",
    min: 0,
    max: POSITIONS,
    step: 1,
    "aria-label": owner.owned,
    onpointerdown: () => {
      held = true;
    },
    oninput: () => move(toValue(owner.row, input.valueAsNumber)),
    onkeydown,
    onkeyup: commit,
    onchange: commit,
    onblur: commit,
    onpointerup: commit,
    onpointercancel: commit,
  });
  const sync = () => {
    const at = String(toPosition(owner.row, owner.value()));
    if (!held && input.value !== at) input.value = at;
    put(input, "aria-valuetext", plain(owner.value()));
  };
  return { input, held: () => held, sync };
}

const TEXT = { type: "text", class: "value", inputmode: "decimal", autocomplete: "off", spellcheck: "false" };

/** @param {Record<string, () => void>} actions  by the names of keys */
const onKeys = (actions) => (/** @type {KeyboardEvent} */ event) => {
  if (!(event.key in actions)) return;
  actions[event.key]();
  event.preventDefault();
};

/**
 * Makes the value as text: typed, taken with Enter or on leaving, given back with Escape, stepped by ↑ and ↓.
 *
 * @param {View} view
 * @param {Owner} owner
 */
function createField(view, owner) {
  const { row } = owner;
  let typed = false;
  const show = () => {
    const value = owner.value();
    const text = document.activeElement === input ? String(value) : plain(value);
    if (input.value !== text) input.value = text;
    put(input, "--characters", text.length);
    typed = false;
  };
  const take = () => {
    if (!typed) return;
    const value = parse(input.value);
    const allowed = value >= row.low && value <= row.high; // not for NaN
    owner.complain(allowed ? null : refusal(view, owner, input.value));
    show();
    if (allowed) owner.set(value, true);
  };
  const give = () => {
    owner.complain(null);
    show();
  };
  const step = (/** @type {number} */ direction) => {
    owner.complain(null);
    owner.set(nudge(row, owner.value(), direction), true);
    show();
  };
  const oninput = () => {
    typed = true;
  };
  const onfocus = () => {
    show();
    input.select();
  };
  const onblur = () => {
    take();
    show();
  };
  const onkeydown = onKeys({ Enter: take, Escape: give, ArrowUp: () => step(1), ArrowDown: () => step(-1) });
  const label = view.words("stage.value_of", { field: owner.owned });
  const input = el("input", { ...TEXT, "aria-label": label, oninput, onkeydown, onfocus, onblur });
  return {
    input,
    sync: () => {
      if (!typed) show();
    },
  };
}

/**
 * Says why a text was not taken: the field, what it may hold, and the text.
 *
 * @param {View} view
 * @param {Owner} owner
 * @param {string} text
 */
function refusal(view, { row, caption }, text) {
  const limits = { low: plain(row.low), high: plain(row.high) };
  return view.words("stage.not_allowed", { field: caption, value: text.slice(0, 20), ...limits });
}
