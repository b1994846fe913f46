// The stage: what runs, its transport, its loss and its lanes. This module holds the state and the loop; the parts draw
// it, and a kind (surfaces.js, network.js) says what it is about. `mount` is what the component calls, again for every
// change of its data.

import { createAnnouncer } from "./announce.js";
import { Clock } from "./clock.js";
import { Commits } from "./commit.js";
import { watchConnection } from "./connection.js";
import { el } from "./dom.js";
import { createKeys } from "./keys.js";
import { loadKernels } from "./kernels.js";
import { createNotice } from "./notice.js";
import { createLegend } from "./legend.js";
import { loadJson, loadStyle, loadWords } from "./load.js";
import { network } from "./network.js";
import { Projector } from "./projector.js";
import { watchRoom } from "./room.js";
import { loadPlotly } from "./still.js";
import { surfaces } from "./surfaces.js";
import { createTools } from "./tools.js";

const KINDS = { surfaces, network };
const STYLES = ["frame", "stage", "controls", "lanes", "tools", "devices", "phone", "projector"]; // the later ones outweigh the earlier
const MOST_UNDO = 50;
const instances = new WeakMap(); // Streamlit's element -> its Stage

/** `call` numbers the component's calls: one overtaken by the `latest` must change nothing, nor clean up after it. */
export default function mount(component, call, latest) {
  const { parentElement, data } = component;
  let stage = instances.get(parentElement);
  if (stage && call < stage.call) return undefined;
  if (!stage) instances.set(parentElement, (stage = new Stage(component)));
  Object.assign(stage, { component, call });
  stage.receive(data);
  return () => {
    if (call !== latest()) return;
    stage.destroy();
    instances.delete(parentElement);
  };
}

class Stage {
  constructor({ parentElement, data }) {
    this.kind = KINDS[data.kind];
    this.base = new URL(data.base, location.href).href;
    this.api = new URL("../../api/", this.base).href;
    this.root = el("div", { class: "speedup-stage", "data-testid": "stage", "data-kind": data.kind, "data-state": "loading" });
    parentElement.append(this.root);
    this.notice = createNotice(this);
    this.root.append(this.notice.element);
    this.projector = new Projector(this);
    this.parts = [];
    this.past = [];
    this.hovered = this.chosen = -1;
    this.dragging = false;
    this.clock = new Clock(() => this.redraw(), () => this.run?.done ?? Infinity, this.kind.rate);
    this.commits = new Commits({
      scene: () => ({ ...this.spec, ...this.looks }),
      send: (commit) => this.component.setStateValue("commit", commit),
      alive: () => fetch(new URL("../../_stcore/health", this.base), { cache: "no-store" }).then((r) => r.ok),
      lost: (yes) => this.notice.show("notice.unsaved", yes),
    });
    this.unlink = watchConnection((connected) => this.commits.link(connected));
    this.still = matchMedia("(prefers-reduced-motion: reduce)").matches;
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
      await this.kind.ready(this, data.scene);
      if (this.lang !== data.lang) await this.speak(data.lang);
    } catch (error) {
      this.ready = null;
      this.notice.fail(error, () => this.receive(this.latest));
      return;
    }
    if (data === this.latest && !this.gone && (adopt || !this.spec)) this.adopt(data.scene);
  }

  async load({ lang }) {
    if (!CSS.supports("selector(&)")) throw Object.assign(new Error("no nested CSS"), { name: "OldBrowser" });
    const tables = loadJson(`${this.base}tables.json`);
    const style = Promise.all([...STYLES, this.kind.style].map((name) => loadStyle(`${this.base}${name}.css`)));
    if (this.kind === surfaces) loadPlotly(this.base).catch(() => {}); // early; asked for again
    loadWords(this.base, lang).catch(() => {});
    this.tables = await tables;
    this.kernels = await loadKernels(this.base, this.tables);
    await style;
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
    const parts = [...this.kind.parts, createLegend].map((create) => create(this));
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
    const before = this.spec;
    const spec = { ...scene };
    for (const name of this.kind.looks) {
      this[name] = scene[name] ?? this[name];
      delete spec[name];
    }
    const moved = !before || this.kind.moved(before, spec);
    if (!before || this.kind.fingerprint(spec, true) !== this.kind.fingerprint(this.committed, true)) {
      if (before) this.remember();
      this.committed = spec;
      this.compute(spec);
    }
    this.room.fit(); // a notice of the page may have come or gone above
    if (!moved) return;
    this.kind.begin?.(this, spec);
    this.clock.set({ t: this.still ? spec.steps : 0, playing: !this.still, last: null });
  }

  /** Changes the spec: `mutate` gets a copy of it. While something is dragged `commit` is false. */
  change(mutate, { commit = true } = {}) {
    const spec = structuredClone(this.spec);
    mutate(spec);
    this.kind.tidy(spec, this.tables);
    this.dragging = !commit;
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
    this.clock.resize(spec.steps);
    if (run) this.show(run);
  }

  /** Shows a run, or that there is more of it. */
  show(run) {
    this.run = run;
    if (!this.parts.length && this.words) this.build();
    this.refresh();
  }

  /** Moves a hyperparameter of a lane. */
  setHyper(lane, name, value, commit) {
    this.change((spec) => this.kind.turn(spec, lane, name, value, this), { commit });
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
    const before = JSON.stringify(this.looks);
    Object.assign(this, values);
    if (before !== JSON.stringify(this.looks)) this.commits.schedule();
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
    const { dataset } = this.root;
    dataset.state = this.clock.state;
    dataset.step = Math.floor(this.clock.t);
    dataset.run = this.kind.fingerprint(this.run.spec);
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
    this.room?.leave();
    this.root.remove();
  }
}
