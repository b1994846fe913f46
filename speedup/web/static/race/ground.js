/** The ground of the flat map, drawn by the kernel `shade`: coarse at once while it moves, sharp as soon as it rests. */
import { record } from "../model/records.js";
import { penOf } from "../draw/canvas.js";
import { el, put } from "../base/dom.js";

const REST = 100; // milliseconds without a change after which it is drawn sharp
const AT_ONCE = 3; // milliseconds that a picture may take while something moves
const SLICE = 6; // milliseconds of each frame that a sharp one takes
const COARSE = 2; // the screen's pixels to one of a coarse picture at least
const LINE = 0.7; // CSS pixels that a line is wide
const ROOM = 4.5; // CSS pixels between two lines below which they fade
const GUESS = 3e-5; // milliseconds a pixel, before one has been drawn

/**
 * @typedef {object} Wanted  a picture
 * @property {string} key  another one has another key
 * @property {SurfaceName} surface
 * @property {Record<string, number>} params
 * @property {import("../draw/map_camera.js").Window} window
 * @property {number} width  the screen's pixels
 * @property {number} height
 * @property {number} ratio  of these to a CSS pixel
 * @property {Float64Array} levels
 * @property {Float64Array} palette
 */

/** Draws onto `canvas`; its attribute data-sharp says that it rests. */
export class Ground {
  /** @type {Wanted | null} */
  wanted = null;
  /** @type {Partial<Record<SurfaceName, number>>} */
  pace = {}; // milliseconds a pixel
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  timer;
  frame = 0;

  /** @param {Kernels} kernels */
  constructor(kernels) {
    this.kernels = kernels;
    this.canvas = el("canvas");
    this.pen = penOf(this.canvas, { alpha: false }); // nothing below it has to be put together with it
  }

  /** @param {Wanted} wanted */
  want(wanted) {
    if (wanted.key === this.wanted?.key) return;
    this.stop();
    this.wanted = wanted;
    const { width, height } = wanted;
    const cost = (width * height * this.paceOf(wanted)) / AT_ONCE;
    const coarse = cost <= 1 ? 1 : Math.max(COARSE, Math.sqrt(cost));
    const image = this.blank(Math.ceil(width / coarse), Math.ceil(height / coarse));
    this.rows(wanted, image, [0, image.height]);
    this.put(image, coarse === 1);
    if (coarse > 1) this.timer = setTimeout(() => this.sharpen(wanted), REST);
  }

  /**
   * Draws it sharp, a slice at every frame.
   *
   * @param {Wanted} wanted
   */
  sharpen(wanted) {
    const { width, height } = wanted;
    const image = this.blank(width, height);
    let done = 0;
    const slice = () => {
      const count = Math.ceil(SLICE / (width * this.paceOf(wanted)));
      this.rows(wanted, image, [done, Math.min(height, done + count)]);
      done += count;
      if (done < height) this.frame = requestAnimationFrame(slice);
      else this.put(image, true);
    };
    this.frame = requestAnimationFrame(slice);
  }

  /** Draws it sharp now. */
  finish() {
    const { wanted } = this;
    if (!wanted || this.canvas.dataset.sharp !== undefined) return;
    this.stop();
    const image = this.blank(wanted.width, wanted.height);
    this.rows(wanted, image, [0, image.height]);
    this.put(image, true);
  }

  /**
   * @param {number} width
   * @param {number} height
   */
  blank(width, height) {
    return this.pen.createImageData(Math.max(1, width), Math.max(1, height));
  }

  /**
   * Draws the rows from `first` up to `end` of an image of the whole window.
   *
   * @param {Wanted} wanted
   * @param {ImageData} image
   * @param {[first: number, end: number]} rows
   */
  rows({ surface, params, window: [x0, x1, y0, y1], width: screen, ratio, levels, palette }, image, [first, end]) {
    const { width, height, data } = image;
    const [dx, dy] = [(x1 - x0) / width, (y0 - y1) / height];
    const fine = (width / screen) * ratio; // of its pixels to a CSS pixel
    const middle = { x0: x0 + dx / 2, y0: y1 + (first + 0.5) * dy }; // of the first pixel
    const grid = record(this.kernels.tables.records.grid, { ...middle, dx, dy, width: LINE * fine, room: ROOM * fine });
    const begin = performance.now();
    const part = data.subarray(4 * width * first, 4 * width * end);
    this.kernels.shade(part, [width, end - first], { surface, params, grid, levels, palette });
    const pace = (performance.now() - begin) / (width * (end - first));
    const before = this.pace[surface];
    this.pace[surface] = before ? before + (pace - before) / 4 : pace;
  }

  /** @param {Wanted} wanted */
  paceOf({ surface }) {
    return Math.max(1e-7, this.pace[surface] ?? GUESS);
  }

  /**
   * @param {ImageData} image
   * @param {boolean} sharp
   */
  put(image, sharp) {
    const { canvas } = this;
    if (canvas.width !== image.width) canvas.width = image.width; // only then: it empties the canvas
    if (canvas.height !== image.height) canvas.height = image.height;
    this.pen.putImageData(image, 0, 0);
    put(canvas, "data-sharp", sharp);
  }

  stop() {
    clearTimeout(this.timer);
    cancelAnimationFrame(this.frame);
  }
}
