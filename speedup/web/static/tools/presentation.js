/** The list of scenes being shown: one after the other, by Page Down and Page Up, and a bar that says where it is. */
import { button, el, icon, put } from "../base/dom.js";
import { home, settled, speaking } from "../base/links.js";
import { shelf } from "./kept_scenes_store.js";
import { setShown, shown } from "./presenting.js";

const KEYS = { PageDown: 1, PageUp: -1 };
const TYPED =
  "textarea, select, dialog[open], [role='dialog'], [role='listbox'], [contenteditable]:not([contenteditable='false']), " +
  "input:not([type='range'], [type='checkbox'], [type='radio'], [type='button'])";
const BACK = "M15 5l-7 7 7 7";
const ON = "M9 5l7 7-7 7";

/** Which scene of the list is shown: null, or one of `shelf.scenes`. One for the tab, whatever page it is on. */
const show = { scene: null, turn: 0 };

function remember(scene) {
  show.scene = scene;
  setShown(scene && shelf.scenes.indexOf(scene));
}

show.scene = shelf.scenes[shown() ?? -1] ?? null;

/** After a change of the list: the scene shown is where it went, or what stands in its place now. */
let last = shelf.scenes;
shelf.listen(() => {
  if (show.scene && !shelf.scenes.includes(show.scene)) {
    const index = Math.min(last.indexOf(show.scene), shelf.scenes.length - 1);
    show.scene = shelf.scenes[index] ?? null;
  }
  last = shelf.scenes;
  remember(show.scene);
});

/** Opens a scene of the list in this page, from its start. */
export async function openScene(stage, scene) {
  show.turn += 1;
  const now = show.turn;
  await settled(stage); // or what was changed last would be sent after, and undo it
  if (now !== show.turn) return;
  if (!stage.still) stage.clock.set({ t: 0, playing: !stage.kind.waits, last: null }); // where it is the scene that is there already
  stage.anew = performance.now();
  stage.host.visit(home(stage) + speaking(stage, scene.link));
}

/** {element (the bar), sync(), present(), open(scene), shown(), destroy()}. */
export function createShow(stage) {
  const words = (key, vars) => stage.words(`stage.mine.${key}`, vars);
  const make = (key, picture, onclick) =>
    button({ class: "round", title: words(key), "aria-label": words(key), onclick }, picture);
  const go = (scene) => {
    remember(scene);
    sync();
    return openScene(stage, scene);
  };
  const step = (by) => {
    const next = shelf.scenes[shelf.scenes.indexOf(show.scene) + by];
    if (next) go(next);
  };
  const end = () => {
    remember(null);
    sync();
  };
  const [previous, next, stop] = [
    make("previous", icon(BACK), () => step(-1)),
    make("next", icon(ON), () => step(1)),
    make("stop", "×", end),
  ];
  const [count, title, note] = ["scene-count", "scene-title", "scene-note"].map((name) => el("span", { class: name }));
  const again = button({ class: "again", title: words("again"), onclick: () => go(show.scene) }, title);
  const said = el("p", { role: "status" }, count, again, note);
  const element = el("nav", { class: "show-bar", "aria-label": words("shown") }, previous, said, next, stop);
  const sync = () => {
    const { scene } = show;
    put(stage.root, "data-showing", scene !== null);
    if (!scene) return element.remove();
    const at = shelf.scenes.indexOf(scene);
    put(count, "text", words("place", { n: at + 1, count: shelf.scenes.length }));
    put(title, "text", scene.title);
    put(note, "text", scene.note);
    put(previous, "disabled", at === 0);
    put(next, "disabled", at === shelf.scenes.length - 1);
    if (element.parentElement !== stage.root) stage.root.append(element);
    return undefined;
  };
  const unlisten = listen(step);
  const destroy = () => {
    unlisten();
    element.remove();
  };
  return {
    element,
    sync,
    present: () => go(shelf.scenes[0]),
    open: (scene) => (show.scene ? go(scene) : openScene(stage, scene)),
    shown: () => show.scene,
    destroy,
  };
}

/** The keys of a presenter's remote control, ahead of whatever else they mean on the page. Returns what ends it. */
function listen(step) {
  const onkeydown = (event) => {
    const plain = !event.ctrlKey && !event.altKey && !event.metaKey && !event.shiftKey;
    const [target] = event.composedPath();
    if (!show.scene || !(event.key in KEYS) || !plain) return;
    if (document.querySelector("dialog[open]") || target.closest?.(TYPED)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (!event.repeat) step(KEYS[event.key]);
  };
  addEventListener("keydown", onkeydown, true);
  return () => removeEventListener("keydown", onkeydown, true);
}
