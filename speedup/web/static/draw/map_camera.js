/** Where things are on what one zooms, the flat map or a picture: between data and pixels, linear along both axes. Knows no page. */

const EXACT = 2 ** -42; // of a coordinate: a window that narrow still has some float64 numbers to a pixel
const TINIEST = 1e-15; // of the map, around 0

/** How large what a coordinate is measured by is, where it is no other than itself. @type {(at: number) => number} */
const OWN = Math.abs;

/**
 * @typedef {number[]} Window  x0, x1, y0, y1
 * @typedef {{at: number[], apart: number}} Hand  pixels: where it is, or the middle of two fingers, and how far these are apart
 */

/**
 * Sees a `window` [x0, x1, y0, y1] of a `domain` [[x0, x1], [y0, y1]] in a rectangle `rect` {left, top, right, bottom}.
 * Pixels are CSS pixels from the map's left top corner.
 */
export class MapCamera {
  /** @type {false} */
  relief = false;
  /** @type {Span[]} */
  domain = [
    [0, 1],
    [0, 1],
  ];
  /** @type {Window} */
  window = [0, 1, 0, 1];
  rect = { left: 0, top: 0, right: 0, bottom: 0 };
  seen = "";
  taken = ""; // what was seen when it was read last
  sizes = [OWN, OWN]; // of what stands at a coordinate along x and y: float64 tells the smaller differences the smaller it is

  /**
   * Looks at a window of a domain, null for all of it.
   *
   * @param {Span[]} domain
   * @param {Window | null} window
   * @param {Rect} rect
   */
  show(domain, window, rect, sizes = this.sizes) {
    this.domain = domain;
    this.rect = rect;
    this.sizes = sizes;
    this.look(window ?? domain.flat());
  }

  /** @param {Window} window */
  look(window) {
    const { left, top, right, bottom } = this.rect;
    this.seen = [...window, left, top, right, bottom].join();
    if (window.join() !== this.window.join()) this.window = window; // as long as it is the same one it is the same array
  }

  /** Returns whether the view has changed since the last call. */
  read() {
    const moved = this.seen !== this.taken;
    this.taken = this.seen;
    return moved;
  }

  /** [pixels to the right, pixels downwards] that x and y grow by. */
  get scale() {
    const {
      window: [x0, x1, y0, y1],
      rect: { left, top, right, bottom },
    } = this;
    return [(right - left) / (x1 - x0), (top - bottom) / (y1 - y0)];
  }

  /**
   * Projects points x, y, height, x, … to pixels px, py, px, … in `out`.
   *
   * @param {ArrayLike<number>} at
   * @param {number} n
   * @param {Float32Array | number[]} out
   */
  projectAll(at, n, out) {
    const {
      window: [x0, , y0],
      rect: { left, bottom },
      scale: [perX, perY],
    } = this;
    for (let i = 0; i < n; i++) {
      // differences first: they are exact at any zoom
      out[2 * i] = left + (at[3 * i] - x0) * perX;
      out[2 * i + 1] = bottom + (at[3 * i + 1] - y0) * perY;
    }
  }

  /**
   * Gives the place [x, y] under a pixel.
   *
   * @param {number} px
   * @param {number} py
   */
  locate(px, py) {
    const {
      window: [x0, , y0],
      rect: { left, bottom },
      scale: [perX, perY],
    } = this;
    return [x0 + (px - left) / perX, y0 + (py - bottom) / perY];
  }

  /** How exactly x and y are read: a 4000th of the map, or a pixel where that is less. */
  get grain() {
    return this.scale.map((per, axis) => Math.min(1 / Math.abs(per), (this.domain[axis][1] - this.domain[axis][0]) / 4000));
  }

  /** The window that shows the whole map. */
  get home() {
    return this.domain.flat();
  }

  /** What is seen along x and y. */
  get sides() {
    const [x0, x1, y0, y1] = this.window;
    return [x1 - x0, y1 - y0];
  }

  /** Whether less than the whole map is seen. */
  get isMoved() {
    return this.window.join() !== this.home.join();
  }

  /** Whether float64 has no numbers for a closer look. */
  get isClosest() {
    const [x0, x1, y0, y1] = this.window;
    return x1 - x0 <= 1.01 * this.narrowest([x0, x1], 0) || y1 - y0 <= 1.01 * this.narrowest([y0, y1], 1);
  }

