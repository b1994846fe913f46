/** The control of one number, made from its row of the table: slider, typed value, mark at the default. */
import { el, put } from "../base/dom.js";
import { parse, plain } from "../draw/format.js";
import { POSITIONS, nudge, toPosition, toValue } from "./scale.js";

const STEPS = { ArrowUp: 1, ArrowRight: 1, ArrowDown: -1, ArrowLeft: -1 };

/**
 * owner says what the number is: row, title, caption and owned (its name; the short form beside the slider;
 * "Adam, its name"), value(), fallback() (its default here), set(value, commit), complain(message or null).
 * Returns {element, sync()}.
 */
export function createControl(stage, owner) {
  return owner.row.scale === "switch" ? createSwitch(owner) : createSlider(stage, owner);
}

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

function createSlider(stage, owner) {
  const range = createRange(owner);
  const field = createField(stage, owner);
  const reset = () => owner.set(owner.fallback(), true);
  const label = el("span", { class: "symbol", ondblclick: reset }, owner.caption);
  const track = el("span", { class: "track" }, range.input);
  const element = el("div", { class: "slider", "data-name": owner.row.name }, label, track, field.input);
  const sync = () => {
    const hint = stage.words("stage.reset_hint", { value: plain(owner.fallback()) });
    put(label, "title", `${owner.title} · ${hint}`);
    track.style.setProperty("--default", toPosition(owner.row, owner.fallback()) / POSITIONS);
    track.style.setProperty("--at", toPosition(owner.row, owner.value()) / POSITIONS);
    range.sync();
    field.sync();
  };
  return { element, sync };
}

/** The slider itself. It draws while it moves and commits on release; keys step by readable amounts. */
function createRange(owner) {
  let held = false; // the thumb is under a hand: what the hand says goes
  let moved = false;
  const move = (value) => {
    moved = true;
    owner.complain(null);
    owner.set(value, false);
  };
  const commit = () => {
    held = false;
    if (moved) owner.set(owner.value(), true);
    moved = false;
  };
  const onkeydown = (event) => {
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
    if (!held) input.value = toPosition(owner.row, owner.value());
    put(input, "aria-valuetext", plain(owner.value()));
  };
  return { input, sync };
}

/** The value as text: typed, taken with Enter or on leaving, given back with Escape, stepped by ↑ and ↓. */
function createField(stage, owner) {
  const { row } = owner;
  let typed = false;
  const show = () => {
    const value = owner.value();
    input.value = document.activeElement === input ? String(value) : plain(value);
    typed = false;
  };
  const take = () => {
    if (!typed) return;
    const value = parse(input.value);
    const allowed = value >= row.low && value <= row.high; // not for NaN
    owner.complain(allowed ? null : refusal(stage, owner, input.value));
    show();
    if (allowed) owner.set(value, true);
  };
  const give = () => {
    owner.complain(null);
    show();
  };
  const step = (direction) => {
    owner.complain(null);
    owner.set(nudge(row, owner.value(), direction), true);
    show();
  };
  const onkeydown = (event) => {
    if (event.key === "Enter") take();
    else if (event.key === "Escape") give();
    else if (event.key === "ArrowUp" || event.key === "ArrowDown") step(STEPS[event.key]);
    else return;
    event.preventDefault();
  };
  const input = el("input", {
    type: "text",
    class: "value",
    inputmode: "decimal",
    autocomplete: "off",
    spellcheck: "false",
    "aria-label": stage.words("stage.value_of", { field: owner.owned }),
    oninput: () => {
      typed = true;
    },
    onkeydown,
    onfocus: () => {
      show();
      input.select();
    },
    onblur: () => {
      take();
      input.value = plain(owner.value());
    },
  });
  return {
    input,
    sync: () => {
      if (!typed) show();
    },
  };
}

/** Why a text was not taken: the field, what it may hold, and the text. */
function refusal(stage, { row, caption }, text) {
  const limits = { low: plain(row.low), high: plain(row.high) };
  return stage.words("stage.not_allowed", { field: caption, value: text.slice(0, 20), ...limits });
}
