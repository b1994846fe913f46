/** The trails: each lane's path on the map up to the playhead, with a dot at every step. */
import { groundOf, laneColour } from "./format.js";
import { ink, nothing } from "./ink.js";
import { createLayers } from "./layers.js";
import { Points, trace } from "./geometry.js";
import { tones } from "./markers.js";

const WIDTH = 0.14; // of a line, in em
const PIECES = 90; // a line right across the relief is laid onto the ground in so many
const LOOKS = 1600; // points, of all lanes together, of which is asked whether the surface hides them
const ASIDE = 0.13; // of the other lanes, while one is looked at

/**
 * @typedef {import("./canvas.js").Pen} Pen
 * @typedef {import("./ink.js").Ink} Ink
 * @typedef {{projectAll(at: Float64Array, n: number, out: Float32Array): void}} Camera  x, y, height each to two pixels each
 *
 * @typedef {object} OnMap  how a lane is drawn
 * @property {number} i  its index
 * @property {OptimizerRow} row
 * @property {import("./markers.js").Tone} tone
 * @property {boolean} on
 * @property {Points} points
 * @property {Float32Array} pixels  of its points
 * @property {{every: number, flags: Float64Array} | null} behind  which of every so many points the surface hides, 1 or 0
 * @property {Ink} ink  what of it is drawn
 *
 * @typedef {RaceLane & OnMap} Trail
 */

/** Three stages, each redone only when it must: `lay` (run, extent), `place` (camera), `draw` (playhead). */
export class Trails {
  /** @type {Trail[]} */
  lanes = []; // of the run
  /** @type {number | null} */
  looked = null; // the lane that was singled out when they were drawn; null: all is to be drawn anew
  layers = createLayers();
  grown = false; // whether something was drawn since, besides the layers
  /** @type {Ink[]} */
  inks = []; // of each lane, as its layer was drawn

  /** @param {RaceView} view */
  constructor(view) {
    this.view = view;
  }

  /**
   * Lays the paths out in an extent.
   *
   * @param {ArrayLike<number>} extent
   * @param {((points: Points) => void) | null} lift  fills in the heights; null for the flat map
   */
  lay(extent, lift) {
    const { view } = this;
    const { spec, run, tables, theme } = view;
    this.lanes = run.lanes.map((result, i) => {
      const points = this.lanes[i]?.points ?? new Points();
      const tone = tones(laneColour(view, i), theme, groundOf(view));
      const { on } = spec.lanes[i];
      points.n = 0;
      if (on) trace(points, result.path, extent, lift ? PIECES : 0);
      if (on) lift?.(points);
      const before = this.lanes[i]?.pixels ?? new Float32Array(0);
      const pixels = before.length < 2 * points.room ? new Float32Array(2 * points.room) : before;
      return { ...result, i, row: tables.optimizers[result.optimizer], tone, on, points, pixels, behind: null, ink: nothing() };
    });
    this.looked = null;
  }

  /**
   * Puts them where the camera sees them.
   *
   * @param {Camera} camera
   * @param {((points: Float64Array) => Float64Array) | null} hidden  1 or 0 each; null where nothing can hide
   */
  place(camera, hidden) {
    const total = this.lanes.reduce((sum, { points }) => sum + points.n, 0);
    const every = Math.max(1, Math.ceil(total / LOOKS));
    for (const lane of this.lanes) {
      camera.projectAll(lane.points.at, lane.points.n, lane.pixels);
      lane.behind = hidden && lane.points.n ? { every, flags: hidden(thin(lane.points, every)) } : null;
    }
    this.looked = null;
  }

  /** The canvas was emptied by somebody else. */
  forget() {
    this.layers = createLayers();
    this.looked = null;
  }

  /**
   * Draws what is new since the last call; after `place` what is another, and everything when the playhead went back.
   *
   * @param {Pen} pen
   * @param {number} t
   * @param {number} size  an em
   * @param {Rect} rect
   */
  draw(pen, t, size, rect) {
    const { hovered, chosen, projector } = this.view;
    const top = hovered < 0 ? chosen : hovered;
    const lanes = [...this.lanes].sort((a, b) => Number(a.i === top) - Number(b.i === top));
    const type = { size, width: size * WIDTH * projector.bold };
    if (this.lanes.some(({ ink, points }) => ink.n > points.until(t))) this.forget();
    if (this.looked !== hovered) this.drawAnew(pen, lanes, t, type, rect);
    this.looked = hovered;
    const growing = lanes.filter(({ ink, points }) => points.until(t) > ink.n);
    if (!growing.length) return;
    pen.save();
    clip(pen, rect);
    for (const lane of growing) ink(pen, lane, lane.points.until(t), type, this.strength(lane));
    pen.restore();
    this.grown = true;
  }

  /**
   * Draws all lanes up to a playhead: while one of them changes the others stay as drawn.
   *
   * @param {Pen} pen
   * @param {Trail[]} lanes  the topmost last
   * @param {number} t
   * @param {{size: number, width: number}} type
   * @param {Rect} rect
   */
  drawAnew(pen, lanes, t, type, rect) {
    if (this.grown) this.layers = createLayers(); // there is more on the canvas than they know
    this.grown = false;
    const { left, right, top, bottom } = rect;
    const layers = lanes.map((lane) => {
      const { points, pixels, behind, tone, row } = lane;
      const [end, alpha] = [points.until(t), this.strength(lane)];
      const line = [pixels.subarray(0, 2 * end), points.step.subarray(0, end), points.pen.subarray(0, end)];
      const look = [tone.line, row, alpha, type.size, type.width, behind?.every, behind?.flags];
      const draw = (/** @type {Pen} */ sheet) => {
        lane.ink = nothing();
        clip(sheet, rect);
        ink(sheet, lane, end, type, alpha);
        this.inks[lane.i] = { ...lane.ink };
      };
      return { of: [lane.i, left, right, top, bottom, ...line, ...look], draw };
    });
    this.layers(pen, layers);
    for (const lane of lanes) lane.ink = { ...this.inks[lane.i] };
  }

  /** @param {Trail} lane */
  strength({ i }) {
    const { hovered } = this.view;
    return hovered < 0 || hovered === i ? 1 : ASIDE;
  }
}

/** @param {Pen} pen @param {Rect} rect */
function clip(pen, { left, right, top, bottom }) {
  pen.beginPath();
  pen.rect(left, top, right - left, bottom - top);
  pen.clip();
}

/**
 * Gives every `every`-th point: x, y, height each.
 *
 * @param {Points} points
 * @param {number} every
 */
function thin({ at, n }, every) {
  const picked = new Float64Array(3 * Math.ceil(n / every));
  for (let i = 0; i < picked.length; i += 3) picked.set(at.subarray(i * every, i * every + 3), i);
  return picked;
}