  /**
   * Tells how wide a window has to be at least.
   *
   * @param {number[]} window  its ends along an axis
   * @param {number} axis  0 or 1
   */
  narrowest([from, to], axis) {
    const [[low, high], size] = [this.domain[axis], this.sizes[axis]];
    return Math.max(TINIEST * (high - low), EXACT * Math.max(size(from), size(to)));
  }

  /** What a hand holds: the window as it is. */
  grip() {
    return { window: this.window };
  }

  /**
   * Gives the window for a hand that held the map `from` one place and is `to` another: as `grip` gave it.
   *
   * @param {{window: Window}} grip
   * @param {Hand} from
   * @param {Hand} to
   */
  pinched({ window: [x0, x1, y0, y1] }, from, to) {
    const { left, top, right, bottom } = this.rect;
    const shares = (/** @type {Hand} */ { at: [x, y] }) => [(x - left) / (right - left), (bottom - y) / (bottom - top)];
    const [was, is] = [shares(from), shares(to)];
    const closer = Math.min(
      to.apart / from.apart,
      (x1 - x0) / this.narrowest([x0, x1], 0),
      (y1 - y0) / this.narrowest([y0, y1], 1),
    );
    const side = (/** @type {number} */ low, /** @type {number} */ high, /** @type {number} */ axis) =>
      zoomed([low, high], this.domain[axis], { held: low + was[axis] * (high - low), share: is[axis], closer });
    return [...side(x0, x1, 0), ...side(y0, y1, 1)];
  }

  /**
   * Gives the window seen closer by a factor around its middle.
   *
   * @param {number} factor
   */
  closer(factor) {
    const { left, top, right, bottom } = this.rect;
    const at = [(left + right) / 2, (top + bottom) / 2];
    return this.pinched(this.grip(), { at, apart: 1 }, { at, apart: factor });
  }

  /**
   * Gives the window between two pixels, those of a box drawn over the map; null for one too narrow.
   *
   * @param {number[]} a
   * @param {number[]} b
   * @returns {Window | null}
   */
  boxed([ax, ay], [bx, by]) {
    const { left, top, right, bottom } = this.rect;
    const inside = (/** @type {number} */ value, /** @type {number} */ low, /** @type {number} */ high) =>
      Math.min(high, Math.max(low, value));
    const [first, last] = [
      [Math.min(ax, bx), Math.max(ay, by)],
      [Math.max(ax, bx), Math.min(ay, by)],
    ].map(([px, py]) => this.locate(inside(px, left, right), inside(py, top, bottom)));
    const wide = [0, 1].every((axis) => last[axis] - first[axis] >= this.narrowest([first[axis], last[axis]], axis));
    return wide ? [first[0], last[0], first[1], last[1]] : null;
  }
}

/**
 * Gives a window seen `closer` by a factor around its middle.
 *
 * @param {Window | null} window
 * @param {Span[]} domain
 * @param {number} closer
 */
export function closerTo(window, domain, closer) {
  const camera = new MapCamera();
  camera.show(domain, window, { left: 0, top: 0, right: 1, bottom: 1 });
  return camera.closer(closer);
}

/**
 * Gives the ends of a window along an axis, with the place `held` now at a share of it, seen `closer`; within [low, high].
 *
 * @param {number[]} window
 * @param {Span} domain
 * @param {{held: number, share: number, closer: number}} how
 */
function zoomed([from, to], [low, high], { held, share, closer }) {
  const side = (to - from) / closer;
  if (side >= (high - low) * (1 - 1e-9)) return [low, high];
  const first = Math.min(high - side, Math.max(low, held - share * side));
  return [first, first + side];
}

/**
 * Gives a window with ends as short as a link needs, to a 4000th of its sides; null for the whole map.
 *
 * @param {Window} window
 * @param {Span[]} domain
 */
export function settled(window, domain) {
  if (window.join() === domain.flat().join()) return null;
  return window.map((end, i) => {
    const axis = i >> 1;
    const [low, high] = domain[axis];
    return Math.min(high, Math.max(low, roundTo(end, (window[2 * axis + 1] - window[2 * axis]) / 4000)));
  });
}

/**
 * Gives a number with no more digits than tell it from one that is a `grain` away.
 *
 * @param {number} value
 * @param {number} grain
 */
export function roundTo(value, grain) {
  return Number(value.toFixed(Math.min(100, Math.max(0, Math.ceil(-Math.log10(grain))))));
}
