/** The flat map that stands still behind the race: its ground and its axes, both drawn here, at any zoom. */
import { bandsOf, isFlat, paletteOf, spanOf } from "./bands.js";
import { el } from "../base/dom.js";
import { penOf } from "../draw/canvas.js";
import { Ground } from "./ground.js";
import { Laid } from "./laid.js";
import { MapCamera, settled } from "../draw/map_camera.js";
import { drawBase, roundTicks } from "../draw/ticks.js";

const RIGHT = 0.6; // margins around the ground in em; the left one is the chart's
const TOP = 0.6;
const BOTTOM = 2;
const TICK = 5; // pixels
const MOST = 7; // ticks along an axis
const ROOM = [4.5, 2.4]; // em that a tick takes along x and y
const REST = 200; // milliseconds after which the window is part of the link

/** @typedef {import("./plotly_view.js").Box} Box */

/** The same interface as Still: `surface`, `extent`, `camera` are those of the map drawn last. The stage has the window. */
export class FlatMap {
  camera = new MapCamera();
  /** @type {SurfaceName | null} */
  surface = null;
  /** @type {Record<string, number>} */
  params = {};
  /** @type {Box} */
  box = { width: 0, height: 0, size: 0, ratio: 1, left: 0, family: "" };
  /** @type {Span} */
  whole = [0, 0]; // the lowest and the highest loss of the map
  bent = ""; // the surface with its parameters
  /** @type {"light" | "dark"} */
  theme = "light";
  written = ""; // what the axes were drawn for
  banded = ""; // what the bands were found for
  levels = new Float64Array();
  palette = new Float64Array();
  flat = false; // whether float64 tells no heights apart
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  timer;
  moving = false;

  /** @param {RaceView} stage */
  constructor(stage) {
    this.stage = stage;
    this.ground = new Ground(stage.kernels);
    this.laid = new Laid();
    this.axes = el("canvas");
    const sheets = [this.ground.canvas, this.laid.canvas, this.axes];
    this.host = el("div", { class: "still ground", "aria-hidden": "true" }, sheets);
  }

  /** What is drawn of it, from the lowest up. */
  get sheets() {
    const { ground, laid, axes } = this;
    return [ground.canvas, laid.canvas, axes].filter((canvas) => !canvas.hidden);
  }

  /** What trails are cut to. */
  get extent() {
    return this.camera.window;
  }

  /**
   * Takes over the stage's surface, in a box of the page.
   *
   * @param {Box} box
   */
  sync(box) {
    const { kernels, run, tables, theme, window: given } = this.stage;
    const { surface, params } = run.spec;
    const { domain } = tables.surfaces[surface];
    const window = this.moving && surface === this.surface ? this.camera.window : given; // no older one of the server's
    this.camera.show(domain, window, areaIn(box));
    const bent = `${surface} ${Object.values(params)}`;
    if (bent !== this.bent) this.whole = spanOf(kernels, surface, params, domain.flat());
    this.bent = bent;
    this.surface = surface;
    this.params = params;
    this.theme = theme;
    this.box = box;
  }

  /**
   * Finds the bands between the lowest and the highest place that are seen.
   *
   * @param {SurfaceName} surface
   * @param {string} key
   */
  band(surface, key) {
    if (key === this.banded) return;
    this.banded = key;
    const { camera, params } = this;
    const { kernels, tables } = this.stage;
    const seen = camera.isMoved ? spanOf(kernels, surface, params, camera.window) : this.whole;
    const { levels, shares } = bandsOf(tables.surfaces[surface], this.whole, seen, tables.map.bands);
    this.levels = levels;
    this.palette = paletteOf(tables.map.themes[this.theme], shares);
    this.flat = isFlat(seen);
  }

  /** Whether float64 ends here: of places or of heights. */
  get isClosest() {
    return this.flat || this.camera.isClosest;
  }

  /** Draws what has changed. */
  draw() {
    const { camera, box, surface, params, theme } = this;
    if (!surface) return;
    const { window, rect, seen } = camera;
    const { ratio } = box;
    const [width, height] = [rect.right - rect.left, rect.bottom - rect.top].map((side) => Math.round(side * ratio));
    this.place(`${theme} ${seen} ${Object.values(box)}`);
    this.band(surface, `${this.bent} ${theme} ${window}`);
    const { levels, palette } = this;
    this.laid.draw(this.stage.shared.laid?.() ?? [], window, [width, height]);
    this.ground.want({ key: `${this.banded} ${seen} ${ratio}`, surface, params, window, width, height, ratio, levels, palette });
  }

