/** The trails: each lane's path on the map up to the playhead, with a dot at every step. */
import { groundOf, laneColour } from "./format.js";
import { LINE, Points, trace } from "./geometry.js";
import { dashes } from "./marks.js";
import { tones } from "./markers.js";

const WIDTH = 0.14; // of a line, in em
const DOT = 0.19; // radius, in em
const APART = 4; // pixels between the middles of two dots: closer ones would merge
const CREEP = 0.7; // pixels: points closer together make no difference to a line
const PIECES = 90; // a line right across the relief is laid onto the ground in so many
const LOOKS = 1600; // points, of all lanes together, of which is asked whether the surface hides them
const BEHIND = 0.22; // how much of a hidden stretch is seen
const ASIDE = 0.13; // of the other lanes, while one is looked at

/**
 * @typedef {import("./canvas.js").Pen} Pen
 * @typedef {{n: number, dash: number, dot: [x: number, y: number]}} Ink  points drawn, length of the line, the last dot
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

  /**
   * Draws what is new since the last call; everything after `place` and when the playhead went back.
   *
   * @param {Pen} pen
   * @param {number} t
   * @param {number} size  an em
   * @param {Rect} rect
   */
  draw(pen, t, size, rect) {
    const { hovered, chosen, projector } = this.view;
    if (this.looked !== hovered || this.lanes.some(({ ink, points }) => ink.n > points.until(t))) {
      pen.clearRect(0, 0, pen.canvas.width, pen.canvas.height);
      for (const lane of this.lanes) lane.ink = nothing();
    }
    this.looked = hovered;
    const top = hovered < 0 ? chosen : hovered;
    pen.save();
    pen.beginPath();
    pen.rect(rect.left, rect.top, rect.right - rect.left, rect.bottom - rect.top);
    pen.clip();
    for (const lane of [...this.lanes].sort((a, b) => Number(a.i === top) - Number(b.i === top))) {
      const end = lane.points.until(t);
      if (end > lane.ink.n)
        ink(pen, lane, end, { size, width: size * WIDTH * projector.bold }, hovered < 0 || hovered === lane.i ? 1 : ASIDE);
    }
    pen.restore();
  }
}

/** @returns {Ink} */
const nothing = () => ({ n: 0, dash: 0, dot: [NaN, NaN] });

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

/**
 * Continues a lane's line and dots up to point `end`.
 *
 * @param {Pen} pen
 * @param {Trail} lane
 * @param {number} end
 * @param {{size: number, width: number}} type  an em, and the line's width
 * @param {number} alpha
 */
function ink(pen, lane, end, { size, width }, alpha) {
  const { behind } = lane;
  const isHidden = (/** @type {number} */ k) => behind !== null && behind.flags[Math.floor(k / behind.every)] === 1;
  pen.strokeStyle = pen.fillStyle = lane.tone.line;
  pen.lineWidth = width;
  pen.lineJoin = "round";
  pen.lineCap = lane.row.dash === "solid" ? "round" : "butt";
  pen.setLineDash(dashes(lane.row, width));
  pen.lineDashOffset = lane.ink.dash;
  for (const faint of behind ? [true, false] : [false]) {
    pen.globalAlpha = alpha * (faint ? BEHIND : 1);
    inkLine(pen, lane, end, (k) => isHidden(k) === faint);
    inkDots(pen, lane, end, size * DOT, (k) => isHidden(k) === faint);
  }
  lane.ink.n = end;
}

/**
 * Draws the line through those points that are `mine`.
 *
 * @param {Pen} pen
 * @param {Trail} lane
 * @param {number} end
 * @param {(k: number) => boolean} mine
 */
function inkLine(pen, { points, pixels, ink: done }, end, mine) {
  let down = false;
  let [x, y] = [0, 0];
  pen.beginPath();
  for (let k = Math.max(1, done.n); k < end; k++) {
    if (points.pen[k] !== LINE || !mine(k)) {
      down = false;
      continue;
    }
    if (!down) {
      [x, y] = [pixels[2 * k - 2], pixels[2 * k - 1]];
      pen.moveTo(x, y);
      down = true;
    }
    const length = Math.hypot(pixels[2 * k] - x, pixels[2 * k + 1] - y);
    if (length < CREEP && k < end - 1) continue;
    [x, y] = [pixels[2 * k], pixels[2 * k + 1]];
    pen.lineTo(x, y);
    done.dash += length;
  }
  pen.stroke();
}

/**
 * Draws dots at those whole steps that are `mine`.
 *
 * @param {Pen} pen
 * @param {Trail} lane
 * @param {number} end
 * @param {number} radius
 * @param {(k: number) => boolean} mine
 */
function inkDots(pen, { points, pixels, ink: done }, end, radius, mine) {
  pen.beginPath();
  for (let k = done.n; k < end; k++) {
    if (!Number.isInteger(points.step[k]) || !mine(k)) continue;
    const [x, y] = [pixels[2 * k], pixels[2 * k + 1]];
    if (Math.hypot(x - done.dot[0], y - done.dot[1]) < APART) continue;
    pen.moveTo(x + radius, y);
    pen.arc(x, y, radius, 0, 2 * Math.PI);
    done.dot = [x, y];
  }
  pen.fill();
}
