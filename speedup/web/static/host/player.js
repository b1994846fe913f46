/** The page /play: the stage and a slim bar, without Streamlit, a socket or a session. Its address is its scene. */
import { put } from "../base/dom.js";
import { answers, fieldsOfScene } from "./host.js";
import { loadWords } from "../base/load.js";
import { carried } from "../stage/projector.js";
import { settled } from "../base/links.js";
import { Stage } from "../stage/stage.js";
import { visit } from "./visit.js";
import { enter } from "./history.js";

const AGAIN = 2000; // milliseconds until a server that was away is asked again

/** Starts it with what the server has written into the page. */
export function start() {
  const main = document.querySelector("main");
  main.replaceChildren();
  return new Player(main, JSON.parse(document.querySelector("#scene").textContent));
}

class Player {
  /** `data`: {page, lang, scene, query, problems} as from /api/scene, and `base`. */
  constructor(main, data) {
    const home = new URL("../../", new URL(data.base, location.href));
    // shown: of the server's answers the one that is shown; last: which question was the last; kept: page -> its scene's query
    Object.assign(this, { main, home, base: data.base, stage: null, shown: null, last: 0, kept: {}, linked: null, timer: 0 });
    addEventListener("popstate", () => this.follow());
    document.addEventListener("click", (event) => this.click(event));
    if (fieldsOfScene().size) this.write(data);
    this.show(data);
  }

  /** Shows what the server has read. `id`: of the commit that this answers; else it outweighs whatever was changed here. */
  show(found, id) {
    const other = found.page !== this.shown?.page;
    this.shown = found;
    this.kept[found.page] = found.query;
    const data = { kind: found.page, scene: found.scene, lang: found.lang, base: this.base, serial: "" };
    if (other) {
      this.stage?.destroy();
      this.stage = new Stage({ parentElement: this.main, data, host: this.hostOf(found.page) });
    }
    this.say(found.problems);
    this.label();
    this.stage.receive({ ...data, id: id ?? this.stage.commits.id });
  }

  /** The host of a stage that shows a page's scenes. */
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

  /** Has the server write the address of a scene. What it refuses is said, and the scene before is shown again. */
  async commit(page, { id, scene }) {
    const now = (this.last += 1);
    const body = JSON.stringify({ page, lang: this.shown.lang, scene });
    const found = await this.ask("", { method: "POST", body }).catch(() => null);
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

  /** Puts a scene into the address. */
  write({ page, query, lang }) {
    history.replaceState(history.state, "", this.address(page, query, lang));
  }

  address(page, query, lang) {
    return carried(new URL(`${path(page, query)}&lang=${lang}`, this.home));
  }

  /** What is wrong with the link, in the bar's box. */
  say(problems) {
    const box = document.querySelector(".problems");
    put(box, "hidden", !problems.length);
    box.replaceChildren(...problems.map((text) => Object.assign(document.createElement("p"), { textContent: text })));
  }

  /** The bar's links and names, in the language. */
  async label() {
    const { page, query, lang } = this.shown;
    const words = await loadWords(this.base, lang);
    const to = (link, ...place) => put(link, "href", this.address(...place));
    for (const link of document.querySelectorAll("[data-page]")) {
      const name = link.dataset.page;
      put(link, "text", words(`page.${name}`));
      put(link, "aria-current", name === page ? "page" : null);
      to(link, name, this.kept[name] ?? "", lang);
    }
    for (const link of document.querySelectorAll("[data-lang]")) {
      put(link, "aria-current", link.dataset.lang === lang ? "true" : null);
      to(link, page, query, link.dataset.lang);
    }
    document.documentElement.lang = lang;
    document.title = `${words(`page.${page}`)} · speedup`;
  }

  /** A link of the bar is followed within the page, once the address holds what was changed last. */
  async click(event) {
    const link = event.target.closest?.("[data-page], [data-lang]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    await settled(this.stage);
    visit(link.href);
  }
}

/** Where the player shows a scene: a part of another page goes on being one. */
function path(page, query) {
  const embedded = new URLSearchParams(location.search).get("embed") === "1";
  return `play?page=${page}${embedded ? "&embed=1" : ""}${query && "&"}${query}`;
}
