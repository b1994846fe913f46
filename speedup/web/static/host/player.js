// The page /play, or a file: the stage, a slim bar and a drawer, without Streamlit, a socket or a session. Its address is its scene.
// A file differs by its server, which is in it, and by what only a server has: see `offline` of a Host.
import { isFile, search } from "../base/address.js";
import { linkOf, say, writeBar } from "./bar.js";
import { Drawer } from "./drawer.js";
import { embed, embedded, path, strip, tellProblems } from "./embed.js";
import { fieldsOfScene } from "./host.js";
import { loadWords } from "../base/load.js";
import { OwnServer } from "./own_server.js";
import { carried } from "../stage/projector.js";
import { settled } from "../base/links.js";
import { Server } from "./server.js";
import { Stage } from "../stage/stage.js";
import { visit } from "./visit.js";
import { enter } from "./history.js";
import { leadToApp } from "./whole_app.js";

/** @typedef {import("./server.js").Answer} Answer */

const SIGHTS = ["view", "panel", "at"]; // looks that Back leads back to, as to pages and settings; what else is changed, undo takes back

/** Starts it with what the server has written into the page; a file looks into its address. */
export async function start() {
  const told = JSON.parse(seek("#scene").textContent ?? "");
  const server = isFile ? new OwnServer(told) : new Server(told);
  const found = await server.first();
  const main = seek("main");
  main.replaceChildren();
  if (embedded()) strip();
  return new Player(main, { ...told, ...found }, server);
}

/**
 * Finds what the page surely has.
 *
 * @param {string} selector
 */
const seek = (selector) => /** @type {HTMLElement} */ (document.querySelector(selector));

class Player {
  last = 0; // which question to the server was the last
  changing = Promise.resolve(); // until no setting is being changed
  /** @type {Partial<Record<PageName, string>>} */
  kept = {}; // page -> its scene's query

  /**
   * @param {HTMLElement} main
   * @param {Answer & {base: string}} data
   * @param {Server | OwnServer} server
   */
  constructor(main, data, server) {
    this.main = main;
    this.server = server;
    this.base = data.base;
    /** @type {Answer} */
    this.shown = data; // of the server's answers the one that is shown
    this.stage = this.stageOf(data);
    const opener = document.querySelector(".open"); // a part of another page has none
    this.drawer = opener instanceof HTMLElement ? new Drawer(opener, main, (...one) => this.change(...one)) : null;
    addEventListener("popstate", () => this.follow());
    document.addEventListener("click", (event) => this.click(event));
    if (fieldsOfScene().size || isFile) this.write(data);
    if (embedded()) embed(main);
    this.show(data);
  }

  /**
   * Shows what the server has read.
   *
   * @param {Answer} found
   * @param {string} [id]  of the commit that this answers; else it outweighs whatever was changed here
   */
  show(found, id) {
    const other = found.page !== this.shown.page;
    this.shown = found;
    this.kept[found.page] = found.query;
    if (other) {
      this.stage.destroy();
      this.stage = this.stageOf(found);
    }
    say(found.problems);
    if (embedded()) tellProblems(found.problems);
    this.label();
    this.stage.receive({ ...this.dataOf(found), id: id ?? this.stage.commits.id });
  }

  /**
   * Makes the stage of a page.
   *
   * @param {Answer} found
   */
  stageOf(found) {
    return new Stage({ parentElement: this.main, data: this.dataOf(found), host: this.hostOf(found.page) });
  }

  /**
   * @param {Answer} found
   * @returns {StageData}
   */
  dataOf({ page, scene, lang }) {
    return { kind: page, scene, lang, base: this.base, serial: "" };
  }

  /** Tells the stage that the server is lost or back. */
  linked = (/** @type {boolean} */ _connected) => {};

  /**
   * Makes the host of a stage that shows a page's scenes.
   *
   * @param {PageName} page
   * @returns {Host}
   */
  hostOf(page) {
    return {
      offline: isFile,
      send: (commit) => this.commit(page, commit),
      alive: () => this.server.alive(),
      watch: (changed) => {
        this.linked = changed;
        return () => this.server.stop();
      },
      place: () => ({ page, query: fieldsOfScene() }),
      path,
      scroller: () => document.scrollingElement,
      makeRoom() {},
      enter,
      visit,
    };
  }

