/** The relief: drawn by Plotly, seen through a camera. */
import { el } from "../base/dom.js";
import { loadScript } from "../base/load.js";
import { reliefFigure } from "../model/relief_figure.js";
import { eyeOf, lookOf, stepBack } from "./relief_look.js";
import { isSoftware } from "./webgl.js";

const REST = 300; // milliseconds after which a view that was turned is the scene's, and sharp again
const CONFIG = { displayModeBar: false, scrollZoom: true, doubleClick: false, showTips: false };

const RELIEF_TYPE = 3.5; // what is written in relief grows with the square of its size: this makes it as large as the rest
const RELIEF_TITLE = 1.2; // its axes' names only with their size

/**
 * @typedef {object} PlotlyLibrary  what of Plotly is used here
 * @property {(host: HTMLElement, data: unknown, layout: unknown, config: unknown) => Promise<unknown>} react
 * @property {(host: HTMLElement, update: Record<string, unknown>) => Promise<unknown>} relayout
 * @property {(host: HTMLElement) => void} purge
 *
 * @typedef {Record<"x" | "y" | "z", number>} Triple
 * @typedef {Figure["layout"] & {font: object, scene: {camera: {eye: Triple}, xaxis: Axis, yaxis: Axis}}} Laid
 * @typedef {{title: {font?: {size: number}}}} Axis
 *
 * @typedef {{width: number, height: number, size: number, ratio: number, left: number, family: string}} Box  of a map: CSS pixels and type
 */

const FIRST = "null"; // no camera of the scene's: as at first

/** Gives the library, once it is loaded. */
export const plotly = () => /** @type {{Plotly: PlotlyLibrary}} */ (/** @type {unknown} */ (window)).Plotly;

/** The place where Plotly draws it. `surface`, `extent`, `camera` are those of the figure drawn last. */
export class Still {
  /** @type {string | null} */
  surface = null;
  /** @type {Float64Array | null} */
  extent = null;
  drawn = "";
  gone = false;
  clearings = 0;
  told = FIRST; // where it is seen from, as the scene has it
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  timer;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  sharpening;
  isClosest = false; // nothing keeps an eye from coming closer, but the camera's own limits

  /**
   * @param {string} base  the folder of the assets
   * @param {(host: HTMLElement) => import("./relief_camera.js").ReliefCamera} makeCamera
   * @param {() => void} moved  called when the view moves
   */
  constructor(base, makeCamera, moved) {
    this.host = el("div", { class: "still", "aria-hidden": "true" });
    this.camera = makeCamera(this.host);
    this.base = base;
    this.moved = moved;
  }

  /**
   * Draws what the stage shows. Resolves when it is to be seen, at once if it is already; rejects if Plotly can't be had
   * or can't draw (then it says itself why).
   *
   * @param {RaceView} stage
   * @param {Box} box
   */
  async show(stage, box) {
    const { kernels, run, theme } = stage;
    const { spec } = run;
    const { surface, params } = spec;
    const wanted = [surface, ...Object.values(params), theme, box.width, box.height, box.size].join(" ");
    if (this.drawn === wanted) return this.look(stage, box);
    await loadPlotly(this.base);
    const { clearings } = this;
    const isOver = () => this.gone || this.clearings > clearings; // the graphics card may be taken away while Plotly draws
    if (isOver()) return;
    const { data, layout } = sized(reliefFigure(kernels, spec, theme), surface, box);
    if (stage.dragging && this.surface === surface) this.hurry(box);
    await plotly().react(this.host, data, layout, CONFIG);
    if (isOver()) return;
    if (!this.camera.scene?.glplot) throw Object.assign(new Error("no WebGL"), { name: "NoRelief" });
    this.camera.watch(this.moved);
    if (this.surface !== surface) this.told = FIRST; // Plotly is back there
    this.drawn = wanted;
    this.extent = Float64Array.from(layout.meta.extent);
    await this.look(stage, box);
    this.surface = surface;
  }

  /**
   * Looks from where the scene says, where that is new.
   *
   * @param {RaceView} stage
   * @param {Box} box
   */
  async look({ camera }, { width, height }) {
    const told = JSON.stringify(camera);
    if (told === this.told) return;
    clearTimeout(this.timer);
    this.told = told;
    await this.move(camera ? { "scene.camera": eyeOf(camera, width / height) } : this.camera.home);
  }

  /**
   * Has the scene know where it is seen from, once that rests.
   *
   * @param {RaceView} stage
   * @param {Box} box
   */
  rest(stage, box) {
    const { width, height } = box;
    this.hurry(box);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      if (this.surface !== stage.spec.surface) return;
      const camera = this.camera.isMoved ? lookOf(this.camera.scene.getCamera(), width / height) : null;
      if (JSON.stringify(camera) === this.told) return;
      this.told = JSON.stringify(camera);
      stage.set({ camera });
    }, REST);
  }

  /**
   * Draws it coarser until it rests, where that is slow. With a graphics card its lines would only flicker.
   *
   * @param {Box} box
   */
  hurry({ ratio }) {
    if (!isSoftware()) return;
    clearTimeout(this.sharpening);
    this.camera.sharpen(false, ratio);
    this.sharpening = setTimeout(() => this.camera.sharpen(true, ratio), REST);
  }

  /**
   * Looks at it from elsewhere.
   *
   * @param {Record<string, unknown>} update  as its camera says it
   */
  move(update) {
    return plotly().relayout(this.host, update);
  }

  /** Holds it as it is: gives what moves it for a hand, from one place to another. */
  hold() {
    const grip = this.camera.grip();
    return (/** @type {import("../draw/map_camera.js").Hand} */ from, /** @type {import("../draw/map_camera.js").Hand} */ to) =>
      this.move(this.camera.pinched(grip, from, to));
  }

  home() {
    this.move(this.camera.home);
  }

  /** Forgets what is drawn. */
  clear() {
    clearTimeout(this.timer);
    clearTimeout(this.sharpening);
    this.clearings += 1;
    this.drawn = "";
    this.told = FIRST;
    this.surface = this.extent = null;
    this.camera.watching = null;
    plotly()?.purge(this.host);
  }

  destroy() {
    this.gone = true;
    this.clear();
    this.host.remove();
  }
}

export const loadPlotly = (/** @type {string} */ base) => loadScript(`${base}plotly.min.js`);

/**
 * Gives the figure in the stage's size and type. The camera stays as it is while `uirevision` is the same.
 *
 * @param {Figure} figure
 * @param {string} uirevision
 * @param {Box} box
 */
function sized(figure, uirevision, { width, height, size, family }) {
  const layout = /** @type {Laid} */ (figure.layout);
  const font = { ...layout.font, size: RELIEF_TYPE * Math.sqrt(size), family };
  const fitted = { ...layout, width, height, font, autosize: false, uirevision };
  const { eye } = fitted.scene.camera;
  for (const axis of /** @type {const} */ (["x", "y", "z"])) eye[axis] *= stepBack(width / height);
  for (const axis of [fitted.scene.xaxis, fitted.scene.yaxis]) axis.title.font = { size: size * RELIEF_TITLE };
  return { data: figure.data, layout: fitted };
}
