/** The kept scenes as rows: title and note to be edited, a grip to drag, buttons to move, open and remove. */
import { button, el, icon, put } from "../base/dom.js";
import { LONGEST, shelf } from "./kept_scenes_store.js";

const GRIP = "M9 5v.01M15 5v.01M9 12v.01M15 12v.01M9 19v.01M15 19v.01";
const UP = "M6 15l6-6 6 6";
const DOWN = "M6 9l6 6 6-6";
const BIN = "M5 7h14M10 7V4h4v3M7 7l1 13h8l1-13M10.5 11v5M13.5 11v5";
const ARROWS = { ArrowUp: -1, ArrowDown: 1 };

/** {element, sync(), edit(scene)}. `open(scene)`, `removed(scene)` and `shown()`, the scene being shown, are the panel's. */
export function createList(stage, actions) {
  const words = (key, vars) => stage.words(`stage.mine.${key}`, vars);
  const rows = new Map(); // scene -> row: a row stays with its scene, wherever that is moved
  const element = el("ol", { class: "mine-list" });
  const move = (scene, to) => {
    shelf.move(scene, to);
    rows.get(scene).element.scrollIntoView({ block: "nearest" });
  };
  const hold = createDrag(element, rows, move);
  const sync = () => {
    const { scenes } = shelf;
    for (const [scene, row] of rows) {
      if (scenes.includes(scene)) continue;
      row.element.remove();
      rows.delete(scene);
    }
    const focused = document.activeElement;
    scenes.forEach((scene, index) => {
      if (!rows.has(scene)) rows.set(scene, createRow(scene, { words, move, hold, ...actions }));
      const row = rows.get(scene);
      if (element.children[index] !== row.element) element.insertBefore(row.element, element.children[index] ?? null);
      row.sync(index, scenes.length);
    });
    if (element.contains(focused) && focused !== document.activeElement) focused.focus(); // lost where it was moved
  };
  return { element, sync, edit: (scene) => rows.get(scene)?.edit() };
}

function createRow(scene, { words, move, hold, open, removed, shown }) {
  let at = 0;
  const make = (picture, onclick) => button({ class: "round", onclick }, icon(picture));
  const type =
    (name) =>
    ({ target }) =>
      shelf.edit(scene, { [name]: target.value });
  const onkeydown = (event) => {
    if (!(event.key in ARROWS)) return;
    event.preventDefault();
    move(scene, at + ARROWS[event.key]);
  };
  const number = el("span", null);
  const grip = el(
    "button",
    { type: "button", class: "grip", onkeydown, onpointerdown: (event) => hold(event, scene) },
    icon(GRIP),
    number,
  );
  const title = el("input", {
    type: "text",
    class: "scene-title",
    maxlength: LONGEST.title,
    value: scene.title,
    oninput: type("title"),
    onblur: () => {
      title.value = scene.title;
    },
    onkeydown: ({ key, isComposing }) => key === "Enter" && !isComposing && title.blur(),
  });
  const note = el(
    "textarea",
    { class: "scene-note", rows: 1, maxlength: LONGEST.note, placeholder: words("note"), oninput: type("note") },
    scene.note,
  );
  const [up, down, bin] = [
    make(UP, () => move(scene, at - 1)),
    make(DOWN, () => move(scene, at + 1)),
    make(BIN, () => removed(scene)),
  ];
  const go = button({ class: "framed", onclick: () => open(scene) }, words("open"));
  const element = el(
    "li",
    null,
    grip,
    el("div", { class: "texts" }, title, note),
    el("div", { class: "acts" }, up, down, bin, go),
  );
  const names = { grip, up, down, remove: bin, open: go };
  const sync = (index, count) => {
    at = index;
    put(number, "text", String(index + 1));
    for (const [key, node] of Object.entries(names)) name(node, words(`${key}_of`, { n: index + 1, title: scene.title }));
    put(title, "aria-label", words("title_of", { n: index + 1 }));
    put(note, "aria-label", words("note_of", { n: index + 1 }));
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

function name(node, text) {
  put(node, "aria-label", text);
  put(node, "title", text);
}

/** hold(event, scene): from a press on a row's grip on, the row follows the pointer past the others. */
function createDrag(list, rows, move) {
  let held = null;
  const hold = (event, scene) => {
    if (event.button !== 0 || !event.isPrimary) return;
    held = scene;
    list.setPointerCapture(event.pointerId); // not the row: it is taken out and put in again, and would lose it
    put(rows.get(scene).element, "data-held", true);
  };
  const drag = ({ clientY }) => {
    if (!held) return;
    const above = ([scene, { element }]) => {
      const { top, bottom } = element.getBoundingClientRect();
      return scene !== held && (top + bottom) / 2 < clientY;
    };
    move(held, [...rows].filter(above).length);
  };
  const drop = () => {
    if (held) put(rows.get(held)?.element ?? list, "data-held", null);
    held = null;
  };
  list.addEventListener("pointermove", drag);
  list.addEventListener("lostpointercapture", drop);
  return hold;
}
