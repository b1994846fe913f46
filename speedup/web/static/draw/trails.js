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

/** Three stages, each redone only when it must: `lay` (run, frame), `place` (camera), `draw` (playhead). */
export class Trails {
  /** `lanes`: {i, row, tone, on, points, pixels, behind, ink, diverged, …} for every lane of the run. */
  constructor(stage) {
    Object.assign(this, { stage, lanes: [], looked: null });
  }

  /** Lays the paths out in a frame. `lift(points)` fills in the heights; null for the flat map. */
  lay(frame, lift) {
    const { spec, run, tables, theme } = this.stage;
    this.lanes.length = run.lanes.length;
    run.lanes.forEach((result, i) => {
      const lane = (this.lanes[i] ??= { points: new Points(), pixels: new Float32Array(0) });
      const { points } = lane;
      const row = tables.optimizers[result.optimizer];
      const tone = tones(laneColour(this.stage, i), theme, groundOf(this.stage));
      Object.assign(lane, { i, row, tone, on: spec.lanes[i].on, ...result });
      points.n = 0;
      if (!lane.on) return;
      trace(points, result.path, frame, lift ? PIECES : 0);
      if (lane.pixels.length < 2 * points.room) lane.pixels = new Float32Array(2 * points.room);
      lift?.(points);
    });
  }

  /** Puts them where the camera sees them. `hidden(points) -> 1 or 0 each`, null where nothing can hide. */
  place(camera, hidden) {
    const total = this.lanes.reduce((sum, { points }) => sum + points.n, 0);
    const every = Math.max(1, Math.ceil(total / LOOKS));
    for (const lane of this.lanes) {
      camera.projectAll(lane.points.at, lane.points.n, lane.pixels);
      lane.behind = hidden && lane.points.n ? { every, flags: hidden(thin(lane.points, every)) } : null;
      lane.ink = null;
    }
  }

  /** Draws what is new since the last call; everything after `place` and when the playhead went back. */
  draw(pen, t, size, rect) {
    const { hovered, chosen, projector } = this.stage;
    if (this.looked !== hovered || this.lanes.some(({ ink, points }) => !ink || ink.n > points.until(t))) {
      pen.clearRect(0, 0, pen.canvas.width, pen.canvas.height);
      for (const lane of this.lanes) lane.ink = { n: 0, dash: 0, dot: [NaN, NaN] };
    }
    this.looked = hovered;
    const top = hovered < 0 ? chosen : hovered;
    pen.save();
    pen.beginPath();
    pen.rect(rect.left, rect.top, rect.right - rect.left, rect.bottom - rect.top);
    pen.clip();
    for (const lane of [...this.lanes].sort((a, b) => (a.i === top) - (b.i === top))) {
      const end = lane.points.until(t);
      if (end > lane.ink.n)
        ink(pen, lane, end, { size, width: size * WIDTH * projector.bold }, hovered < 0 || hovered === lane.i ? 1 : ASIDE);
    }
    pen.restore();
  }
}

/** Every `every`-th point: x, y, height each. */
function thin({ at, n }, every) {
  const picked = new Float64Array(3 * Math.ceil(n / every));
  for (let i = 0; i < picked.length; i += 3) picked.set(at.subarray(i * every, i * every + 3), i);
  return picked;
}

/** Continues a lane's line and dots up to point `end`. */
function ink(pen, lane, end, { size, width }, alpha) {
  const { behind } = lane;
  const isHidden = (k) => behind !== null && behind.flags[Math.floor(k / behind.every)] === 1;
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

/** The line through those points that are `mine`. */
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

/** Dots at those whole steps that are `mine`. */
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
