/** The relief: drawn by Plotly, seen through a camera. */
import { el } from "../base/dom.js";
import { loadScript } from "../base/load.js";
import { reliefFigure } from "../model/relief_figure.js";

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

/** Gives the library, once it is loaded. */
export const plotly = () => /** @type {{Plotly: PlotlyLibrary}} */ (/** @type {unknown} */ (window)).Plotly;

/** The place where Plotly draws it. `surface`, `frame`, `camera` are those of the figure drawn last. */
export class Still {
  /** @type {string | null} */
  surface = null;
  /** @type {Float64Array | null} */
  frame = null;
  drawn = "";
  gone = false;
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
  async show({ kernels, run: { spec }, theme }, box) {
    const { surface, params } = spec;
    const wanted = [surface, ...Object.values(params), theme, box.width, box.height, box.size].join(" ");
    if (this.drawn === wanted) return;
    await loadPlotly(this.base);
    if (this.gone) return;
    const { data, layout } = sized(reliefFigure(kernels, spec, theme), box);
    await plotly().react(this.host, data, layout, CONFIG);
    if (this.gone) return;
    if (!this.camera.scene?.glplot) throw Object.assign(new Error("no WebGL"), { name: "NoRelief" });
    this.camera.watch(this.moved);
    this.drawn = wanted;
    this.surface = surface;
    this.frame = Float64Array.from(layout.meta.frame);
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
    return (/** @type {import("./map_camera.js").Hand} */ from, /** @type {import("./map_camera.js").Hand} */ to) =>
      this.move(this.camera.pinched(grip, from, to));
  }

  home() {
    this.move(this.camera.home);
  }

  /** Forgets what is drawn. */
  clear() {
    this.drawn = "";
    this.surface = this.frame = null;
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
 * Gives the figure in the stage's size and type. The camera stays as it is while the domain is the same.
 *
 * @param {Figure} figure
 * @param {Box} box
 */
function sized(figure, { width, height, size, family }) {
  const layout = /** @type {Laid} */ (figure.layout);
  const font = { ...layout.font, size: RELIEF_TYPE * Math.sqrt(size), family };
  const uirevision = layout.meta.frame.slice(0, 4).join();
  const fitted = { ...layout, width, height, font, autosize: false, uirevision };
  stepBack(fitted.scene.camera.eye, width / height);
  for (const axis of [fitted.scene.xaxis, fitted.scene.yaxis]) axis.title.font = { size: size * RELIEF_TITLE };
  return { data: figure.data, layout: fitted };
}

/**
 * Steps back with the eye from a map that is narrower than the relief is made for: about twice as wide as it is high.
 *
 * @param {Record<"x" | "y" | "z", number>} eye
 * @param {number} ratio  width to height
 */
function stepBack(eye, ratio) {
  for (const axis of /** @type {const} */ (["x", "y", "z"])) eye[axis] *= Math.max(1, 1.75 / ratio);
}
