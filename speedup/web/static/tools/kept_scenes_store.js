/** The scenes that a teacher keeps, {title, note, link} each: in this browser, and as a file for another one. */
import { whereBroken } from "./json_place.js";

export const MOST = 100;
export const LONGEST = { title: 80, note: 400, link: 8000 }; // characters
export const MOST_BYTES = 4e6;
const NAME = "speedup scenes"; // of the entry in the browser's storage, and in the file of the version
const VERSION = 1;
// A path of this app, of a page's name and a query, and nothing that a browser could take for another host or a script.
const LINK = /^(?:\/?[a-z][a-z_-]*|\/)?(?:\?[^\s\\#\p{Cc}]*)?$/u;

/** A list that isn't taken: `key` below [stage.mine.wrong], and what the sentence names. */
export class Refusal extends Error {
  constructor(key, vars = {}) {
    super(key);
    Object.assign(this, { key, vars });
  }
}

/** The text of a file, and of what is kept here. */
export function write(scenes) {
  const plain = scenes.map(({ title, note, link }) => ({ title, note, link }));
  return `${JSON.stringify({ [NAME]: VERSION, scenes: plain }, null, 2)}\n`;
}

/** The scenes of such a text. Throws a Refusal that says where it is damaged. */
export function read(text) {
  const { [NAME]: version, scenes } = object(parse(text)) ?? {};
  if (version === undefined) throw new Refusal("foreign", { name: NAME });
  if (version !== VERSION) throw new Refusal("version", { version: JSON.stringify(version).slice(0, 20), known: VERSION });
  if (!Array.isArray(scenes)) throw new Refusal("no_list");
  if (scenes.length > MOST) throw new Refusal("too_many", { count: scenes.length, most: MOST });
  return scenes.map((scene, index) => check(scene, index + 1));
}

/** What stands in a file's bytes. */
export function decode(bytes) {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new Refusal("no_text");
  }
}

function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    throw new Refusal("no_json", whereBroken(text) ?? { line: 1, column: 1 });
  }
}

const object = (value) => (typeof value === "object" && !Array.isArray(value) ? value : null);

function check(scene, n) {
  if (!object(scene)) throw new Refusal("no_scene", { n });
  const [title, note, link] = ["title", "note", "link"].map((name) => {
    const value = scene[name] ?? (name === "note" ? "" : undefined);
    if (value === undefined) throw new Refusal("missing", { n, name });
    if (typeof value !== "string") throw new Refusal("kind", { n, name });
    if (value.length > LONGEST[name]) throw new Refusal("long", { n, name, length: value.length, most: LONGEST[name] });
    return name === "note" ? value.trim() : line(value);
  });
  if (!title) throw new Refusal("missing", { n, name: "title" });
  if (!link || !LINK.test(link)) throw new Refusal("link", { n });
  return { title, note, link: link.replace(/^\//, "") || "?" };
}

/** A text in one line. */
export const line = (text) => text.replace(/\s+/g, " ").trim();

/** The list, kept in `storage()`, which may throw; then it lasts as long as the page. */
export class Shelf {
  constructor(storage) {
    Object.assign(this, { storage, scenes: [], before: null, trouble: null, listeners: new Set() });
    this.load();
  }

  /** Calls back after every change; returns what ends that. */
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

  /** Changes the list; `undoable`: what it was can be had back, until it is changed again. */
  set(scenes, undoable = false) {
    this.before = undoable ? this.scenes : null;
    this.scenes = scenes;
    this.save();
  }

  undo() {
    if (this.before) this.set(this.before);
  }

  add(scenes, undoable = false) {
    const count = this.scenes.length + scenes.length;
    if (count > MOST) throw new Refusal("too_many", { count, most: MOST });
    this.set([...this.scenes, ...scenes], undoable);
  }

  remove(scene) {
    this.set(
      this.scenes.filter((one) => one !== scene),
      true,
    );
  }

  /** Moves a scene to an index, or as near as there is one. */
  move(scene, index) {
    const others = this.scenes.filter((one) => one !== scene);
    const to = Math.max(0, Math.min(others.length, index));
    if (this.scenes[to] !== scene) this.set(others.toSpliced(to, 0, scene));
  }

  /** Takes over a title or a note as it is typed; an empty title isn't one. */
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

  /** Null, or why that can't be kept. */
  keep(name, text) {
    try {
      this.storage().setItem(name, text);
      return null;
    } catch ({ name: kind }) {
      return { key: kind === "QuotaExceededError" ? "full" : "forbidden" };
    }
  }

  /** A `storage` event: another tab has changed the list. */
  heard({ key }) {
    if (key === NAME || key === null) this.load();
  }

  tell() {
    for (const changed of this.listeners) changed();
  }
}

/** The list of this browser. */
export const shelf = new Shelf(() => localStorage);
addEventListener("storage", (event) => shelf.heard(event));
