/** The player's drawer: a page's settings, beside the stage where there is room for both, else over it. */
import { button, el, put } from "../base/dom.js";
import { createSetting } from "./setting.js";

const WIDE = "(min-width: 1100px)"; // as in drawer.css
const SUBJECTS = ["surface", "dataset"]; // fields whose value says what a page shows

/**
 * @typedef {{field: string, said: string}} Refused  a setting that was to have a value which it can't have
 *
 * @typedef {object} Shown  of what the server answers, what a drawer shows
 * @property {PageName} page
 * @property {import("./setting.js").Setting[]} settings
 * @property {Refused} [refused]
 */

export class Drawer {
  page = "";
  /** @type {ReturnType<typeof createSetting>[]} */
  rows = [];
  wide = matchMedia(WIDE);
  title = el("h2");
  list = el("div", { class: "list" });
  cross = button({ class: "cross", onclick: () => this.element.close() }, "×");
  element = el("dialog", { id: "settings" }, el("div", { class: "top" }, this.title, this.cross), this.list);

  /**
   * @param {HTMLElement} opener  the bar's button
   * @param {HTMLElement} main  the drawer stands before it
   * @param {(field: string, value: string | number) => void} change
   */
  constructor(opener, main, change) {
    this.opener = opener;
    this.change = change;
    main.before(this.element);
    put(opener, "aria-controls", this.element.id);
    opener.addEventListener("click", (event) => (this.element.open ? this.element.close() : this.open(event.detail > 0)));
    this.element.addEventListener("close", () => this.sync());
    this.element.addEventListener("click", ({ target }) => target === this.element && this.element.close()); // beside it
    this.wide.addEventListener("change", () => this.arrange());
    document.addEventListener("keydown", (event) => this.key(event));
  }

  /** @param {boolean} pointed  by a mouse: then the keys go on being the stage's */
  open(pointed = false) {
    if (this.wide.matches) this.element.show();
    else this.element.showModal();
    this.sync();
    if (this.wide.matches && pointed) /** @type {HTMLElement} */ (document.activeElement).blur();
  }

  /** The window has become wide or narrow. */
  arrange() {
    if (!this.element.open) return;
    this.element.close();
    this.open();
  }

  /** Says to the page whether it is open, and whether it needs room beside the stage. */
  sync() {
    const { open } = this.element;
    put(this.opener, "aria-expanded", String(open));
    put(document.documentElement, "data-drawer", open && this.wide.matches);
  }

  /**
   * Closes on Escape; over other things the browser does.
   *
   * @param {KeyboardEvent} event
   */
  key(event) {
    if (event.key !== "Escape" || event.defaultPrevented || !this.element.open || document.querySelector("dialog:modal")) return;
    const inside = this.element.contains(document.activeElement);
    this.element.close();
    if (inside) this.opener.focus();
  }

  /**
   * Shows the settings of a scene.
   *
   * @param {Shown} shown
   * @param {Words} words
   */
  show({ page, settings, refused }, words) {
    if (page !== this.page) {
      this.page = page;
      this.rows = settings.map(({ field, form }) => createSetting(field, form, this.change));
      this.list.replaceChildren(...this.rows.map(({ element }) => element));
      if (!settings.length) this.element.close();
    }
    put(this.opener, "hidden", !settings.length);
    const [name, subject] = this.opener.children;
    const row = settings.find(({ field }) => SUBJECTS.includes(field));
    put(name, "text", words("page.settings"));
    put(subject, "text", row?.names[row.value ?? ""] ?? "");
    put(this.title, "text", words("page.settings"));
    put(this.element, "aria-label", words("page.settings"));
    put(this.cross, "aria-label", words("stage.close"));
    settings.forEach((row, i) => {
      this.rows[i].sync(row, words);
      this.rows[i].complain(refused?.field === row.field ? refused.said : "");
    });
  }
}
