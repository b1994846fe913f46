/** The kept scenes as rows: title and note to be edited, a grip to drag, buttons to move, open and remove. */
import { button, el, icon, put } from "../base/dom.js";
import { keptScenes } from "./kept_scenes_store.js";
import { LONGEST } from "./kept_scenes_text.js";

/**
 * @typedef {import("./kept_scenes_text.js").KeptScene} KeptScene
 * @typedef {ReturnType<typeof createRow>} Row
 * @typedef {{open: (scene: KeptScene) => void, removed: (scene: KeptScene) => void, shown: () => KeptScene | null}} Actions  the panel's; shown: the scene being shown
 */

const GRIP = "M9 5v.01M15 5v.01M9 12v.01M15 12v.01M9 19v.01M15 19v.01";
const UP = "M6 15l6-6 6 6";
const DOWN = "M6 9l6 6 6-6";
const BIN = "M5 7h14M10 7V4h4v3M7 7l1 13h8l1-13M10.5 11v5M13.5 11v5";
/** @type {Record<string, number>} */
const ARROWS = { ArrowUp: -1, ArrowDown: 1 };

/**
 * Makes the list: {element, sync(), edit(scene)}.
 *
 * @param {View} stage
 * @param {Actions} actions
 */
export function createList(stage, actions) {
  /** @type {import("./kept_scenes_text.js").MineWords} */
  const words = (key, values) => stage.words(`stage.mine.${key}`, values);
  /** @type {Map<KeptScene, Row>} */
  const rows = new Map(); // scene -> row: a row stays with its scene, wherever that is moved
  const element = el("ol", { class: "mine-list" });
  const move = (/** @type {KeptScene} */ scene, /** @type {number} */ to) => {
    keptScenes().move(scene, to);
    rows.get(scene)?.element.scrollIntoView({ block: "nearest" });
  };
  const hold = createDrag(element, rows, move);
  const sync = () => {
    const { scenes } = keptScenes();
    for (const [scene, row] of rows) {
      if (scenes.includes(scene)) continue;
      row.element.remove();
      rows.delete(scene);
    }
    const focused = document.activeElement;
    scenes.forEach((scene, index) => {
      const row = rows.get(scene) ?? createRow(scene, { words, move, hold, ...actions });
      rows.set(scene, row);
      if (element.children[index] !== row.element) element.insertBefore(row.element, element.children[index] ?? null);
      row.sync(index, scenes.length);
    });
    if (focused instanceof HTMLElement && element.contains(focused) && focused !== document.activeElement) focused.focus(); // lost where it was moved
  };
  return { element, sync, edit: (/** @type {KeptScene} */ scene) => rows.get(scene)?.edit() };
}

/**
 * @param {KeptScene} scene
 * @param {Actions & {
 *   words: import("./kept_scenes_text.js").MineWords,
 *   move: (scene: KeptScene, to: number) => void,
 *   hold: (event: PointerEvent, scene: KeptScene) => void,
 * }} actions
 */
function createRow(scene, { words, move, hold, open, removed, shown }) {
  let at = 0;
  const make = (/** @type {string} */ picture, /** @type {() => void} */ onclick) =>
    button({ class: "round", onclick }, icon(picture));
  const onkeydown = (/** @type {KeyboardEvent} */ event) => {
    if (!(event.key in ARROWS)) return;
    event.preventDefault();
    move(scene, at + ARROWS[event.key]);
  };
  const onpointerdown = (/** @type {PointerEvent} */ event) => hold(event, scene);
  const number = el("span", null);
  const grip = el("button", { type: "button", class: "grip", onkeydown, onpointerdown }, icon(GRIP), number);
  const [title, note] = [createTitle(scene), createNote(scene, words("note"))];
  const up = make(UP, () => move(scene, at - 1));
  const down = make(DOWN, () => move(scene, at + 1));
  const remove = make(BIN, () => removed(scene));
  const go = button({ class: "outlined", onclick: () => open(scene) }, words("open"));
  const acts = el("div", { class: "acts" }, up, down, remove, go);
  const element = el("li", null, grip, el("div", { class: "texts" }, title, note), acts);
  const names = { grip_of: grip, up_of: up, down_of: down, remove_of: remove, open_of: go };
  const sync = (/** @type {number} */ index, /** @type {number} */ count) => {
    at = index;
    const values = { n: index + 1, title: scene.title };
    put(number, "text", String(index + 1));
    for (const key of /** @type {(keyof typeof names)[]} */ (Object.keys(names))) name(names[key], words(key, values));
    put(title, "aria-label", words("title_of", values));
    put(note, "aria-label", words("note_of", values));
    put(up, "disabled", index === 0);
    put(down, "disabled", index === count - 1);
    put(element, "aria-current", shown() === scene && "true");
  };
  const edit = () => {
    element.scrollIntoView({ block: "nearest" });
    title.focus();
    title.select();
  };
  return { element, sync, edit };
}

/** @param {KeptScene} scene */
function createTitle(scene) {
  const oninput = () => keptScenes().edit(scene, { title: title.value });
  const onblur = () => {
    title.value = scene.title;
  };
  const onkeydown = (/** @type {KeyboardEvent} */ { key, isComposing }) => key === "Enter" && !isComposing && title.blur();
  const looks = { type: "text", class: "scene-title", maxlength: LONGEST.title, value: scene.title };
  const title = el("input", { ...looks, oninput, onblur, onkeydown });
  return title;
}

/**
 * @param {KeptScene} scene
 * @param {string} placeholder
 */
function createNote(scene, placeholder) {
  const oninput = () => keptScenes().edit(scene, { note: note.value });
  const note = el("textarea", { class: "scene-note", rows: 1, maxlength: LONGEST.note, placeholder, oninput }, scene.note);
  return note;
}

/**
 * @param {Element} node
 * @param {string} text
 */
function name(node, text) {
  put(node, "aria-label", text);
  put(node, "title", text);
}

/**
 * Gives hold(event, scene): from a press on a row's grip on, the row follows the pointer past the others.
 *
 * @param {HTMLElement} list
 * @param {Map<KeptScene, Row>} rows
 * @param {(scene: KeptScene, to: number) => void} move
 */
function createDrag(list, rows, move) {
  /** @type {KeptScene | null} */
  let held = null;
  const mark = (/** @type {true | null} */ yes) => held && put(rows.get(held)?.element ?? list, "data-held", yes);
  const hold = (/** @type {PointerEvent} */ event, /** @type {KeptScene} */ scene) => {
    if (event.button !== 0 || !event.isPrimary) return;
    held = scene;
    list.setPointerCapture(event.pointerId); // not the row: it is taken out and put in again, and would lose it
    mark(true);
  };
  const drag = (/** @type {PointerEvent} */ { clientY }) => {
    if (!held) return;
    const above = (/** @type {[KeptScene, Row]} */ [scene, { element }]) => {
      const { top, bottom } = element.getBoundingClientRect();
      return scene !== held && (top + bottom) / 2 < clientY;
    };
    move(held, [...rows].filter(above).length);
  };
  const drop = () => {
    mark(null);
    held = null;
  };
  list.addEventListener("pointermove", drag);
  list.addEventListener("lostpointercapture", drop);
  return hold;
}
