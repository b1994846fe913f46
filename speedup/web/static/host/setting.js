/** One setting of a page, made from a row as the server shows it: a list, a few buttons, a number or a text. */
import { button, el, grow, put } from "../base/dom.js";
import { parse } from "../draw/format.js";

/**
 * @typedef {object} Setting  see words/settings.py
 * @property {string} field
 * @property {"choice" | "switch" | "number" | "text"} form
 * @property {string} label
 * @property {string | number | null} value
 * @property {Record<string, string>} names
 * @property {string} own  what a choice is called that has none of them
 * @property {number} low
 * @property {number} high
 * @property {number} step
 * @property {string} help
 * @property {string} teaches
 *
 * @typedef {(value: string | number) => void} Take
 * @typedef {{element: HTMLElement, control: HTMLElement, sync: (row: Setting) => void}} Control
 */

/** @type {Record<string, number>} */
const STEPS = { ArrowUp: 1, ArrowDown: -1 };

/** @type {Record<Setting["form"], (take: Take) => Control>} */
const FORMS = { choice: createChoice, switch: createSwitch, number: createNumber, text: (take) => createText(take) };

/**
 * Makes {element, sync(row, words), complain(what is wrong, or "")}.
 *
 * @param {string} field
 * @param {Setting["form"]} form
 * @param {(field: string, value: string | number) => void} change
 */
export function createSetting(field, form, change) {
  const { element: own, control, sync: write } = FORMS[form]((value) => change(field, value));
  const id = (/** @type {string} */ part) => `setting-${field}-${part}`;
  const label = el("label", { id: id("label"), for: form === "switch" ? null : id("control") });
  const help = el("p", { class: "more", id: id("help"), hidden: true });
  const ask = button({ class: "ask", "aria-controls": help.id, onclick: () => unfold(help.hasAttribute("hidden")) }, "?");
  const wrong = el("p", { class: "wrong", id: id("wrong"), role: "alert", hidden: true });
  const teaches = el("p", { class: "teaches", id: id("teaches") });
  put(control, "id", id("control"));
  put(control, "aria-labelledby", label.id);
  put(control, "aria-describedby", [wrong, teaches, help].map((node) => node.id).join(" "));
  const unfold = (/** @type {boolean} */ yes) => {
    put(help, "hidden", !yes);
    put(ask, "aria-expanded", String(yes));
  };
  unfold(false);
  const element = el("div", { class: "setting", "data-form": form }, el("div", null, label, ask), own, wrong, teaches, help);
  /** @param {Setting} row @param {Words} words */
  const sync = (row, words) => {
    put(label, "text", row.label);
    put(help, "text", row.help);
    put(ask, "hidden", !row.help);
    put(ask, "aria-label", words("page.about", { name: row.label }));
    put(teaches, "text", row.teaches);
    put(teaches, "hidden", !row.teaches);
    write(row);
  };
  const complain = (/** @type {string} */ text) => {
    put(wrong, "text", text);
    put(wrong, "hidden", !text);
    put(control, "aria-invalid", text ? "true" : null);
  };
  return { element, sync, complain };
}

/** @param {Take} take @returns {Control} */
function createChoice(take) {
  const select = el("select", { onchange: () => take(select.value) });
  const sync = (/** @type {Setting} */ { names, own, value }) => {
    const rows = [...(value === null ? [["", own]] : []), ...Object.entries(names)];
    grow(select, rows.length, () => el("option")).forEach((option, i) => {
      put(option, "value", rows[i][0]);
      put(option, "text", rows[i][1]);
    });
    select.value = String(value ?? "");
  };
  return { element: select, control: select, sync };
}

/** @param {Take} take @returns {Control} */
function createSwitch(take) {
  const group = el("div", { class: "switch", role: "group" });
  const onclick = (/** @type {Event} */ { currentTarget }) => take(/** @type {HTMLButtonElement} */ (currentTarget).value);
  const sync = (/** @type {Setting} */ { names, value }) => {
    const rows = Object.entries(names);
    grow(group, rows.length, () => button({ onclick })).forEach((one, i) => {
      put(one, "value", rows[i][0]);
      put(one, "text", rows[i][1]);
      put(one, "aria-pressed", String(rows[i][0] === value));
    });
  };
  return { element: group, control: group, sync };
}

/**
 * Makes a text: taken with Enter or on leaving, given back with Escape. `type` writes into it as a hand would, `done` takes that.
 *
 * @param {Take} take
 * @param {Record<string, unknown>} [more]  of the input
 */
function createText(take, more = {}) {
  let typed = false;
  let before = "";
  const show = () => {
    typed = false;
    input.value = before;
  };
  const done = () => {
    const text = input.value.trim();
    if (!typed || text === before) show();
    else take(text);
    typed = false;
  };
  const type = (/** @type {string} */ text) => {
    typed = true;
    input.value = text;
  };
  const onkeydown = (/** @type {KeyboardEvent} */ event) => {
    if (event.isComposing) return;
    if (event.key === "Enter") done();
    if (event.key !== "Escape" || !typed) return;
    event.preventDefault();
    show();
  };
  const oninput = () => type(input.value);
  const input = el("input", {
    type: "text",
    autocomplete: "off",
    spellcheck: "false",
    oninput,
    onkeydown,
    onblur: done,
    ...more,
  });
  const sync = (/** @type {Setting} */ { value }) => {
    before = String(value ?? "");
    if (!typed) show();
  };
  return { element: input, control: input, sync, type, done };
}

/**
 * Makes a number: a text, stepped by ↑ and ↓ and by two buttons. What it may be only the server knows.
 *
 * @param {Take} take
 * @returns {Control}
 */
function createNumber(take) {
  /** @type {Setting} */
  let row;
  const text = createText((typed) => take(Number.isFinite(parse(String(typed))) ? parse(String(typed)) : typed), {
    role: "spinbutton",
    inputmode: "decimal",
    onkeyup: (/** @type {KeyboardEvent} */ { key }) => key in STEPS && text.done(),
  });
  const step = (/** @type {number} */ direction) => {
    const typed = parse(text.control.value);
    const from = Number.isFinite(typed) ? typed : Number(row.value);
    const next = Number((from + direction * row.step).toFixed(9)); // 0.3, not 0.30000000000000004
    text.type(String(Math.max(row.low, Math.min(row.high, next))));
  };
  text.control.addEventListener("keydown", (event) => {
    if (!(event.key in STEPS)) return;
    event.preventDefault();
    step(STEPS[event.key]);
  });
  const onclick = (/** @type {number} */ direction) => () => {
    step(direction);
    text.done();
  };
  const press = (/** @type {number} */ direction, /** @type {string} */ sign) =>
    button({ "aria-hidden": "true", tabindex: -1, onclick: onclick(direction) }, sign); // a keyboard has ↑ and ↓
  const element = el("div", { class: "number" }, press(-1, "−"), text.control, press(1, "+"));
  const sync = (/** @type {Setting} */ now) => {
    row = now;
    text.sync(now);
    put(text.control, "aria-valuenow", now.value);
    put(text.control, "aria-valuemin", now.low);
    put(text.control, "aria-valuemax", now.high);
  };
  return { element, control: text.control, sync };
}
