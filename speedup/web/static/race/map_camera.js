/** Where things are on the flat map: between data and pixels, linear along both axes. It knows no page. */

const SMALLEST = 1e-4; // of the map, seen from side to side

/**
 * Sees a `window` [x0, x1, y0, y1] of a `domain` [[x0, x1], [y0, y1]] in a rectangle `rect` {left, top, right, bottom}.
 * Pixels are CSS pixels from the map's left top corner.
 */
export class MapCamera {
  constructor() {
    const rect = { left: 0, top: 0, right: 0, bottom: 0 };
    Object.assign(this, { relief: false, domain: [[0, 1], [0, 1]], window: [0, 1, 0, 1], rect, seen: "", taken: "" });
  }

  /** Looks at a domain; at all of it where that is another one. */
  show(domain, rect) {
    if (domain.join() !== this.domain.join()) Object.assign(this, { domain, window: domain.flat() });
    this.rect = rect;
    this.note();
  }

  look(window) {
    this.window = window;
    this.note();
  }

  note() {
    const { left, top, right, bottom } = this.rect;
    this.seen = [...this.window, left, top, right, bottom].join();
  }

  /** Returns whether the view has changed since the last call. */
  read() {
    const moved = this.seen !== this.taken;
    this.taken = this.seen;
    return moved;
  }

  /** [pixels to the right, pixels downwards] that x and y grow by. */
  get scale() {
    const { window: [x0, x1, y0, y1], rect: { left, top, right, bottom } } = this;
    return [(right - left) / (x1 - x0), (top - bottom) / (y1 - y0)];
  }

  /** Points x, y, height, x, … to pixels px, py, px, … in `out`. */
  projectAll(at, n, out) {
    const { window: [x0, , y0], rect: { left, bottom }, scale: [perX, perY] } = this;
    for (let i = 0; i < n; i++) { // differences first: they are exact at any zoom
      out[2 * i] = left + (at[3 * i] - x0) * perX;
      out[2 * i + 1] = bottom + (at[3 * i + 1] - y0) * perY;
    }
  }

  /** The place [x, y] under a pixel. */
  locate(px, py) {
    const { window: [x0, , y0], rect: { left, bottom }, scale: [perX, perY] } = this;
    return [x0 + (px - left) / perX, y0 + (py - bottom) / perY];
  }

  /** How exactly x and y are read: a 4000th of the map, as a start is rounded, or a pixel where that is less. */
  get grain() {
    return this.scale.map((per, axis) => Math.min(1 / Math.abs(per), (this.domain[axis][1] - this.domain[axis][0]) / 4000));
  }

  /** Whether less than the whole map is seen. */
  get isMoved() {
    return this.window.join() !== this.home.join();
  }

  /** The window that shows the whole map. */
  get home() {
    return this.domain.flat();
  }

  /** What a hand holds: the window as it is. */
  grip() {
    return { window: this.window };
  }

  /** The window for a hand that held the map `from` one place and is `to` another: {at, apart (of two fingers)} each. */
  pinched({ window: [x0, x1, y0, y1] }, from, to) {
    const { left, top, right, bottom } = this.rect;
    const shares = ({ at: [x, y] }) => [(x - left) / (right - left), (bottom - y) / (bottom - top)];
    const [was, is] = [shares(from), shares(to)];
    const side = (low, high, axis) => zoomed([low, high], this.domain[axis],
      { held: low + was[axis] * (high - low), share: is[axis], closer: to.apart / from.apart });
    return [...side(x0, x1, 0), ...side(y0, y1, 1)];
  }
}

/**
 * The ends of a window along an axis, with the place `held` now at a share of it, seen `closer` by a factor; within
 * [low, high], which is all there is.
 */
function zoomed([from, to], [low, high], { held, share, closer }) {
  const side = Math.min(high - low, Math.max((high - low) * SMALLEST, (to - from) / closer));
  if (side === high - low) return [low, high];
  const first = Math.min(high - side, Math.max(low, held - share * side));
  return [first, first + side];
}
