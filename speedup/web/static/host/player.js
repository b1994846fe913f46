/** The page /play: the stage and a slim bar, without Streamlit, a socket or a session. Its address is its scene. */
import { el, put } from "../base/dom.js";
import { answers, fieldsOfScene } from "./host.js";
import { loadWords } from "../base/load.js";
import { carried } from "../stage/projector.js";
import { inPlayer, settled } from "../base/links.js";
import { Stage } from "../stage/stage.js";
import { visit } from "./visit.js";
import { enter } from "./history.js";
import { leadToApp } from "./whole_app.js";

const AGAIN = 2000; // milliseconds until a server that was away is asked again

/**
 * @typedef {object} Answer  of /api/scene: a scene, its link, and what in the link was wrong
 * @property {PageName} page
 * @property {string} lang
 * @property {Scene} scene
 * @property {string} query
 * @property {string[]} problems
 *
 * @typedef {{scene?: undefined, said: string}} Refusal  of a scene that can't be
 */

/** Starts it with what the server has written into the page. */
export function start() {
  const main = seek("main");
  main.replaceChildren();
  return new Player(main, JSON.parse(seek("#scene").textContent ?? ""));
}

/**
 * Finds what the page surely has.
 *
 * @param {string} selector
 */
const seek = (selector) => /** @type {HTMLElement} */ (document.querySelector(selector));

class Player {
  last = 0; // which question to the server was the last
  timer = 0;
  /** @type {Partial<Record<PageName, string>>} */
  kept = {}; // page -> its scene's query

  /**
   * @param {HTMLElement} main
   * @param {Answer & {base: string}} data
   */
  constructor(main, data) {
    this.main = main;
    this.home = new URL("../../", new URL(data.base, location.href));
    this.base = data.base;
    /** @type {Answer} */
    this.shown = data; // of the server's answers the one that is shown
    this.stage = this.stageOf(data);
    addEventListener("popstate", () => this.follow());
    document.addEventListener("click", (event) => this.click(event));
    if (fieldsOfScene().size) this.write(data);
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
    this.say(found.problems);
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
      offline: null,
      send: (commit) => this.commit(page, commit),
      alive: () => answers(this.home),
      watch: (changed) => {
        this.linked = changed;
        return () => clearTimeout(this.timer);
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
    const now = (this.last += 1);
    const body = JSON.stringify({ page, lang: this.shown.lang, scene });
    const found = await this.ask("", { method: "POST", body }).catch(() => null); // null: the server is away
    if (now !== this.last) return;
    if (!found) this.away();
    else if (!found.scene) this.show({ ...this.shown, problems: [found.said] }, id);
    else if (page === this.shown.page) {
      this.write(found);
      this.show(found, id);
    }
  }

  /** Shows what the address has become: by Back, by a link within the page. */
  async follow() {
    const now = (this.last += 1);
    const found = await this.ask(location.search).catch(() => null);
    if (now !== this.last) return;
    if (found?.scene) this.show(found);
    else this.stage.notice.show("notice.no_data", true);
  }

  /**
   * @param {string} search
   * @param {RequestInit} [options]
   * @returns {Promise<Answer | Refusal>}
   */
  async ask(search, options) {
    return (await fetch(new URL(`api/scene${search}`, this.home), options)).json();
  }

  /** The server is away: the stage is told, and again once it is back. */
  away() {
    this.linked(false);
    clearTimeout(this.timer);
    this.timer = setTimeout(async () => {
      if (await answers(this.home).catch(() => false)) this.linked(true);
      else this.away();
    }, AGAIN);
  }

  /**
   * Puts a scene into the address.
   *
   * @param {Answer} found
   */
  write({ page, query, lang }) {
    history.replaceState(history.state, "", this.address(page, query, lang));
  }

  /**
   * @param {string} page
   * @param {string} query
   * @param {string} lang
   */
  address(page, query, lang) {
    return carried(new URL(`${path(page, query)}&lang=${lang}`, this.home));
  }

  /**
   * Says in the bar's box what is wrong with the link.
   *
   * @param {string[]} problems
   */
  say(problems) {
    const box = seek(".problems");
    put(box, "hidden", !problems.length);
    box.replaceChildren(...problems.map((text) => el("p", null, text)));
  }

  /** Writes the bar's links and names, in the language. */
  async label() {
    const { page, query, lang } = this.shown;
    const words = await loadWords(this.base, lang);
    for (const link of document.querySelectorAll("[data-page]")) {
      const name = /** @type {PageName} */ (link.getAttribute("data-page"));
      put(link, "text", words(`page.${name}`));
      put(link, "aria-current", name === page ? "page" : null);
      put(link, "href", this.address(name, this.kept[name] ?? "", lang));
    }
    for (const link of document.querySelectorAll("[data-lang]")) {
      const other = link.getAttribute("data-lang") ?? "";
      put(link, "aria-current", other === lang ? "true" : null);
      put(link, "href", this.address(page, query, other));
    }
    leadToApp(this.home, this.shown, words);
    document.documentElement.lang = lang;
    document.title = `${words(`page.${page}`)} · speedup`;
  }

  /**
   * Follows a link of the bar within the page, once the address holds what was changed last.
   *
   * @param {MouseEvent} event
   */
  async click(event) {
    const link = event.target instanceof Element && event.target.closest("[data-page], [data-lang]");
    if (!(link instanceof HTMLAnchorElement) || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    await settled(this.stage);
    visit(link.href);
  }
}

/**
 * Tells where the player shows a scene: a part of another page goes on being one.
 *
 * @param {string} page
 * @param {string} query
 */
function path(page, query) {
  const embedded = new URLSearchParams(location.search).get("embed") === "1";
  return inPlayer(page, [embedded && "embed=1", query].filter(Boolean).join("&"));
}
