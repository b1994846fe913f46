/** What a stage is apart from its scene: an element in a page with a host, a language and a theme. */
import { el } from "../base/dom.js";
import { createNotice } from "../base/notice.js";
import { Projector } from "./projector.js";

/** Stands in for what is there before any part is made. */
export const LATER = /** @type {never} */ (null);

export class Shell {
  /** @type {Tables} */
  tables = LATER;
  /** @type {Kernels} */
  kernels = LATER;
  /** @type {Words} */
  words = LATER;
  lang = "";
  /** @type {"light" | "dark"} */
  theme = "light";
  /** @type {Colours} */
  colours = LATER;
  gone = false;
  fresh = false; // whether the next scene is to be seen from its start
  help = () => {}; // opens the list of keys, once there are any

  /**
   * @param {Host} host
   * @param {StageData} data
   */
  constructor(host, data) {
    this.host = host;
    this.page = data.kind;
    this.base = new URL(data.base, location.href).href;
    this.api = new URL("../../api/", this.base).href;
    this.root = el("div", { class: "speedup-stage", "data-testid": "stage", "data-state": "loading" });
    this.notice = createNotice(this);
    this.root.append(this.notice.element);
    this.projector = new Projector(this, () => this.fit());
    this.reducedMotion = matchMedia("(prefers-reduced-motion: reduce)").matches;
  }

  /**
   * Opens a link of a scene in this page; it is seen from its start, even if it is shown already.
   *
   * @param {string} link
   */
  visit(link) {
    this.fresh = true;
    this.host.visit(link);
  }

  /** Tells whether a link was visited since this was asked last. */
  visited() {
    const { fresh } = this;
    this.fresh = false;
    return fresh;
  }

  /** Fits into what room there is. */
  fit() {}
}
