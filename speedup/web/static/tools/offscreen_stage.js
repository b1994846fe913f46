/**
 * A second stage out of sight: the same scene in another size, sharpness and at any step, while the one on the page goes
 * on undisturbed. It has the parts that draw, and none that are operated.
 */
import { createChart } from "../instruments/loss.js";
import { el } from "../base/dom.js";
import { createFit } from "../network/fit.js";
import { createNetView } from "../network/net_view.js";
import { createScene } from "../race/map.js";
import { stepBack } from "../race/relief_look.js";
import { Clock } from "../model/clock.js";

/** @type {{[Name in keyof Pictured]: (view: View<any, any, any>) => Pictured[Name]}} */
const MAKERS = { map: createScene, fit: createFit, net: createNetView, chart: createChart };
export const RIGHT = 1.6; // em between the chart and its box: the last tick has room there
const HEAD = 1.4; // em above an instrument, for what it says
const PATIENCE = 30_000; // milliseconds until a map that does not come is given up
const CALM = 3; // frames without a change: the relief's camera comes to rest some frames late
const BORDER = 3; // pixels that an element may be larger than the canvas in it
const BACK = 1.06; // the eye steps back so far: nothing of the axes is cut off

const frame = () => new Promise(requestAnimationFrame);

/**
 * @typedef {{map: RaceMap, fit: Part, net: Part, chart: Part}} Pictured  the parts that draw, by name; which there are depends on the kind
 * @typedef {import("../race/map.js").RaceMap} RaceMap
 * @typedef {[left: number, top: number, width: number, height: number]} Box  CSS pixels
 * @typedef {Partial<Record<keyof Pictured, Box>>} Boxes
 */

export class OffscreenStage {
  stale = true; // whether the parts are to be synchronised
  /** @type {Promise<void> | null} */
  looking = null; // on its way to where the stage looks from
  looked = false;
  /** @type {Instrument | null} */
  opened = null; // that stands where else the loss does

  /**
   * @param {View} live
   * @param {{boxes: Boxes, em: number, ratio: number, t: number, playing: boolean}} how  `em`: a letter's size in CSS pixels
   */
  constructor(live, { boxes, em, ratio, t, playing }) {
    this.live = live;
    this.em = em;
    this.host = el("div", { "data-sharpness": ratio, style: `font-size: ${em}px` });
    this.element = el("div", { class: "offscreen", inert: true, "aria-hidden": "true" }, this.host);
    live.root.append(this.element);
    this.clock = new Clock(
      () => {},
      () => live.run.spec.steps,
      1,
    );
    this.clock.t = t;
    this.clock.steps = live.run.spec.steps;
    this.clock.playing = playing;
    const refresh = () => {
      this.stale = true;
    };
    this.view = viewOf(live, { clock: this.clock, root: this.element, refresh });
    /** @type {Partial<Pictured>} */
    this.parts = {};
    for (const name of /** @type {(keyof Pictured)[]} */ (Object.keys(boxes))) this.add(name, /** @type {Box} */ (boxes[name]));
  }

  /**
   * Makes a part and puts it into its box.
   *
   * @param {keyof Pictured} name
   * @param {Box} box
   */
  add(name, [left, top, width, height]) {
    const loss = () => Object.create(this.view, { panel: { value: "loss" } }); // an update line by line is no picture
    if (name === "chart") this.opened = this.live.shared.again?.(this.view) ?? null;
    const opened = name === "chart" ? this.opened : null;
    const part = opened ?? MAKERS[name](name === "chart" ? loss() : this.view);
    Object.assign(this.parts, { [name]: part });
    const head = opened ? HEAD * this.em : 0;
    const place = { left: `${left}px`, top: `${top + head}px`, width: `${width}px`, height: `${height - head}px` };
    Object.assign(part.element.style, { position: "absolute", margin: 0, ...place }); // on the page instruments have a head over it
    part.element.style.setProperty("--plot-right", String(RIGHT));
    this.host.append(part.element);
  }

  get scene() {
    return this.parts.map ?? null;
  }

  /**
   * Draws a step.
   *
   * @param {number} t
   */
  seek(t) {
    this.clock.t = t;
    const parts = Object.values(this.parts);
    if (this.stale) parts.forEach((part) => part.sync());
    this.stale = false;
    parts.forEach((part) => part.frame(t));
  }

