// The stage: what runs, its transport, its loss and its lanes. This module holds the state and the loop; the parts draw
// it, and a kind (surfaces.js, network.js, either as lesson.js tells it) says what it is about.

import { createAnnouncer } from "../panel/announce.js";
import { Clock } from "../model/clock.js";
import { Commits } from "./commit.js";
import { el, put } from "../base/dom.js";
import { createKeys } from "./keys.js";
import { createNotice } from "../base/notice.js";
import { createBrief } from "../panel/lane_list.js";
import { loadStyle, loadWords } from "../base/load.js";
import { loadStage } from "./load_stage.js";
import { tell, tellNothing } from "../base/page_attributes.js";
import { kindOf } from "../lesson/lesson.js";
import { Projector } from "./projector.js";
import { watchRoom } from "./viewport.js";
import { createTools } from "../tools/tools.js";

const MOST_UNDO = 50;
const SOON = 5000; // milliseconds in which a link's scene arrives

export class Stage {
  /** `host`: what is around it, see host.js. */
  constructor({ parentElement, data, host }) {
    this.host = host;
    this.offline = host.offline; // in a page that is one file: what it has instead of a server
    this.base = new URL(data.base, location.href).href;
    this.api = new URL("../../api/", this.base).href;
    this.root = el("div", { class: "speedup-stage", "data-testid": "stage", "data-state": "loading" });
    parentElement.append(this.root);
    this.take(kindOf(data.kind, data.scene));
    this.notice = createNotice(this);
    this.root.append(this.notice.element);
    this.projector = new Projector(this);
    Object.assign(this, { hovered: -1, chosen: -1, dragging: false });
    this.clock = new Clock(() => this.redraw(), () => this.run?.done ?? Infinity, this.kind.rate);
    this.commits = new Commits({
      scene: () => ({ ...this.spec, ...this.looks }),
      send: (commit) => host.send(commit),
      alive: () => host.alive(),
      lost: (yes) => this.notice.show("notice.unsaved", yes),
    });
    this.unlink = host.watch((connected) => this.commits.link(connected));
    this.still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  }

  /** Becomes a stage of a kind, still without a run. */
  take(kind) {
    cancelAnimationFrame(this.frame);
    this.frame = 0;
    this.kind?.leave?.(this);
    this.parts?.forEach((part) => part.destroy());
    Object.assign(this, { shared: { plot: null, ...kind.share?.(this) }, kind, parts: [], past: [], undoable: false, spec: null, run: null, veiled: false, hovered: -1 });
    this.root.dataset.kind = kind.name;
    put(this.root, "data-lesson", kind.lesson);
    tell(this, "data-lesson", kind.lesson);
  }

  /** How the scene is looked at: part of the link, not of the run. */
  get looks() {
    return Object.fromEntries(this.kind.looks.map((name) => [name, this[name]]));
  }

  /** Data from the server: the first, or another scene or language, or the echo of what was committed here. */
  async receive(data) {
    const adopt = this.commits.receive(data);
    this.projector.keep();
    this.latest = data;
    if (!this.ready) this.ready = this.load(data);
    try {
      await this.ready;
      await this.prepare(data.scene);
      if (this.lang !== data.lang) await this.speak(data.lang);
    } catch (error) {
      this.ready = null;
      this.notice.fail(error, () => this.receive(this.latest));
      return;
    }
    if (data === this.latest && !this.gone && (adopt || !this.spec)) this.adopt(data.scene);
  }

  /** Fetches what a scene needs besides. */
  prepare(scene) {
    const kind = kindOf(this.latest.kind, scene);
    return Promise.all([kind.ready(this, scene), ...kind.styles.map((name) => loadStyle(`${this.base}${name}.css`))]);
  }

  async load({ lang }) {
    await loadStage(this, lang);
    if (!this.gone) this.room ??= watchRoom(this);
  }

  /** Builds the parts anew in a language. */
  async speak(lang) {
    this.words = await loadWords(this.base, lang);
    this.lang = lang;
    this.parts.forEach((part) => part.destroy());
    this.parts = [];
    if (this.run) this.build();
  }

  build() {
    const parts = [...this.kind.parts, createBrief].map((create) => create(this));
    const tools = createTools(this);
    const announcer = createAnnouncer(this);
    this.parts = [...parts, tools, announcer, createKeys(this)];
    const board = el("div", { class: "board" }, parts.map(({ element }) => element));
    this.root.replaceChildren(tools.element, board, announcer.element, this.notice.element);
    this.notice.show("", false);
    this.room.fit();
  }

