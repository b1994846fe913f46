// The stage: what runs, its transport, its loss and its lanes. This module makes the parts and has the loop that draws
// them; state.js is what they show, and a kind (see kinds.js) says what it is about.

import { createAnnouncer } from "../panel/announce.js";
import { el } from "../base/dom.js";
import { createKeys } from "./keys.js";
import { kindOf } from "./kinds.js";
import { createBrief } from "../panel/lane_list.js";
import { loadWords } from "../base/load.js";
import { loadStage } from "./load_stage.js";
import { tellNothing } from "../base/page_attributes.js";
import { State } from "./state.js";
import { watchRoom } from "./viewport.js";
import { createTools } from "../tools/tools.js";

export class Stage extends State {
  /** @type {Part[]} */
  parts = [];
  frame = 0; // asked for, 0: none
  stale = false; // whether the parts are to be synchronised
  /** @type {Promise<void> | null} */
  ready = null;
  /** @type {ReturnType<typeof watchRoom> | null} */
  room = null;

  /** @param {{parentElement: HTMLElement, data: StageData, host: Host}} around */
  constructor({ parentElement, data, host }) {
    super(host, data);
    this.latest = data;
    parentElement.append(this.root);
    this.become(kindOf(data.kind, data.scene));
    this.unlink = host.watch((connected) => this.commits.link(connected));
  }

  /**
   * Takes data from the server: the first, or another scene or language, or the echo of what was committed here.
   *
   * @param {StageData} data
   */
  async receive(data) {
    const adopt = this.commits.receive(data);
    this.projector.keep();
    this.latest = data;
    this.ready ??= this.load(data);
    try {
      await this.ready;
      await this.prepare(data.scene);
      if (this.lang !== data.lang) await this.speak(data.lang);
    } catch (error) {
      this.ready = null;
      this.notice.fail(/** @type {Error} */ (error), () => this.receive(this.latest));
      return;
    }
    if (data === this.latest && !this.gone && (adopt || !this.spec)) this.adopt(data.scene);
  }

  /** @param {StageData} data */
  async load(data) {
    this.kernels = await loadStage(this.base, data);
    this.tables = this.kernels.tables;
    if (!this.gone) this.room ??= watchRoom(this);
  }

  /**
   * Builds the parts anew in a language.
   *
   * @param {string} lang
   */
  async speak(lang) {
    this.words = await loadWords(this.base, lang);
    this.lang = lang;
    this.clear();
    if (this.run) this.build();
  }

  /** Takes all parts away. */
  clear() {
    for (const part of this.parts) part.destroy();
    this.parts = [];
  }

  build() {
    const parts = [...this.kind.parts, createBrief].map((create) => create(this));
    const tools = createTools(this);
    const announcer = createAnnouncer(this);
    const keys = createKeys(this);
    this.help = keys.help;
    this.parts = [...parts, tools, announcer, keys];
    const board = el(
      "div",
      { class: "board" },
      parts.map(({ element }) => element),
    );
    this.root.replaceChildren(tools.element, board, announcer.element, this.notice.element);
    this.notice.show("", false);
    this.fit();
  }

  /**
   * @override
   * @param {Kind} kind
   */
  become(kind) {
    cancelAnimationFrame(this.frame);
    this.frame = 0;
    this.clear();
    super.become(kind);
  }

  /** @override */
  fit() {
    this.room?.fit();
  }

  /**
   * @override
   * @param {Run} run
   */
  show(run) {
    this.run = run;
    if (!this.parts.length && this.lang) this.build();
    this.refresh();
  }

  /** @override */
  refresh() {
    this.stale = true;
    this.redraw();
  }

  /** @override */
  redraw() {
    if (!this.frame && this.parts.length && !this.gone) this.frame = requestAnimationFrame((now) => this.draw(now));
  }

  /** @param {number} now  milliseconds */
  draw(now) {
    this.frame = 0;
    if (this.behind) this.compute(this.spec);
    cancelAnimationFrame(this.frame); // it is drawn now
    this.frame = 0;
    this.clock.advance(now);
    const { stale, parts } = this;
    this.stale = false;
    // Whoever sets a canvas' font has what was written to the page before styled and laid out at once, and what is written after
    // that once more.
    for (const some of [parts.filter(({ draws }) => draws), parts.filter(({ draws }) => !draws)]) {
      if (stale) for (const part of some) part.sync();
      for (const part of some) part.frame(this.clock.t);
    }
    Object.assign(this.root, { run: this.run });
    const { dataset } = this.root;
    dataset.state = this.clock.state;
    dataset.step = String(Math.floor(this.clock.t));
    dataset.run = this.kind.fingerprint(this.run.spec);
    if (this.clock.playing) this.redraw();
  }

  destroy() {
    this.gone = true;
    this.commits.close();
    cancelAnimationFrame(this.frame);
    this.clear();
    this.kind.leave?.(this);
    this.unlink();
    this.projector.leave();
    tellNothing(this);
    this.room?.leave();
    this.root.remove();
  }
}