  /**
   * Waits until all is drawn. Rejects if the `signal` says so, or with an error named "NoMap" if there is none to be had.
   *
   * @param {AbortSignal} signal
   */
  async ready(signal) {
    await document.fonts.ready;
    const limit = performance.now() + PATIENCE;
    for (let calm = 0; calm < CALM; ) {
      await frame();
      signal.throwIfAborted();
      if (performance.now() > limit) throw Object.assign(new Error("no map"), { name: "NoMap" });
      const before = this.scene?.camera?.seen;
      this.seek(this.clock.t);
      if (this.scene?.still && !this.looking)
        this.looking = this.look().then(() => {
          this.looked = true;
        });
      const done = !this.stale && this.isWhole() && (!this.scene || (this.looked && this.scene.camera?.seen === before));
      calm = done ? calm + 1 : 0;
    }
  }

  /** Looks at the map as the stage does: it has the stage's window already, in relief it takes its side. */
  async look() {
    const { relief } = this.live.shared;
    const own = this.scene?.camera;
    if (!this.scene || !relief || !own?.relief) return;
    const { rect } = relief;
    const seen = relief.scene.getCamera();
    const { width, height } = this.scene.box;
    const back = (BACK * stepBack(width / height)) / stepBack((rect.right - rect.left) / (rect.bottom - rect.top));
    for (const axis of /** @type {const} */ (["x", "y", "z"])) seen.eye[axis] *= back;
    await this.scene.views["3d"].move({ "scene.camera": seen });
  }

  /** Gives the canvases from the lowest up, each with its place. */
  layers() {
    const origin = this.host.getBoundingClientRect();
    const all = [...this.host.querySelectorAll("canvas")].filter((canvas) => !canvas.closest(".still"));
    return all.map((canvas) => ({ canvas, box: placeOf(canvas, origin) })).filter(({ box }) => box[2] > 0);
  }

  /**
   * Tells where something of it stands.
   *
   * @param {Element} element
   */
  placeOf(element) {
    return placeOf(element, this.host.getBoundingClientRect());
  }

  /** Tells whether every canvas has its size: they get it by and by. */
  isWhole() {
    const ratio = Number(this.host.dataset.sharpness);
    const fits = (/** @type {number} */ pixels, /** @type {number} */ size) => Math.abs(pixels - size * ratio) <= BORDER * ratio;
    return this.layers().every(
      ({ canvas, box: [, , width, height] }) => fits(canvas.width, width) && fits(canvas.height, height),
    );
  }

  destroy() {
    Object.values(this.parts).forEach((part) => part.destroy());
    this.element.remove();
  }
}

/**
 * @param {Element} element
 * @param {DOMRect} origin
 * @returns {Box}
 */
function placeOf(element, origin) {
  const { left, top, width, height } = element.getBoundingClientRect();
  return [left - origin.left, top - origin.top, width, height];
}

/**
 * @param {View} live
 * @returns {Looks}
 */
function looksOf({ view, chosen, curve, axis, scale, turn, at, window, camera, ...live }) {
  const { panel, against, measure, pair, region, laid, weight, lower, directions } = live;
  return {
    ...{ view, chosen, curve, axis, scale, turn, at, window, camera },
    panel,
    against,
    measure,
    pair,
    region,
    laid,
    weight,
    lower,
    directions,
  };
}

/**
 * Gives a view of the scene as it is now, with a clock of its own; nothing can be changed in it.
 *
 * @param {View} live
 * @param {{clock: Clock, root: HTMLElement, refresh: () => void}} own
 * @returns {View}
 */
function viewOf(live, own) {
  const { kind, host, base, api, tables, kernels, lang, theme, colours, commits, projector, notice, reducedMotion, veiled } =
    live;
  const { run, committed } = live;
  const nothing = () => {};
  return {
    ...{ kind, host, base, api, tables, kernels, lang, theme, colours, commits, projector, notice, reducedMotion, veiled },
    ...{ ...looksOf(live), run, committed },
    ...own,
    get step() {
      return own.clock.t;
    },
    spec: structuredClone(live.spec),
    shared: { ...live.shared, plot: null, relief: null, lit: null, zoom: null, again: null },
    words: (key, values) => live.words(key === "stage.drag_start" ? "stage.start" : key, values), // nobody can
    hovered: -1,
    dragging: false,
    undoable: false,
    gone: false,
    change: nothing,
    set: nothing,
    show: nothing,
    compute: nothing,
    adopt: nothing,
    visit: nothing,
    help: nothing,
    undo: nothing,
    redraw: nothing,
    setHyper: () => false,
    prepare: async () => {},
    lane: (optimizer) => live.lane(optimizer),
  };
}
