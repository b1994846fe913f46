/** Where things are on the flat map: between data and pixels, by Plotly's own axes. */

import { zoomed } from "./pinch.js";

/** Sees the figure that Plotly draws in `plot`. Pixels are CSS pixels from the plot's left top corner. */
export class MapCamera {
  constructor(plot) {
    Object.assign(this, { plot, relief: false, rect: { left: 0, top: 0, right: 0, bottom: 0 }, seen: "" });
  }

  get axes() {
    return [this.plot._fullLayout.xaxis, this.plot._fullLayout.yaxis];
  }

  /** Takes over Plotly's present view. Returns whether it has changed. */
  read() {
    const [x, y] = this.axes;
    const now = [x, y].flatMap(({ range, _offset, _length }) => [...range, _offset, _length]).join();
    if (now === this.seen) return false;
    this.seen = now;
    const [left, top] = [x._offset, y._offset];
    const rect = { left, top, right: left + x._length, bottom: top + y._length };
    // Not by Plotly's l2p: while a wheel turns its scale is older than the range.
    this.perX = (rect.right - rect.left) / (x.range[1] - x.range[0]);
    this.perY = (rect.top - rect.bottom) / (y.range[1] - y.range[0]);
    this.zeroX = rect.left - x.range[0] * this.perX;
    this.zeroY = rect.bottom - y.range[0] * this.perY;
    this.rect = rect;
    return true;
  }

  /** Points x, y, height, x, … to pixels px, py, px, … in `out`. */
  projectAll(at, n, out) {
    const { perX, perY, zeroX, zeroY } = this;
    for (let i = 0; i < n; i++) {
      out[2 * i] = zeroX + at[3 * i] * perX;
      out[2 * i + 1] = zeroY + at[3 * i + 1] * perY;
    }
  }

  /** The place [x, y] under a pixel. */
  locate(px, py) {
    return [(px - this.zeroX) / this.perX, (py - this.zeroY) / this.perY];
  }

  /** How exactly x and y are read: a 4000th of the map, as a start is rounded, or a pixel where that is less. */
  get grain() {
    const pixel = [1 / this.perX, -1 / this.perY];
    return this.axes.map((axis, i) => Math.min(pixel[i], (axis.maxallowed - axis.minallowed) / 4000));
  }

  /** Whether less than the whole map is seen. */
  get isMoved() {
    return this.axes.some((axis) => axis.range[0] > axis.minallowed || axis.range[1] < axis.maxallowed);
  }

  /** What brings the whole map back, for Plotly.relayout. */
  get home() {
    const [x, y] = this.axes.map(({ minallowed, maxallowed }) => [minallowed, maxallowed]);
    return { "xaxis.range": x, "yaxis.range": y };
  }

  /** What two fingers hold: the ranges as they are. */
  grip() {
    return { ranges: this.axes.map(({ range }) => [...range]) };
  }

  /** What Plotly.relayout needs for fingers that held the map `from` one place and are `to` another: {at, apart} each. */
  pinched({ ranges: [xs, ys] }, from, to) {
    const { left, right, top, bottom } = this.rect;
    const shares = ({ at: [x, y] }) => [(x - left) / (right - left), (bottom - y) / (bottom - top)];
    const [was, is] = [shares(from), shares(to)];
    const range = (ends, axis) => {
      const { minallowed, maxallowed } = this.axes[axis];
      const held = ends[0] + was[axis] * (ends[1] - ends[0]);
      return zoomed(ends, [minallowed, maxallowed], { held, share: is[axis], closer: to.apart / from.apart });
    };
    return { "xaxis.range": range(xs, 0), "yaxis.range": range(ys, 1) };
  }

  /** Has `moved` called whenever the view moves. To be called after every drawing; it listens once. */
  watch(moved) {
    if (this.watching) return;
    this.watching = true;
    for (const event of ["relayouting", "relayout", "afterplot"]) this.plot.on(`plotly_${event}`, moved);
  }
}
