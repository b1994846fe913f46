/** A step as arrows on the flat map: down the gradient alone, what past gradients carry, and the step that is taken; and Newton's. */
import { partTones } from "../draw/parts.js";
import { updateShown } from "../instruments/step.js";
import { newtonStep } from "../model/newton.js";
import { FlatMap } from "./flat_map.js";
import { drawKey } from "./step_key.js";

const [LEAST, LONGEST] = [4, 400]; // em: the longest arrow of a step isn't shorter; beyond that nothing of it is seen
const NICE = [1, 2, 5];
const [THICK, THIN, HEAD] = [0.3, 0.16, 3.4]; // em; times the thickness
const RIM = 1.2; // pixels around an arrow
const LIT = 1.7; // times as thick
const ROUND = 2.2; // em: the ellipse of rates; it has their proportion
const [GHOST, DASH] = [0.5, 0.35]; // em: where Newton's step leads

/**
 * @typedef {import("../draw/canvas.js").Pen} Pen
 * @typedef {import("../draw/parts.js").PartName} PartName
 * @typedef {{part: PartName, vector: Point, text: string}} Arrow  in units of the map
 */

/**
 * Draws them while the step's instrument is shown, so much longer than they are that one sees them; it says how much. With them
 * the rates along x and y, as an ellipse, and where Newton's step leads. Gives where it says so: no name is to stand there.
 *
 * @param {Pen} pen
 * @param {RaceView} stage
 * @param {import("./map.js").RaceMap} map
 * @returns {import("../draw/labels.js").Obstacle[]}
 */
export function drawStepArrows(pen, stage, { still, trails, box: { size, family } }) {
  const shown = stage.panel === "step" ? updateShown(stage) : null;
  if (!shown || shown.step < 0 || !(still instanceof FlatMap) || !stage.spec.lanes[shown.index]?.on) return [];
  const { rect, scale } = still.camera;
  const picture = pictureOf(stage, shown, scale, size);
  const at = [NaN, NaN];
  still.camera.projectAll([...shown.anatomy.from(shown.step), 0], 1, at);
  pen.save();
  pen.beginPath();
  pen.rect(rect.left, rect.top, rect.right - rect.left, rect.bottom - rect.top);
  pen.clip();
  pen.translate(at[0], at[1]);
  if (picture.ghost) drawGhost(pen, picture.ghost, size, stage.colours);
  if (picture.round) drawRound(pen, picture.round, size, partTones(stage, "step"));
  for (const { part, vector } of picture.arrows) {
    const thickness = size * (part === "gradient" ? THICK : THIN) * (stage.shared.lit === part ? LIT : 1);
    drawVector(pen, scaled(vector, picture.times, LONGEST * size), thickness, partTones(stage, part));
  }
  pen.restore();
  return drawKey(pen, keyOf(stage, picture), rect, { size, family }, trails.lanes);
}

/**
 * Computes what there is to draw, in pixels from the ball.
 *
 * @param {RaceView} stage
 * @param {import("../instruments/step.js").Shown} shown
 * @param {number[]} scale  pixels for a unit of the map
 * @param {number} size  an em
 */
function pictureOf(stage, shown, [perX, perY], size) {
  const { anatomy, step } = shown;
  const pixels = (/** @type {Point} */ [x, y]) => /** @type {Point} */ ([x * perX, y * perY]);
  const arrows = arrowsOf(stage, shown).map((arrow) => ({ ...arrow, vector: pixels(arrow.vector) }));
  const lengths = arrows.slice(1).map(({ vector }) => Math.hypot(...vector));
  const times = magnified(Math.max(...lengths.filter(Number.isFinite), 0), LEAST * size);
  const ghost = newtonStep(stage.kernels, stage.run.spec, anatomy.from(step));
  return { arrows, times, ghost: ghost && pixels(ghost), round: shaped(pixels(anatomy.rates(step)), ROUND * size) };
}

/**
 * Gives what is said of it.
 *
 * @param {RaceView} stage
 * @param {ReturnType<typeof pictureOf>} picture
 */
function keyOf(stage, { arrows, times, ghost, round }) {
  const plain = { text: stage.colours.text, rim: stage.colours.background };
  return [
    ...arrows.map(({ text, part }) => ({ text, tone: partTones(stage, part) })),
    ...(times > 1 ? [{ text: `×${times}`, tone: plain }] : []),
    ...(round ? [{ text: `◯ ${stage.words("stage.anatomy.rates")}`, tone: partTones(stage, "step") }] : []),
    ...(ghost ? [{ text: `◌ ${stage.words("stage.anatomy.newton")}`, tone: plain }] : []),
  ];
}

