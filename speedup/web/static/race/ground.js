/** The ground of the flat map, drawn by the kernel `shade`: coarse at once while it moves, sharp as soon as it rests. */
import { record } from "../model/records.js";
import { el, put } from "../base/dom.js";

const REST = 100; // milliseconds without a change after which it is drawn sharp
const AT_ONCE = 3; // milliseconds that a picture may take while something moves
const SLICE = 6; // milliseconds of each frame that a sharp one takes
const COARSE = 2; // the screen's pixels to one of a coarse picture at least
const LINE = 0.7; // CSS pixels that a line is wide
const ROOM = 4.5; // CSS pixels between two lines below which they fade
const GUESS = 3e-5; // milliseconds a pixel, before one has been drawn

/** Draws onto `canvas`; its attribute data-sharp says that it rests. */
export class Picture {
  constructor(kernels) {
    this.canvas = el("canvas");
    this.pen = this.canvas.getContext("2d");
    Object.assign(this, { kernels, wanted: null, pace: {}, timer: 0, frame: 0 });
  }

  /** Wants a picture: {key, surface, params, window, width, height (the screen's pixels), ratio, levels, palette}. */
  want(wanted) {
    if (wanted.key === this.wanted?.key) return;
    this.stop();
    this.wanted = wanted;
    const { width, height } = wanted;
    const cost = (width * height * this.paceOf(wanted)) / AT_ONCE;
    const coarse = cost <= 1 ? 1 : Math.max(COARSE, Math.sqrt(cost));
    const image = this.blank(Math.ceil(width / coarse), Math.ceil(height / coarse));
    this.rows(image, 0, image.height);
    this.put(image, coarse === 1);
    if (coarse > 1) this.timer = setTimeout(() => this.sharpen(), REST);
  }

  /** Draws it sharp, a slice at every frame. */
  sharpen() {
    const { width, height } = this.wanted;
    const image = this.blank(width, height);
    let done = 0;
    const slice = () => {
      const count = Math.ceil(SLICE / (width * this.paceOf(this.wanted)));
      this.rows(image, done, Math.min(height, done + count));
      done += count;
      if (done < height) this.frame = requestAnimationFrame(slice);
      else this.put(image, true);
    };
    this.frame = requestAnimationFrame(slice);
  }

  /** Draws it sharp now. */
  finish() {
    if (!this.wanted || this.canvas.dataset.sharp !== undefined) return;
    this.stop();
    const image = this.blank(this.wanted.width, this.wanted.height);
    this.rows(image, 0, image.height);
    this.put(image, true);
  }

  blank(width, height) {
    return this.pen.createImageData(Math.max(1, width), Math.max(1, height));
  }

  /** Draws the rows from `first` up to `end` of an image of the whole window. */
  rows(image, first, end) {
    const {
      surface,
      params,
      window: [x0, x1, y0, y1],
      width: screen,
      ratio,
      levels,
      palette,
    } = this.wanted;
    const { width, height, data } = image;
    const [dx, dy] = [(x1 - x0) / width, (y0 - y1) / height];
    const fine = (width / screen) * ratio; // of its pixels to a CSS pixel
    const middle = { x0: x0 + dx / 2, y0: y1 + (first + 0.5) * dy }; // of the first pixel
    const grid = record(this.kernels.tables.records.grid, { ...middle, dx, dy, width: LINE * fine, room: ROOM * fine });
    const begin = performance.now();
    this.kernels.shade(data.subarray(4 * width * first, 4 * width * end), [width, end - first], {
      surface,
      params,
      grid,
      levels,
      palette,
    });
    const pace = (performance.now() - begin) / (width * (end - first));
    const before = this.pace[surface];
    this.pace[surface] = before ? before + (pace - before) / 4 : pace;
  }

  paceOf({ surface }) {
    return Math.max(1e-7, this.pace[surface] ?? GUESS);
  }

  put(image, sharp) {
    const { canvas } = this;
    if (canvas.width !== image.width || canvas.height !== image.height)
      Object.assign(canvas, { width: image.width, height: image.height });
    this.pen.putImageData(image, 0, 0);
    put(canvas, "data-sharp", sharp);
  }

  stop() {
    clearTimeout(this.timer);
    cancelAnimationFrame(this.frame);
  }
}