  /**
   * Has the server write the address of a scene. What it refuses is said, and the scene before is shown again.
   *
   * @param {PageName} page
   * @param {Commit} commit
   */
  async commit(page, { id, scene }) {
    await this.changing;
    if (!this.stage.commits.unsaved) return; // it went along with a setting
    const now = (this.last += 1);
    const found = await this.server.post({ page, lang: this.shown.lang, scene });
    if (now !== this.last) return;
    if (!found) this.away();
    else if (!found.scene) this.show({ ...this.shown, problems: [found.said] }, id);
    else if (page === this.shown.page) {
      this.write(found, !embedded() && SIGHTS.some((name) => found.scene[name] !== this.shown.scene[name]));
      this.show(found, id);
    }
  }

  /**
   * Has the server change a setting, once those before are changed. The address before is one to go back to.
   *
   * @param {string} field
   * @param {string | number} value
   */
  change(field, value) {
    const stage = this.stage;
    this.changing = this.changing.then(() => this.changeNow(stage, { field, value }));
  }

  /**
   * @param {Stage} stage
   * @param {{field: string, value: string | number}} change
   */
  async changeNow(stage, change) {
    const { page, lang } = this.shown;
    let [now, id, found] = [0, "", /** @type {Awaited<ReturnType<Server["post"]>>} */ (null)];
    do {
      if (stage.gone) return; // for another page
      now = this.last += 1;
      id = stage.commits.id;
      const scene = stage.spec ? stage.commits.scene() : this.shown.scene;
      found = await this.server.post({ page, lang, scene, change });
    } while (found && id !== stage.commits.id); // the stage has changed meanwhile: again, with that
    if (now !== this.last) return; // the address has changed
    if (!found) {
      this.away();
      const words = await loadWords(this.base, lang);
      this.label({ field: change.field, said: words("page.away") });
    } else if (!found.scene) this.show({ ...this.shown, problems: [found.said] });
    else {
      this.write(found, found.query !== this.shown.query && !found.refused);
      this.show(found);
    }
  }

  /** Shows what the address has become: by Back, by a link within the page. */
  async follow() {
    const now = (this.last += 1);
    const found = await this.server.scene(search());
    if (now !== this.last) return;
    if (found?.scene && isFile) this.write(found); // it reads no other links
    if (found?.scene) this.show(found);
    else this.stage.notice.show("notice.no_data", true);
  }

  /** The server is away: the stage is told, and again once it is back. */
  away() {
    this.linked(false);
    this.server.back(() => this.linked(true));
  }

  /**
   * Puts a scene into the address.
   *
   * @param {Answer} found
   * @param {boolean} [further]  whether the one before is one to go back to
   */
  write({ page, query, lang }, further = false) {
    const address = this.address(page, query, lang);
    if (further) enter(address);
    else history.replaceState(history.state, "", address);
  }

  /**
   * @param {string} page
   * @param {string} query
   * @param {string} lang
   */
  address(page, query, lang) {
    return carried(new URL(`${path(page, query)}&lang=${lang}`, this.server.home));
  }

  /** Writes bar and drawer, in the language; `refused`: what of a setting can't be. */
  async label(refused = this.shown.refused) {
    const words = await loadWords(this.base, this.shown.lang);
    writeBar(this.shown, (page, lang) => this.address(page, this.kept[page] ?? "", lang), words);
    leadToApp(this.server.home, this.shown, words);
    this.drawer?.show({ ...this.shown, refused }, words);
  }

  /**
   * Follows a link of the bar within the page, once the address holds what was changed last.
   *
   * @param {MouseEvent} event
   */
  async click(event) {
    const link = linkOf(event);
    if (!link) return;
    event.preventDefault();
    await this.changing;
    await settled(this.stage);
    visit(link.href);
  }
}