/**
 * Gives the arrows of an update; of one that remembers no gradients there is none for what these carry.
 *
 * @param {RaceView} stage
 * @param {NonNullable<ReturnType<typeof updateShown>>} shown
 * @returns {Arrow[]}
 */
export function arrowsOf({ spec, words }, { anatomy, step, index }) {
  const { h } = spec.lanes[index];
  const [gx, gy] = anatomy.gradient(step);
  /** @type {Arrow[]} */
  const arrows = [{ part: "gradient", vector: [-h.lr * gx, -h.lr * gy], text: "−lr·g" }];
  if (anatomy.remembers) arrows.push({ part: "momentum", vector: anatomy.carried(step), text: words("stage.anatomy.carried") });
  return [...arrows, { part: "step", vector: anatomy.move(step), text: words("stage.anatomy.taken") }];
}

/**
 * Gives how many times longer what is so long has to be drawn: 1, 2, 5, 10, …; once, if it is nothing.
 *
 * @param {number} length
 * @param {number} least
 */
export function magnified(length, least) {
  if (!(length > least * 1e-6) || length >= least) return 1;
  const decade = 10 ** Math.floor(Math.log10(least / length));
  return decade * (NICE.find((one) => one * decade * length >= least) ?? 10);
}

/** @param {Point} vector @param {number} times @param {number} most @returns {Point} */
function scaled([x, y], times, most) {
  const factor = Math.min(times, most / Math.hypot(x, y));
  return [x * factor, y * factor];
}

/**
 * Gives the half axes of an ellipse of that shape, the larger one so long; null if one isn't a number.
 *
 * @param {Point} axes
 * @param {number} largest
 * @returns {Point | null}
 */
function shaped([a, b], largest) {
  const factor = largest / Math.max(Math.abs(a), Math.abs(b));
  return Number.isFinite(factor * a * b) ? [Math.abs(a * factor), Math.abs(b * factor)] : null;
}

/**
 * Draws the rates along x and y.
 *
 * @param {Pen} pen
 * @param {Point} axes
 * @param {number} size
 * @param {{line: string}} tone
 */
function drawRound(pen, axes, size, { line }) {
  pen.beginPath();
  pen.ellipse(0, 0, ...axes, 0, 0, 2 * Math.PI);
  pen.strokeStyle = line;
  pen.lineWidth = size * 0.1;
  pen.stroke();
}

/**
 * Draws where Newton's step leads.
 *
 * @param {Pen} pen
 * @param {Point} place
 * @param {number} size
 * @param {Colours} colours
 */
function drawGhost(pen, [x, y], size, { text }) {
  pen.strokeStyle = text;
  pen.lineWidth = size * 0.1;
  pen.setLineDash([size * DASH, size * DASH]);
  pen.beginPath();
  pen.moveTo(0, 0);
  pen.lineTo(x, y);
  pen.stroke();
  pen.setLineDash([size * DASH * 0.5, size * DASH * 0.5]);
  pen.beginPath();
  pen.arc(x, y, size * GHOST, 0, 2 * Math.PI);
  pen.stroke();
  pen.setLineDash([]);
}

/**
 * Draws an arrow.
 *
 * @param {Pen} pen
 * @param {Point} vector
 * @param {number} thickness
 * @param {import("../draw/markers.js").Stroke} tone
 */
function drawVector(pen, [u, v], thickness, { line, rim }) {
  const length = Math.hypot(u, v);
  if (!(length > 1)) return; // nothing, or nowhere
  const head = Math.min(length, HEAD * thickness);
  const neck = length - head * 0.8;
  const half = Math.min(thickness / 2, head / 4);
  pen.save();
  pen.rotate(Math.atan2(v, u));
  pen.beginPath();
  pen.moveTo(0, -half);
  for (const [along, aside] of [
    [neck, -half],
    [length - head, -head / 2],
    [length, 0],
    [length - head, head / 2],
    [neck, half],
    [0, half],
  ])
    pen.lineTo(along, aside);
  pen.closePath();
  pen.lineJoin = "round";
  pen.lineWidth = 2 * RIM;
  pen.strokeStyle = rim;
  pen.stroke();
  pen.fillStyle = line;
  pen.fill();
  pen.restore();
}
