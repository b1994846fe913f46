/** Where things are on the map that is shown, flat or in relief. */
import { fit, measure } from "../draw/canvas.js";
import { FlatMap } from "./flat_map.js";
import { roundTo } from "../draw/map_camera.js";
import { Still } from "./plotly_view.js";
import { ReliefCamera } from "./relief_camera.js";
import { Trails } from "../draw/trails.js";
import { hasRelief } from "./webgl.js";

/**
 * @typedef {import("./plotly_view.js").Box} Box
 * @typedef {Float64Array | number[]} Frame  what trails are cut to, see visibility.py and map_camera.js
 */

export class MapSpace {
  /** @type {Box} */
  box = { width: 0, height: 0, ratio: 1, size: 0, family: "", left: 0 };
  /** @type {Frame | null} */
  laid = null; // the extent that the trails are laid out in

  /** @param {RaceView} stage */
  constructor(stage) {
    this.stage = stage;
    const ground = (/** @type {Float64Array} */ point, /** @type {Float64Array} */ eye) => this.ground(point, eye);
    const relief = new Still(
      stage.base,
      (host) => new ReliefCamera(host, ground),
      () => this.follow(),
    );
    this.views = { "2d": new FlatMap(stage), "3d": relief };
    this.trails = new Trails(stage);
  }

  /**
   * Takes the size of the page's element.
   *
   * @param {HTMLElement} element
   * @param {HTMLCanvasElement[]} canvases
   */
  measure(element, canvases) {
    const before = this.box;
    this.box = fitAll(element, canvases, before);
    if (this.box !== before) this.trails.forget();
  }

  /** Goes with the relief, which has moved or was drawn anew. */
  follow() {}

  /** The view of the scene, or the flat one where no relief can be drawn. */
  get view() {
    return this.stage.view === "3d" && !hasRelief() ? "2d" : this.stage.view;
  }

  /** The view shown, null while it does not show the surface of the spec. */
  get still() {
    const still = this.views[this.view];
    return still.surface === this.stage.run.spec.surface && this.box.width > 0 ? still : null;
  }

  get camera() {
    return this.still?.camera ?? null;
  }

  /**
   * Lays the trails out on the map, on the flat one cut to what is seen: the run, or the extent, is another.
   *
   * @param {FlatMap | Still} still
   */
  lay(still) {
    const { kernels, run } = this.stage;
    const { surface, params } = run.spec;
    const { extent } = still;
    if (!extent) return;
    const lift = (/** @type {{at: Float64Array, n: number}} */ { at, n }) => {
      const flat = new Float64Array(2 * n);
      for (let i = 0; i < n; i++) [flat[2 * i], flat[2 * i + 1]] = [at[3 * i], at[3 * i + 1]];
      const heights = kernels.heights(kernels.values(surface, params, flat), Float64Array.from(extent));
      for (let i = 0; i < n; i++) at[3 * i + 2] = heights[i];
    };
    this.trails.lay(extent, still.camera.relief ? lift : null);
    this.laid = extent;
    this.place();
  }

  /** Finds the trails' pixels: the camera has moved. */
  place() {
    const { camera } = this;
    const { extent } = this.views["3d"];
    const { kernels, run } = this.stage;
    const { surface, params } = run.spec;
    if (!camera?.relief || !extent) {
      if (camera) this.trails.place(camera, null);
      return;
    }
    const hidden = (/** @type {Float64Array} */ points) => kernels.hidden(surface, params, points, extent, camera.eye);
    this.trails.place(camera, hidden);
  }

  /**
   * Gives a place as exactly as a pixel tells it: no longer than a link needs.
   *
   * @param {ArrayLike<number>} place
   * @returns {Point}
   */
  exactly({ 0: x, 1: y }) {
    const { camera } = this;
    if (!camera) return [x, y];
    const { grain } = camera;
    return [roundTo(x, grain[0]), roundTo(y, grain[1])];
  }

  /**
   * Finds where the ray from the eye through a point meets the surface.
   *
   * @param {Float64Array} point
   * @param {Float64Array} eye
   */
  ground(point, eye) {
    const { kernels, run } = this.stage;
    const extent = /** @type {Float64Array} */ (this.views["3d"].extent);
    return kernels.hits(run.spec.surface, run.spec.params, point, extent, eye);
  }

  /**
   * Gives the pixels of a place, null if it is out of sight.
   *
   * @param {Point} place
   * @returns {Point | null}
   */
  visible([x, y]) {
    const at = this.project(x, y);
    if (!this.camera) return null;
    const { left, right, top, bottom } = this.camera.rect;
    return at[0] >= left && at[0] <= right && at[1] >= top && at[1] <= bottom ? at : null;
  }

  /**
   * Tells where a place is drawn, in pixels from the map's corner: on the surface, unless a height is given.
   *
   * @param {number} x
   * @param {number} y
   * @param {number} [height]
   * @returns {Point}
   */
  project(x, y, height) {
    const { camera } = this;
    const { extent } = this.views["3d"];
    const { kernels, run } = this.stage;
    /** @type {Point} */
    const out = [NaN, NaN];
    const lift = (/** @type {Float64Array} */ within) =>
      kernels.heights(kernels.values(run.spec.surface, run.spec.params, Float64Array.of(x, y)), within)[0];
    camera?.projectAll([x, y, camera.relief && extent ? (height ?? lift(extent)) : 0], 1, out);
    return out;
  }
}

/**
 * Gives canvases their element's size in the screen's pixels; returns it in CSS pixels, with its type.
 *
 * @param {HTMLElement} element
 * @param {HTMLCanvasElement[]} canvases
 * @param {Box} before
 * @returns {Box}
 */
function fitAll(element, canvases, before) {
  const now = measure(element);
  const left = now.size * (parseFloat(getComputedStyle(element).getPropertyValue("--plot-left")) || 3);
  const box = { ...now, left };
  if (Object.values(box).join() === Object.values(before).join()) return before;
  for (const canvas of canvases) fit(canvas, box);
  return box;
}