  /**
   * Lays the ground into its place and draws the axes around it.
   *
   * @param {string} written
   */
  place(written) {
    if (written === this.written) return;
    this.written = written;
    const { axes, box, camera } = this;
    const { rect } = camera;
    this.host.dataset.window = camera.window.join(); // for tests
    for (const { style } of [this.ground.canvas, this.laid.canvas]) {
      style.translate = `${rect.left}px ${rect.top}px`;
      style.width = `${rect.right - rect.left}px`;
      style.height = `${rect.bottom - rect.top}px`;
    }
    axes.width = Math.round(box.width * box.ratio); // empties it
    axes.height = Math.round(box.height * box.ratio);
    const pen = penOf(axes);
    pen.scale(box.ratio, box.ratio);
    drawAxes(pen, camera, box, this.stage.tables.map.themes[this.theme]);
  }

  /**
   * Looks at a window; the map follows at the next frame, the link once it rests.
   *
   * @param {import("../draw/map_camera.js").Window} window
   */
  move(window) {
    const { camera, stage, surface } = this;
    camera.look(window);
    stage.set({ window }, { commit: false });
    clearTimeout(this.timer);
    this.moving = true;
    this.timer = setTimeout(() => {
      this.moving = false;
      if (stage.spec.surface === surface) stage.set({ window: settled(window, camera.domain) });
    }, REST);
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

  destroy() {
    clearTimeout(this.timer);
    this.ground.stop();
    this.host.remove();
  }
}

/**
 * Gives the rectangle of the ground in a box of the page: its sides fall between the screen's pixels.
 *
 * @param {Box} box
 * @returns {Rect}
 */
function areaIn({ width, height, size, ratio, left }) {
  const sharp = (/** @type {number} */ pixels) => Math.round(pixels * ratio) / ratio;
  const [right, bottom] = [width - RIGHT * size, height - BOTTOM * size].map(sharp);
  const [start, top] = [left, TOP * size].map(sharp);
  return { left: start, top, right: Math.max(start + 1, right), bottom: Math.max(top + 1, bottom) };
}

/**
 * Draws ticks and their numbers; what these have in common stands at the axis' end, in a corner of the ground.
 *
 * @param {CanvasRenderingContext2D} pen
 * @param {MapCamera} camera
 * @param {Box} box
 * @param {Tables["map"]["themes"]["light"]} theme
 */
function drawAxes(pen, { window: [x0, x1, y0, y1], rect, scale: [perX, perY] }, { width, size, family }, { axis, text, map }) {
  const { left, right, top, bottom } = rect;
  const fits = [right - left, bottom - top].map((side, i) => Math.max(1, Math.min(MOST, Math.floor(side / (ROOM[i] * size)))));
  Object.assign(pen, { font: `${size}px ${family}`, fillStyle: text, strokeStyle: axis, lineWidth: 1, textBaseline: "middle" });
  pen.beginPath();
  pen.textAlign = "right";
  const [along, across] = [roundTicks(x0, x1, fits[0]), roundTicks(y0, y1, fits[1])];
  for (const tick of across.ticks) {
    const y = Math.round(bottom + (tick.value - y0) * perY - 0.5) + 0.5;
    pen.moveTo(left - TICK, y);
    pen.lineTo(left, y);
    const room = left - TICK - 0.25 * size;
    pen.fillText(tick.text, room, Math.max(y, top + 0.4 * size), room); // the page's header is above
  }
  pen.textAlign = "center";
  for (const tick of along.ticks) {
    const x = Math.round(left + (tick.value - x0) * perX - 0.5) + 0.5;
    const half = pen.measureText(tick.text).width / 2;
    pen.moveTo(x, bottom);
    pen.lineTo(x, bottom + TICK);
    pen.fillText(tick.text, Math.min(x, width - half), bottom + TICK + 0.75 * size);
  }
  pen.stroke();
  pen.textAlign = "left";
  drawBase(pen, across.base, [left + 0.5 * size, top + 0.9 * size], size, map[0]);
  pen.textAlign = "right";
  drawBase(pen, along.base, [right - 0.5 * size, bottom - 0.9 * size], size, map[0]);
}
