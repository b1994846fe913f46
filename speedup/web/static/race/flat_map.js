/** The flat map that stands still behind the race: its ground and its axes, both drawn here, at any zoom. */
import { bandsOf, isFlat, paletteOf, spanOf } from "./bands.js";
import { el } from "../base/dom.js";
import { Picture } from "./ground.js";
import { MapCamera, settled } from "./map_camera.js";
import { roundTicks } from "../draw/ticks.js";

const RIGHT = 0.6; // margins around the ground in em; the left one is the chart's
const TOP = 0.6;
const BOTTOM = 2;
const TICK = 5; // pixels
const MOST = 7; // ticks along an axis
const ROOM = [4.5, 2.4]; // em that a tick takes along x and y
const REST = 200; // milliseconds after which the window is part of the link

/** The same interface as Still: `surface`, `frame`, `camera` are those of the map drawn last. The stage has the window. */
export class MapView {
  constructor(stage) {
    this.picture = new Picture(stage.kernels);
    this.axes = el("canvas");
    this.host = el("div", { class: "still ground", "aria-hidden": "true" }, this.picture.canvas, this.axes);
    Object.assign(this, { stage, camera: new MapCamera(), surface: null, written: "", banded: "", timer: 0, moving: false });
  }

  /** What trails are cut to. */
  get frame() {
    return this.camera.window;
  }

  /** Takes over the stage's surface, in a box of the page. */
  sync(box) {
    const {
      kernels,
      run: {
        spec: { surface, params },
      },
      tables,
      theme,
    } = this.stage;
    const { domain } = tables.surfaces[surface];
    const window = this.moving && surface === this.surface ? this.camera.window : this.stage.window; // no older one of the server's
    this.camera.show(domain, window, frameIn(box));
    const bent = `${surface} ${Object.values(params)}`;
    if (bent !== this.bent)
      Object.assign(this, { bent, surface, params, whole: spanOf(kernels, surface, params, domain.flat()) });
    Object.assign(this, { theme, box });
  }

  /** Finds the bands between the lowest and the highest place that are seen. */
  band(key) {
    if (key === this.banded) return;
    const {
      camera,
      surface,
      params,
      theme,
      stage: {
        kernels,
        tables: { map, surfaces },
      },
    } = this;
    const seen = camera.isMoved ? spanOf(kernels, surface, params, camera.window) : this.whole;
    const { levels, shares } = bandsOf(surfaces[surface], this.whole, seen, map.bands);
    Object.assign(this, { banded: key, levels, palette: paletteOf(map.themes[theme], shares), flat: isFlat(seen) });
  }

  /** Whether float64 ends here: of places or of heights. */
  get isClosest() {
    return this.flat || this.camera.isClosest;
  }

  /** Draws what has changed. */
  draw() {
    const {
      camera: { window, rect, seen },
      box: { ratio },
      surface,
      params,
      theme,
      bent,
    } = this;
    const [width, height] = [rect.right - rect.left, rect.bottom - rect.top].map((side) => Math.round(side * ratio));
    this.place(`${theme} ${seen} ${Object.values(this.box)}`);
    this.band(`${bent} ${theme} ${window}`);
    const { levels, palette } = this;
    this.picture.want({ key: `${this.banded} ${seen} ${ratio}`, surface, params, window, width, height, ratio, levels, palette });
  }

  /** Lays the ground into its place and draws the axes around it. */
  place(written) {
    if (written === this.written) return;
    this.written = written;
    const {
      axes,
      box: { width, height, ratio },
      camera: { rect },
    } = this;
    this.host.dataset.window = this.camera.window.join(); // for tests
    const { style } = this.picture.canvas;
    style.translate = `${rect.left}px ${rect.top}px`;
    Object.assign(style, { width: `${rect.right - rect.left}px`, height: `${rect.bottom - rect.top}px` });
    Object.assign(axes, { width: Math.round(width * ratio), height: Math.round(height * ratio) }); // empties it
    const pen = axes.getContext("2d");
    pen.scale(ratio, ratio);
    drawAxes(pen, this.camera, this.box, this.stage.tables.map.themes[this.theme]);
  }

  /** Looks at a window; the map follows at the next frame, the link once it rests. */
  move(window) {
    const { camera, stage, surface } = this;
    camera.look(window);
    Object.assign(stage, { window });
    stage.redraw();
    clearTimeout(this.timer);
    this.moving = true;
    this.timer = setTimeout(() => {
      this.moving = false;
      if (stage.spec.surface === surface) stage.set({ window: settled(window, camera.domain) });
    }, REST);
  }

  home() {
    this.move(this.camera.home);
  }

  destroy() {
    clearTimeout(this.timer);
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

/** Ticks and their numbers; what these have in common stands at the axis' end, in a corner of the ground. */
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

/** On a ground of its own, so that no line goes through it. */
function drawBase(pen, base, at, size, ground) {
  pen.save();
  Object.assign(pen, { strokeStyle: ground, lineWidth: 0.4 * size, lineJoin: "round" });
  if (base) pen.strokeText(base, ...at);
  pen.restore();
  pen.fillText(base, ...at);
}
