// The stage: the race on a map, its transport, its loss and its lanes. This module holds the state and the loop;
// the parts draw it. `mount` is what the component calls, again for every change of its data.

import { createChart } from "./chart.js";
import { Clock } from "./clock.js";
import { Commits } from "./commit.js";
import { watchConnection } from "./connection.js";
import { el } from "./dom.js";
import { fingerprint, hyper, newSpec, tidy } from "./scenes.js";
import { createKeys } from "./keys.js";
import { loadKernels } from "./kernels.js";
import { createLanes } from "./lanes.js";
import { createNotice } from "./notice.js";
import { loadJson, loadStyle, loadWords } from "./load.js";
import { createScene } from "./scene.js";
import { loadPlotly } from "./still.js";
import { watchTheme } from "./theme.js";
import { createTransport } from "./transport.js";

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
    this.base = new URL(data.base, location.href).href;
    this.api = new URL("../../api/", this.base).href;
    this.root = el("div", { class: "speedup-stage", "data-testid": "stage", "data-state": "loading" });
    parentElement.append(this.root);
    this.notice = createNotice(this);
    this.root.append(this.notice.element);
    this.parts = [];
    this.past = [];
    this.hovered = this.chosen = -1;
    this.view = "2d";
    this.dragging = false;
    this.clock = new Clock(() => this.redraw());
    this.commits = new Commits({
      scene: () => ({ ...this.spec, view: this.view, chosen: this.chosen }),
      send: (commit) => this.component.setStateValue("commit", commit),
      alive: () => fetch(new URL("../../_stcore/health", this.base), { cache: "no-store" }).then((r) => r.ok),
      lost: (yes) => this.notice.show("notice.unsaved", yes),
    });
    this.unlink = watchConnection((connected) => this.commits.link(connected));
    this.still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  }

  /** Data from the server: the first, or another scene or language, or the echo of what was committed here. */
  async receive(data) {
    const adopt = this.commits.receive(data);
    this.latest = data;
    if (!this.ready) this.ready = this.load(data);
    try {
      await this.ready;
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
    const style = loadStyle(`${this.base}stage.css`);
    for (const early of [loadPlotly(this.base), loadWords(this.base, lang)]) early.catch(() => {}); // asked for again
    this.tables = await tables;
    this.kernels = await loadKernels(this.base, this.tables);
    await style;
    this.unwatch = watchTheme(this.root, (theme) => {
      Object.assign(this, theme);
      this.refresh();
    });
    this.fit = () => {
      const top = this.root.getBoundingClientRect().top + (this.root.closest("[data-testid=stMain]")?.scrollTop ?? 0);
      this.root.style.setProperty("--stage-height", `${Math.max(420, innerHeight - top - 12)}px`);
      this.refresh();
    };
    this.observer = new ResizeObserver(() => this.refresh());
    this.observer.observe(this.root);
    addEventListener("resize", this.fit);
  }

  /** Builds the parts anew in a language. */
  async speak(lang) {
    this.words = await loadWords(this.base, lang);
    this.lang = lang;
    this.parts.forEach((part) => part.destroy());
    this.parts = [];
    if (this.spec) this.build();
  }

  build() {
    const [scene, transport, chart, lanes] = [createScene, createTransport, createChart, createLanes].map((f) => f(this));
    this.parts = [scene, transport, chart, lanes, createKeys(this)];
    this.scene = scene;
    const board = el("div", { class: "board" }, scene.element, transport.element, chart.element, lanes.element);
    this.root.replaceChildren(board, this.notice.element);
    this.notice.show("", false);
    this.fit();
  }

  /** Takes over a scene from the server. The echo of what was committed here must not undo what is dragged now. */
  adopt({ view, chosen, ...spec }) {
    const fresh = !this.spec;
    const moved = fresh || spec.surface !== this.spec.surface;
    Object.assign(this, { view, chosen: chosen ?? this.chosen });
    if (fresh || fingerprint(spec, true) !== fingerprint(this.committed, true)) {
      if (!fresh) this.remember();
      this.run = this.kernels.race(spec);
      this.spec = spec;
      this.committed = spec;
      this.clock.resize(spec.steps);
    }
    if (!this.parts.length) this.build();
    this.fit(); // a notice of the page may have come or gone above
    if (moved) this.clock.set({ t: this.still ? spec.steps : 0, playing: !this.still, last: null });
  }

  /** Changes the spec: `mutate` gets a copy of it. While something is dragged `commit` is false. */
  change(mutate, { commit = true } = {}) {
    const spec = structuredClone(this.spec);
    mutate(spec);
    tidy(spec, this.tables);
    this.run = this.kernels.race(spec);
    this.spec = spec;
    this.dragging = !commit;
    this.clock.resize(spec.steps);
    if (commit && fingerprint(spec, true) !== fingerprint(this.committed, true)) {
      this.remember();
      this.committed = spec;
      this.commits.schedule();
    }
    this.refresh();
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

  /** Sets view, hovered or chosen. The view and the chosen lane are part of the link. */
  set(values) {
    const before = [this.view, this.chosen];
    Object.assign(this, values);
    if (before[0] !== this.view || before[1] !== this.chosen) this.commits.schedule();
    this.refresh();
  }

  /** What "reset all" gives: the surface's own start and lanes. */
  defaults({ surface }) {
    return newSpec(this.tables, surface);
  }

  lane(optimizer) {
    return { optimizer, h: hyper(this.tables, this.spec.surface, optimizer), on: true };
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
    dataset.run = fingerprint(this.spec);
    if (this.clock.playing) this.redraw();
  }

  destroy() {
    this.gone = true;
    this.commits.close();
    cancelAnimationFrame(this.frame);
    this.parts.forEach((part) => part.destroy());
    this.unlink();
    this.unwatch?.();
    this.observer?.disconnect();
    removeEventListener("resize", this.fit);
    this.root.remove();
  }
}
