/** The scenes that a teacher keeps as a text: in this browser, and as a file for another one. */

/**
 * @typedef {{title: string, note: string, link: string}} KeptScene
 * @typedef {Under<"stage.mine">} MineWord
 * @typedef {Record<string, string | number>} Values
 * @typedef {(key: MineWord, values?: Values) => string} MineWords
 */

export const MOST = 100;
export const LONGEST = { title: 80, note: 400, link: 8000 }; // characters
const NAMES = /** @type {const} */ (["title", "note", "link"]);
export const MOST_BYTES = 4e6;
export const NAME = "speedup scenes"; // of the entry in the browser's storage, and in the file of the version
const VERSION = 1;
// A path of this app, of a page's name and a query, and nothing that a browser could take for another host or a script.
const LINK = /^(?:\/?[a-z][a-z_-]*|\/)?(?:\?[^\s\\#\p{Cc}]*)?$/u;

/** A list that isn't taken: `key` below [stage.mine.wrong], and what the sentence names. */
export class Refusal extends Error {
  /**
   * @param {Under<"stage.mine.wrong">} key
   * @param {Values} [vars]
   */
  constructor(key, vars = {}) {
    super(key);
    this.key = key;
    this.vars = vars;
  }
}

/**
 * Writes the text of a file, and of what is kept here.
 *
 * @param {KeptScene[]} scenes
 */
export function write(scenes) {
  const plain = scenes.map(({ title, note, link }) => ({ title, note, link }));
  return `${JSON.stringify({ [NAME]: VERSION, scenes: plain }, null, 2)}\n`;
}

/**
 * Reads the scenes of such a text. Throws a Refusal that says where it is damaged.
 *
 * @param {string} text
 */
export function read(text) {
  const { [NAME]: version, scenes } = object(parse(text)) ?? {};
  if (version === undefined) throw new Refusal("foreign", { name: NAME });
  if (version !== VERSION) throw new Refusal("version", { version: JSON.stringify(version).slice(0, 20), known: VERSION });
  if (!Array.isArray(scenes)) throw new Refusal("no_list");
  if (scenes.length > MOST) throw new Refusal("too_many", { count: scenes.length, most: MOST });
  return scenes.map((/** @type {unknown} */ scene, index) => check(scene, index + 1));
}

/**
 * Reads what stands in a file's bytes.
 *
 * @param {ArrayBuffer | Uint8Array} bytes
 */
export function decode(bytes) {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new Refusal("no_text");
  }
}

/**
 * @param {string} text
 * @returns {unknown}
 */
function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    throw new Refusal("no_json");
  }
}

/**
 * @param {unknown} value
 * @returns {Record<string, unknown> | null}
 */
const object = (value) =>
  typeof value === "object" && !Array.isArray(value) ? /** @type {Record<string, unknown>} */ (value) : null;

/**
 * @param {unknown} value
 * @param {number} n  which one of the list it is, from 1
 */
function check(value, n) {
  const scene = object(value);
  if (!scene) throw new Refusal("no_scene", { n });
  const [title, note, link] = NAMES.map((name) => {
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

/** Puts a text into one line. */
export const line = (/** @type {string} */ text) => text.replace(/\s+/g, " ").trim();
