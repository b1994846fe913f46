/**
 * A second stage out of sight: the same scene in another size, sharpness and at any step, while the one on the page goes
 * on undisturbed. It has the parts that draw, and none that are operated.
 */
import { createChart } from "../instruments/loss.js";
import { el } from "../base/dom.js";
import { createFit } from "../network/fit.js";
import { createNetView } from "../network/net_view.js";
import { createScene } from "../race/map.js";

const MAKERS = { map: createScene, fit: createFit, net: createNetView, chart: createChart };
export const RIGHT = 1.6; // em between the chart and its box: the last tick has room there
const PATIENCE = 30_000; // milliseconds until a map that does not come is given up
const CALM = 3; // frames without a change: the relief's camera comes to rest some frames late
const BORDER = 3; // pixels that an element may be larger than the canvas in it
const BACK = 1.06; // the eye steps back so far: nothing of the axes is cut off
const WIDE = 1.75; // of the relief, see still.js

const frame = () => new Promise(requestAnimationFrame);

export class Twin {
  /** `boxes`: {name of a part: [left, top, width, height]}, in CSS pixels; `em` a letter's size in them. */
  constructor(stage, { boxes, em, ratio, t, playing }) {
    this.live = stage;
    this.host = el("div", { "data-sharpness": ratio, style: `font-size: ${em}px` });
    this.element = el("div", { class: "twin", inert: true, "aria-hidden": "true" }, this.host);
    stage.root.append(this.element);
    this.stale = true;
    this.stage = this.copy({ t, playing, speed: 1 });
    this.parts = Object.fromEntries(Object.keys(boxes).map((name) => [name, MAKERS[name](this.stage)]));
    for (const [name, [left, top, width, height]] of Object.entries(boxes)) {
      const { element } = this.parts[name];
      const place = { position: "absolute", left, top, width, height };
      for (const [side, size] of Object.entries(place)) element.style[side] = typeof size === "number" ? `${size}px` : size;
      element.style.setProperty("--plot-right", RIGHT);
      this.host.append(element);
    }
  }

  /** The stage as it is now, with a clock and a run of its own: what is drawn writes into the run's lanes. */
  copy(clock) {
    const { live } = this;
    const { run, words } = live;
    const training = run.training && Object.assign(Object.create(run.training), { cursors: new Map() });
    return Object.assign(Object.create(Object.getPrototypeOf(live)), live, {
      clock,
      hovered: -1,
      dragging: false,
      root: this.element,
      spec: structuredClone(live.spec),
      shared: { ...live.shared, plot: null }, // its own chart's
      run: { ...run, training, lanes: run.lanes.map((lane) => ({ ...lane })) },
      words: (key, values) => words(key === "stage.drag_start" ? "stage.start" : key, values), // nobody can
      refresh: () => {
        this.stale = true;
      },
      shared: { ...live.shared, plot: null },
      redraw() {},
      change() {},
      set() {},
    });
  }

  get scene() {
    return this.parts.map ?? null;
  }

  /** Draws a step. */
  seek(t) {
    this.stage.clock.t = t;
    const parts = Object.values(this.parts);
    if (this.stale) parts.forEach((part) => part.sync());
    this.stale = false;
    parts.forEach((part) => part.frame(t));
  }

  /** Until all is drawn. Rejects if the `signal` says so, or with an error named "NoMap" if there is none to be had. */
  async ready(signal) {
    await document.fonts.ready;
    const limit = performance.now() + PATIENCE;
    for (let calm = 0; calm < CALM; ) {
      await frame();
      signal.throwIfAborted();
      if (performance.now() > limit) throw Object.assign(new Error("no map"), { name: "NoMap" });
      const before = this.scene?.camera?.seen;
      this.seek(this.stage.clock.t);
      if (this.scene?.still && !this.looking)
        this.looking = this.look().then(() => {
          this.looked = true;
        });
      const done = !this.stale && this.isWhole() && (!this.scene || (this.looked && this.scene.camera?.seen === before));
      calm = done ? calm + 1 : 0;
    }
  }

  /** Looks at the map as the stage does: the same cut-out, or from the same side. */
  async look() {
    const live = this.live.parts.find((part) => part.views)?.camera;
    const { camera } = this.scene;
    if (!live) return;
    const { rect } = live;
    if (!camera.relief) return; // it has the stage's window
    const seen = live.scene.getCamera();
    const { width, height } = this.scene.box;
    const away = (ratio) => Math.max(1, WIDE / ratio);
    const back = (BACK * away(width / height)) / away((rect.right - rect.left) / (rect.bottom - rect.top));
    for (const axis of "xyz") seen.eye[axis] *= back;
    await window.Plotly.relayout(camera.plot, { "scene.camera": seen });
  }

  /** The canvases from the lowest up, each with its place: [canvas, left, top, width, height]. */
  layers() {
    const origin = this.host.getBoundingClientRect();
    const all = [...this.host.querySelectorAll("canvas")].filter((canvas) => !canvas.closest(".still"));
    return all.map((canvas) => [canvas, ...placeOf(canvas, origin)]).filter(([, , , width]) => width > 0);
  }

  /** Where something of it stands: [left, top, width, height]. */
  placeOf(element) {
    return placeOf(element, this.host.getBoundingClientRect());
  }

  /** Whether every canvas has its size: they get it by and by. */
  isWhole() {
    const ratio = Number(this.host.dataset.sharpness);
    const fits = (pixels, size) => Math.abs(pixels - size * ratio) <= BORDER * ratio;
    return this.layers().every(([canvas, , , width, height]) => fits(canvas.width, width) && fits(canvas.height, height));
  }

  destroy() {
    Object.values(this.parts).forEach((part) => part.destroy());
    this.element.remove();
  }
}

function placeOf(element, origin) {
  const { left, top, width, height } = element.getBoundingClientRect();
  return [left - origin.left, top - origin.top, width, height];
}
