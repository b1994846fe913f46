/** The flat map that stands still behind the race: its ground and its axes, both drawn here, at any zoom. */
import { frameOf, levelsOf, paletteOf } from "./bands.js";
import { el } from "../base/dom.js";
import { Picture } from "./ground.js";
import { MapCamera } from "./map_camera.js";
import { roundTicks } from "../draw/ticks.js";

const RIGHT = 0.6; // margins around the ground in em; the left one is the chart's
const TOP = 0.6;
const BOTTOM = 2;
const TICK = 5; // pixels
const MOST = 7; // ticks along an axis
const ROOM = [4.5, 2.4]; // em that a tick takes along x and y

/** The same interface as Still: `surface`, `frame`, `camera` are those of the map drawn last. */
export class MapView {
  constructor(stage) {
    this.picture = new Picture(stage.kernels);
    this.axes = el("canvas");
    this.host = el("div", { class: "still ground", "aria-hidden": "true" }, this.picture.canvas, this.axes);
    Object.assign(this, { stage, camera: new MapCamera(), surface: null, frame: null, written: "" });
  }

  /** Takes over the stage's surface, in a box of the page. */
  sync(box) {
    const { kernels, run: { spec: { surface, params } }, tables, theme } = this.stage;
    const { map } = tables;
    this.camera.show(tables.surfaces[surface].domain, frameIn(box));
    const bent = `${surface} ${Object.values(params)}`;
    if (bent !== this.bent) {
      Object.assign(this, { bent, surface, params, frame: frameOf(kernels, surface, params) });
      this.levels = levelsOf(this.frame, map.bands);
    }
    if (theme !== this.theme) Object.assign(this, { theme, palette: paletteOf(map.themes[theme], map.bands) });
    this.box = box;
  }

  /** Draws what has changed. */
  draw() {
    const { camera: { window, rect, seen }, box: { ratio }, surface, params, levels, palette, theme, bent } = this;
    const [width, height] = [rect.right - rect.left, rect.bottom - rect.top].map((side) => Math.round(side * ratio));
    this.place(`${theme} ${seen} ${Object.values(this.box)}`);
    this.picture.want({ key: `${bent} ${theme} ${seen} ${ratio}`, surface, params, window, width, height, ratio, levels, palette });
  }

  /** Lays the ground into its place and draws the axes around it. */
  place(written) {
    if (written === this.written) return;
    this.written = written;
    const { axes, box: { width, height, ratio }, camera: { rect } } = this;
    this.host.dataset.window = this.camera.window.join(); // for tests
    const { style } = this.picture.canvas;
    style.translate = `${rect.left}px ${rect.top}px`;
    Object.assign(style, { width: `${rect.right - rect.left}px`, height: `${rect.bottom - rect.top}px` });
    Object.assign(axes, { width: Math.round(width * ratio), height: Math.round(height * ratio) }); // empties it
    const pen = axes.getContext("2d");
    pen.scale(ratio, ratio);
    drawAxes(pen, this.camera, this.box, this.stage.tables.map.themes[this.theme]);
  }

  /** Looks at a window; the map follows at the next frame. */
  move(window) {
    this.camera.look(window);
    this.stage.redraw();
  }

  home() {
    this.move(this.camera.home);
  }

  destroy() {
    this.picture.stop();
    this.host.remove();
  }
}

/** The rectangle of the ground in a box of the page: its sides fall between the screen's pixels. */
function frameIn({ width, height, size, ratio, left }) {
  const sharp = (pixels) => Math.round(pixels * ratio) / ratio;
  const [right, bottom] = [width - RIGHT * size, height - BOTTOM * size].map(sharp);
  const [start, top] = [left, TOP * size].map(sharp);
  return { left: start, top, right: Math.max(start + 1, right), bottom: Math.max(top + 1, bottom) };
}

function drawAxes(pen, { window: [x0, x1, y0, y1], rect, scale: [perX, perY] }, { width, size, family }, { axis, text }) {
  const { left, right, top, bottom } = rect;
  const fits = [right - left, bottom - top].map((side, i) => Math.max(1, Math.min(MOST, Math.floor(side / (ROOM[i] * size)))));
  Object.assign(pen, { font: `${size}px ${family}`, fillStyle: text, strokeStyle: axis, lineWidth: 1, textBaseline: "middle" });
  pen.beginPath();
  pen.textAlign = "right";
  for (const tick of roundTicks(y0, y1, fits[1])) {
    const y = Math.round(bottom + (tick.value - y0) * perY - 0.5) + 0.5;
    pen.moveTo(left - TICK, y);
    pen.lineTo(left, y);
    pen.fillText(tick.text, left - TICK - 0.25 * size, Math.max(y, top + 0.4 * size)); // the page's header is above
  }
  pen.textAlign = "center";
  for (const tick of roundTicks(x0, x1, fits[0])) {
    const x = Math.round(left + (tick.value - x0) * perX - 0.5) + 0.5;
    const half = pen.measureText(tick.text).width / 2;
    pen.moveTo(x, bottom);
    pen.lineTo(x, bottom + TICK);
    pen.fillText(tick.text, Math.min(x, width - half), bottom + TICK + 0.75 * size);
  }
  pen.stroke();
}
