/** The list of scenes being shown: one after the other, by Page Down and Page Up, and a bar that says where it is. */
import { button, el, icon, put } from "../base/dom.js";
import { home, settled, speaking } from "../base/links.js";
import { keptScenes } from "./kept_scenes_store.js";
import { setShown, shown } from "./presenting.js";

/**
 * @typedef {import("./kept_scenes_text.js").KeptScene} KeptScene
 * @typedef {import("./kept_scenes_text.js").MineWord} MineWord
 */

/** @type {Record<string, number>} */
const KEYS = { PageDown: 1, PageUp: -1 };
const TYPED =
  "textarea, select, dialog[open], [role='dialog'], [role='listbox'], [contenteditable]:not([contenteditable='false']), " +
  "input:not([type='range'], [type='checkbox'], [type='radio'], [type='button'])";
const BACK = "M15 5l-7 7 7 7";
const ON = "M9 5l7 7-7 7";

/**
 * Which scene of the list is shown, if any. There is one for the tab, whatever page it is on: a key pressed while one page
 * has gone and the next isn't there yet counts too.
 */
class Presentation {
  /** @type {View | null} */
  stage = null; // the one that is there
  sync = () => {}; // its bar
  /** @type {KeptScene | null} */
  wanted = null; // to be opened, at the latest in the next stage

  constructor() {
    /** @type {KeptScene | null} */
    this.scene = keptScenes().scenes[shown() ?? -1] ?? null;
    this.last = keptScenes().scenes;
    keptScenes().listen(() => this.follow());
    listen(this);
  }

  /**
   * @param {View} stage
   * @param {() => void} sync
   */
  enter(stage, sync) {
    this.stage = stage;
    this.sync = sync;
    if (this.wanted) this.open(this.wanted);
  }

  /** @param {View} stage */
  leave(stage) {
    if (this.stage !== stage) return;
    this.stage = null;
    this.sync = () => {};
  }

  /** @param {KeptScene | null} scene */
  remember(scene) {
    this.scene = scene;
    setShown(scene && keptScenes().scenes.indexOf(scene));
  }

  /** Stays at its scene after a change of the list: where it went, or what stands in its place now. */
  follow() {
    const { scenes } = keptScenes();
    let { scene } = this;
    if (scene && !scenes.includes(scene)) scene = scenes[Math.min(this.last.indexOf(scene), scenes.length - 1)] ?? null;
    this.last = scenes;
    this.remember(scene);
  }

  /** @param {KeptScene} scene */
  go(scene) {
    this.remember(scene);
    this.sync();
    this.open(scene);
  }

  /** @param {number} by */
  step(by) {
    const next = this.scene && keptScenes().scenes[keptScenes().scenes.indexOf(this.scene) + by];
    if (next) this.go(next);
  }

  stop() {
    this.wanted = null;
    this.remember(null);
    this.sync();
  }

  /**
   * Opens a scene of the list in this page, from its start; once, however often it is asked for meanwhile.
   *
   * @param {KeptScene} scene
   */
  async open(scene) {
    const { stage } = this;
    this.wanted = scene;
    if (!stage) return;
    await settled(stage); // or what was changed last would be sent after, and undo it
    if (this.wanted !== scene || this.stage !== stage) return;
    this.wanted = null;
    if (!stage.reducedMotion) stage.clock.set({ t: 0, playing: !stage.kind.waits, last: null }); // where it is the scene that is there already
    stage.visit(home(stage) + speaking(stage, scene.link));
  }
}

/** @type {Presentation | null} */
let one = null;
const thePresentation = () => (one ??= new Presentation());

/**
 * Makes the bar of a show: {element, sync(), present(), open(scene), shown(), destroy()}.
 *
 * @param {View} stage
 */
export function createShow(stage) {
  const show = thePresentation();
  const bar = createBar(stage, {
    step: (by) => show.step(by),
    again: () => show.scene && show.go(show.scene),
    stop: () => show.stop(),
  });
  const sync = () => {
    const { scene } = show;
    put(stage.root, "data-showing", scene !== null);
    if (!scene) {
      bar.element.remove();
      return;
    }
    bar.sync(scene);
    if (bar.element.parentElement !== stage.root) stage.root.append(bar.element);
  };
  show.enter(stage, sync);
  const destroy = () => {
    show.leave(stage);
    bar.element.remove();
  };
  return {
    element: bar.element,
    sync,
    present: () => show.go(keptScenes().scenes[0]),
    open: (/** @type {KeptScene} */ scene) => (show.scene ? show.go(scene) : show.open(scene)),
    shown: () => show.scene,
    destroy,
  };
}

/**
 * @param {View} stage
 * @param {{step: (by: number) => void, again: () => void, stop: () => void}} acts
 */
function createBar(stage, { step, again, stop }) {
  /** @type {import("./kept_scenes_text.js").MineWords} */
  const words = (key, values) => stage.words(`stage.mine.${key}`, values);
  const make = (/** @type {MineWord} */ key, /** @type {Node | string} */ picture, /** @type {() => void} */ onclick) =>
    button({ class: "round", title: words(key), "aria-label": words(key), onclick }, picture);
  const previous = make("previous", icon(BACK), () => step(-1));
  const next = make("next", icon(ON), () => step(1));
  const end = make("stop", "×", stop);
  const [count, title, note] = ["scene-count", "scene-title", "scene-note"].map((name) => el("span", { class: name }));
  const said = el("p", { role: "status" }, count, button({ class: "again", title: words("again"), onclick: again }, title), note);
  const element = el("nav", { class: "show-bar", "aria-label": words("shown") }, previous, said, next, end);
  const sync = (/** @type {KeptScene} */ scene) => {
    const { scenes } = keptScenes();
    const at = scenes.indexOf(scene);
    put(count, "text", words("place", { n: at + 1, count: scenes.length }));
    put(title, "text", scene.title);
    put(note, "text", scene.note);
    put(previous, "disabled", at === 0);
    put(next, "disabled", at === scenes.length - 1);
  };
  return { element, sync };
}

/**
 * Listens to the keys of a presenter's remote control, ahead of whatever else they mean on the page.
 *
 * @param {Presentation} show
 */
function listen(show) {
  const onkeydown = (/** @type {KeyboardEvent} */ event) => {
    const plain = !event.ctrlKey && !event.altKey && !event.metaKey && !event.shiftKey;
    const [target] = event.composedPath();
    if (!show.scene || !(event.key in KEYS) || !plain) return;
    if (document.querySelector("dialog[open]") || (target instanceof Element && target.closest(TYPED))) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (!event.repeat) show.step(KEYS[event.key]);
  };
  addEventListener("keydown", onkeydown, true);
}
