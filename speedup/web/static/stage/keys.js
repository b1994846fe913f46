/** The keys of the stage, and the overlay that lists them. */
import { createDialog } from "../base/dialog.js";
import { el, toggleFullScreen } from "../base/dom.js";
import { tell } from "../base/page_attributes.js";

const TYPING = "textarea, select, [contenteditable]:not([contenteditable='false']), dialog, [role='dialog']";
const TYPED = "input:not([type='range'], [type='checkbox'], [type='radio'], [type='button'])";
const FOREIGN = "a, button, input, [role]:not([role='main'], [role='region']), [tabindex]:not(main, [tabindex='-1'])"; // widgets, not the page itself
const CLOSED = "[role='combobox'][aria-expanded='false']";
const LEFT = `button, a, summary, [role='radio'], ${CLOSED}`; // after a click these keep the focus, but want no keys
const PRESSED = "button:not(.start, .cross), a, input[type='checkbox'], input[type='radio'], summary";
const ENDS = ["Home", "End"];
const SLID = ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "Home", "End", "PageUp", "PageDown"];

/**
 * Makes a part without anything to draw: {element (the overlay), help(), which opens it, and what parts have}.
 *
 * @param {View} stage
 */
export function createKeys(stage) {
  const help = createHelp(stage);
  const actions = createActions(stage);
  const unlisten = listen(stage, (event, left) => {
    if (event.defaultPrevented || event.isComposing || !stage.root.isConnected) return false;
    const target = targetOf(event);
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    const command = event.ctrlKey || event.metaKey;
    const undo = command && !event.shiftKey && !event.altKey && key === "z";
    const plain = !command && !event.altKey;
    const act = undo ? () => stage.undo() : plain && actions[key];
    const leaves = stage.kind.lesson && event.key.startsWith("Page") && target?.matches("input"); // a remote control's
    if (!act || (!left && !leaves && taken(target, event.key, stage.root))) return false;
    event.preventDefault();
    if (!event.repeat || key.startsWith("Arrow")) act();
    return true;
  });
  const destroy = () => {
    unlisten();
    help.element.remove();
  };
  return { element: help.element, help: help.toggle, sync() {}, frame() {}, destroy };
}

/**
 * Hands every key of a stage to handle(event, left), which says whether it was one of the stage's; returns what ends it. `left`: the
 * focus is only where a click has left it, on a button, a closed list or a slider: that then loses the focus.
 *
 * @param {View} stage
 * @param {(event: KeyboardEvent, left: boolean) => boolean} handle
 */
function listen(stage, handle) {
  const ends = new AbortController();
  const { signal } = ends;
  let tabbed = false; // the focus was moved with the keyboard: then it is wanted where it is
  const tab = (/** @type {boolean} */ yes) => {
    tabbed = yes;
    tell(stage, "data-tabbed", yes);
  };
  const first = (/** @type {KeyboardEvent} */ event) => {
    if (event.key === "Tab") tab(true);
    const target = targetOf(event);
    if (tabbed || !target || !isLeft(target, event.key) || !handle(event, true)) return;
    event.stopPropagation();
    target.blur();
  };
  const last = (/** @type {KeyboardEvent} */ event) => {
    const typed = !handle(event, false) && event.key === "Enter" ? targetOf(event) : null;
    if (typed?.matches("input[type='number']")) typed.blur(); // taken
  };
  const chosen = (/** @type {Event} */ { target }) => !tabbed && target instanceof HTMLSelectElement && target.blur();
  document.addEventListener("pointerdown", () => tab(false), { signal, capture: true });
  document.addEventListener("keydown", first, { signal, capture: true });
  document.addEventListener("keydown", last, { signal });
  document.addEventListener("change", chosen, { signal });
  return () => ends.abort();
}

/**
 * Gives the element that an event is about, however deep; null for the page itself.
 *
 * @param {Event} event
 */
function targetOf(event) {
  const [target] = event.composedPath();
  return target instanceof HTMLElement || target instanceof SVGElement ? target : null;
}

/**
 * Tells whether an element has the focus only from a click and wants no such key.
 *
 * @param {Element} target
 * @param {string} key
 */
const isLeft = (target, key) =>
  !target.closest(TYPING) && (target.matches(LEFT) || (target.matches("input[type='range']") && ENDS.includes(key))); // a slider keeps its arrows

/**
 * Tells whether the key belongs to what has the focus: a field, a dialog, a slider's arrows, a button's space.
 *
 * @param {Element | null} target
 * @param {string} key
 * @param {HTMLElement} root
 */
function taken(target, key, root) {
  if (!target) return false;
  if (target.closest(TYPING) || target.matches(TYPED)) return true;
  if (!root.contains(target)) {
    const pressed = target.matches("button, a, summary") && !SLID.includes(key);
    return pressed ? key === " " || key === "Enter" : target.matches(FOREIGN);
  }
  if (target.matches("input[type='range']")) return SLID.includes(key);
  return target.matches(PRESSED) && (key === " " || key === "Enter");
}

/**
 * @param {View} stage
 * @returns {Record<string, () => void>}
 */
function createActions(stage) {
  const { clock } = stage;
  const flip = (/** @type {number} */ index) =>
    stage.spec.lanes[index] &&
    stage.change(
      (spec) => {
        spec.lanes[index].on = !spec.lanes[index].on;
      },
      { commit: true },
    );
  const digits = Array.from({ length: 9 }, (_, index) => [String(index + 1), () => flip(index)]);
  return {
    " ": () => clock.toggle(),
    ArrowLeft: () => clock.step(-1),
    ArrowRight: () => clock.step(1),
    ",": () => clock.step(-1), // where the arrows turn pages
    ".": () => clock.step(1),
    Home: () => clock.seek(0),
    End: () => clock.seek(stage.spec.steps),
    l: () => clock.set({ loop: !clock.loop }),
    f: () => toggleFullScreen(stage.root),
    p: () => stage.projector.toggle(),
    "?": () => stage.help(),
    "？": () => stage.help(), // as a Chinese keyboard writes it
    ...stage.kind.keys(stage),
    ...Object.fromEntries(digits),
  };
}

/** @param {View} stage */
function createHelp(stage) {
  const words = (/** @type {Under<"stage.keys">} */ name) => stage.words(`stage.keys.${name}`);
  const key = (/** @type {string[]} */ ...names) => names.map((name) => el("kbd", null, name));
  /** @type {Partial<Record<Under<"stage.keys">, Node[]>>} */
  const lines = {
    play_pause: key(words("space")),
    steps: key("←", "→"),
    ends: key("Home", "End"),
    view: key("V"),
    zoom: key("+", "−", "0"),
    zoom_picture: key("+", "−", "0"),
    panel: key("I"),
    lanes: key("1 – 9"),
    loop: key("L"),
    full_screen: key("F"),
    projector: key("P"),
    undo: key("Ctrl", "Z"),
    help: key("?"),
  };
  if (stage.kind.keys(stage).v) {
    delete lines.zoom_picture;
  } else {
    delete lines.view;
    delete lines.zoom;
  }
  if (stage.tables.panels[stage.kind.name].length === 1) delete lines.panel;
  if (stage.kind.lesson) Object.assign(lines, { steps: key(",", "."), scenes: key("←", "→", "PgUp", "PgDn") });
  const list = /** @type {[Under<"stage.keys">, Node[]][]} */ (Object.entries(lines)).flatMap(([name, keys]) => [
    el("dt", null, keys),
    el("dd", null, words(name)),
  ]);
  return createDialog(stage, { name: "help", title: words("title") }, el("dl", null, list), el("p", null, words("note")));
}