  /** Takes over a scene from the server. The echo of what was committed here must not undo what is dragged now. */
  adopt(scene) {
    const kind = kindOf(this.latest.kind, scene);
    const turned = this.at !== scene.at;
    if (kind !== this.kind) {
      this.take(kind);
      Object.assign(this.clock, { rate: kind.rate, speed: 1 });
    }
    const before = this.spec;
    const spec = { ...scene };
    for (const name of this.kind.looks) {
      this[name] = scene[name] ?? (name in scene ? null : this[name]);
      delete spec[name];
    }
    this.seen = JSON.stringify(this.looks);
    const asked = performance.now() - this.anew < SOON; // for a scene that is to be seen from its start
    const moved = !before || turned || asked || this.kind.moved(before, spec);
    delete this.anew;
    if (!before || this.kind.fingerprint(spec, true) !== this.kind.fingerprint(this.committed, true)) {
      if (turned) Object.assign(this, { past: [], undoable: false });
      else if (before) this.remember();
      this.committed = spec;
      this.compute(spec);
    }
    this.room.fit(); // a notice of the page may have come or gone above
    if (!moved) return;
    this.kind.begin?.(this, spec);
    const waits = this.kind.waits;
    this.clock.set({ t: this.still && !waits ? spec.steps : 0, playing: !this.still && !waits, last: null });
  }

  /** Changes the spec: `mutate` gets a copy of it. While something is dragged `commit` is false. */
  change(mutate, { commit = true } = {}) {
    const spec = structuredClone(this.spec);
    mutate(spec);
    this.kind.tidy(spec, this.tables);
    Object.assign(this, { dragging: !commit, turned: commit ? null : this.turned }); // what is committed is let go
    this.compute(spec);
    if (commit && this.kind.fingerprint(spec, true) !== this.kind.fingerprint(this.committed, true)) {
      this.remember();
      this.committed = spec;
      this.commits.schedule();
    }
    this.refresh();
  }

  /** Makes it the spec. Its run is shown at once, or by `show` as soon as there is something of it. */
  compute(spec) {
    const run = this.kind.run(this, spec);
    this.spec = spec;
    for (const name of ["hovered", "chosen"]) if (!spec.lanes[this[name]]) this[name] = -1; // a lane that is gone
    this.clock.resize(spec.steps);
    if (run) this.show(run);
  }

  /** Shows a run, or that there is more of it. */
  show(run) {
    this.run = run;
    if (!this.parts.length && this.words) this.build();
    this.refresh();
  }

  /** Moves a hyperparameter of a lane. Says whether that could be. */
  setHyper(lane, name, value, commit) {
    let taken = true;
    this.change((spec) => { taken = this.kind.turn(spec, lane, name, value, this); }, { commit });
    return taken;
  }

  remember() {
    this.past = [...this.past, this.committed].slice(-MOST_UNDO);
    this.undoable = true;
  }

  /** Takes back the last committed change. */
  undo() {
    const spec = this.past.pop();
    if (!spec) return;
    this.undoable = this.past.length > 0;
    this.committed = spec;
    this.change((copy) => Object.assign(copy, structuredClone(spec)), { commit: false });
    this.dragging = false;
    this.commits.schedule();
  }

  /** Sets what is looked at: hovered, or one of the kind's looks, which are part of the link. */
  set(values) {
    Object.assign(this, values);
    if (this.seen !== JSON.stringify(this.looks)) this.commits.schedule();
    this.seen = JSON.stringify(this.looks);
    this.refresh();
  }

  lane(optimizer) {
    return this.kind.lane(this, optimizer);
  }

  get step() {
    return this.clock.t;
  }

  /** Something but the playhead has changed. */
  refresh() {
    this.stale = true;
    this.redraw();
  }

  redraw() {
    if (!this.frame && this.parts.length && !this.gone) this.frame = requestAnimationFrame((now) => this.draw(now));
  }

  draw(now) {
    this.frame = 0;
    this.clock.advance(now);
    if (this.stale) this.parts.forEach((part) => part.sync());
    this.stale = false;
    this.parts.forEach((part) => part.frame(this.clock.t));
    Object.assign(this.root, { run: this.run });
    put(this.root, "data-state", this.clock.state);
    put(this.root, "data-step", Math.floor(this.clock.t));
    put(this.root, "data-run", this.kind.fingerprint(this.run.spec));
    if (this.clock.playing) this.redraw();
  }

  destroy() {
    this.gone = true;
    this.commits.close();
    cancelAnimationFrame(this.frame);
    this.parts.forEach((part) => part.destroy());
    this.kind.leave?.(this);
    this.unlink();
    this.projector.leave();
    tellNothing(this);
    this.room?.leave();
    this.root.remove();
  }
}
