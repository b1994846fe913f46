/** The scenes that a teacher keeps in this browser. */
import { MOST, NAME, Refusal, line, read, write } from "./kept_scenes_text.js";

/** @typedef {import("./kept_scenes_text.js").KeptScene} KeptScene */

/** The list, kept in `storage()`, which may throw; then it lasts as long as the page. */
class KeptScenes {
  /** @type {KeptScene[]} */
  scenes = [];
  /** @type {KeptScene[] | null} */
  before = null; // what they were, as long as that can be had back
  /** @type {{key: Under<"stage.mine.trouble">, why?: Refusal} | null} */
  trouble = null;
  /** @type {Set<() => void>} */
  listeners = new Set();

  /** @param {() => Storage} storage */
  constructor(storage) {
    this.storage = storage;
    this.load();
  }

  /**
   * Calls back after every change; returns what ends that.
   *
   * @param {() => void} changed
   */
  listen(changed) {
    this.listeners.add(changed);
    return () => this.listeners.delete(changed);
  }

  /** Reads what is kept: at the start, and when another tab has changed it. */
  load() {
    this.before = this.trouble = null;
    let text = null;
    try {
      text = this.storage().getItem(NAME);
      this.scenes = text === null ? [] : read(text);
    } catch (error) {
      this.scenes = [];
      this.trouble = error instanceof Refusal ? { key: "damaged", why: error } : { key: "forbidden" };
      if (text !== null) this.keep(`${NAME}, damaged`, text);
    }
    this.tell();
  }

  /**
   * Changes the list; `undoable`: what it was can be had back, until it is changed again.
   *
   * @param {KeptScene[]} scenes
   */
  set(scenes, undoable = false) {
    this.before = undoable ? this.scenes : null;
    this.scenes = scenes;
    this.save();
  }

  undo() {
    if (this.before) this.set(this.before);
  }

  /** @param {KeptScene[]} scenes */
  add(scenes, undoable = false) {
    const count = this.scenes.length + scenes.length;
    if (count > MOST) throw new Refusal("too_many", { count, most: MOST });
    this.set([...this.scenes, ...scenes], undoable);
  }

  /** @param {KeptScene} scene */
  remove(scene) {
    this.set(
      this.scenes.filter((one) => one !== scene),
      true,
    );
  }

  /**
   * Moves a scene to an index, or as near as there is one.
   *
   * @param {KeptScene} scene
   * @param {number} index
   */
  move(scene, index) {
    const others = this.scenes.filter((one) => one !== scene);
    const to = Math.max(0, Math.min(others.length, index));
    if (this.scenes[to] !== scene) this.set(others.toSpliced(to, 0, scene));
  }

  /**
   * Takes over a title or a note as it is typed; an empty title isn't one.
   *
   * @param {KeptScene} scene
   * @param {Partial<KeptScene>} values
   */
  edit(scene, values) {
    const { title } = { ...scene, ...values };
    if (!line(title)) return;
    Object.assign(scene, values);
    this.save();
  }

  save() {
    this.trouble = this.keep(NAME, write(this.scenes));
    this.tell();
  }

  /**
   * Keeps a text; gives null, or why that can't be.
   *
   * @param {string} name
   * @param {string} text
   * @returns {{key: "full" | "forbidden"} | null}
   */
  keep(name, text) {
    try {
      this.storage().setItem(name, text);
      return null;
    } catch (error) {
      return { key: /** @type {Error} */ (error).name === "QuotaExceededError" ? "full" : "forbidden" };
    }
  }

  /**
   * Hears a `storage` event: another tab has changed the list.
   *
   * @param {{key: string | null}} event
   */
  heard({ key }) {
    if (key === NAME || key === null) this.load();
  }

  tell() {
    for (const changed of this.listeners) changed();
  }
}

/** @type {KeptScenes | null} */
let own = null;

/** Gives the list of this browser. */
export function keptScenes() {
  if (own) return own;
  const found = new KeptScenes(() => localStorage);
  addEventListener("storage", (event) => found.heard(event));
  own = found;
  return found;
}
