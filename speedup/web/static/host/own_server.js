/** The server of a page that is one file: it answers as /api/scene would, with what the file has inside, see speedup/web/offline.py. */
import { search } from "../base/address.js";
import { loadJson, loadTables } from "../base/load.js";
import { homeOf } from "./host.js";
import { changed, shown } from "./own_settings.js";

/**
 * @typedef {import("./server.js").Answer} Answer
 * @typedef {Omit<Answer, "settings"> & {settings: import("./own_settings.js").OwnSetting[]}} Told  of a page, in a language
 */

export class OwnServer {
  /** @param {{page: PageName, lang: string, base: string}} file  what it is about, the folder of the assets */
  constructor(file) {
    this.file = file;
    this.home = homeOf(file);
  }

  /** @returns {Promise<Record<string, Record<PageName, Told>>>} */
  all() {
    return loadJson(`${this.file.base}scenes.json`);
  }

  /** Gives the first scene. */
  first() {
    return this.scene(search());
  }

  async alive() {
    return true;
  }

  back() {}

  stop() {}

  /**
   * Gives the scene of a link; what it doesn't say is the file's.
   *
   * @param {string} link
   */
  async scene(link) {
    const [all, asked] = [await this.all(), new URLSearchParams(link.slice(1))];
    const pages = all[asked.get("lang") ?? ""] ?? all[this.file.lang];
    const told = pages[/** @type {PageName} */ (asked.get("page"))] ?? pages[this.file.page];
    return answer(told, sceneIn(asked, told.page) ?? told.scene);
  }

  /**
   * Gives the link of a scene that the stage has made, or that with a setting changed.
   *
   * @param {Parameters<import("./server.js").Server["post"]>[0]} sent
   * @returns {Promise<Answer>}
   */
  async post({ page, lang, scene, change }) {
    const told = (await this.all())[lang][page];
    const row = told.settings.find(({ field }) => field === change?.field);
    if (!change || !row) return answer(told, scene);
    const next = changed(page, row, scene, change.value, (await loadTables(this.file.base, lang)).tables);
    if (next) return answer(told, next);
    const said = row.refusal.replace("{value}", () => String(change.value));
    return { ...answer(told, scene), refused: { field: row.field, said } };
  }
}

/**
 * @param {Told} told
 * @param {Scene} scene
 * @returns {Answer}
 */
function answer(told, scene) {
  const query = String(new URLSearchParams({ json: JSON.stringify(scene) }));
  return { ...told, scene, query, settings: told.settings.map((row) => shown(told.page, row, scene)) };
}

/**
 * Gives the scene of a link, as `answer` has written it; null if there is none.
 *
 * @param {URLSearchParams} asked
 * @param {PageName} page
 * @returns {Scene | null}
 */
function sceneIn(asked, page) {
  try {
    const scene = JSON.parse(asked.get("json") ?? "null");
    if (page !== "lesson") delete scene?.at; // left for another page
    return scene;
  } catch {
    return null; // somebody has cut it off
  }
}
