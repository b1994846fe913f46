/** A step as arrows on the flat map: down the gradient alone, what past gradients carry, and the step that is taken. */
import { drawText } from "../draw/markers.js";
import { partTones } from "../draw/parts.js";
import { updateShown } from "../instruments/step.js";
import { FlatMap } from "./flat_map.js";

const [LEAST, LONGEST] = [4, 400]; // em: the longest arrow of a step isn't shorter; beyond that nothing of it is seen
const NICE = [1, 2, 5];
const [THICK, THIN, HEAD] = [0.3, 0.16, 3.4]; // em; times the thickness
const RIM = 1.2; // pixels around an arrow
const LIT = 1.7; // times as thick
const WORD = { size: 0.9, weight: 600 };

/**
 * @typedef {import("../draw/parts.js").PartName} PartName
 * @typedef {{part: PartName, vector: Point, text: string}} Arrow  in units of the map
 */

/**
 * Draws them while the step's instrument is shown, so much longer than they are that one sees them; it says how much.
 *
 * @param {import("../draw/canvas.js").Pen} pen
 * @param {RaceView} stage
 * @param {import("./map.js").RaceMap} map
 */
export function drawStepArrows(pen, stage, { still, box: { size, family } }) {
  const shown = stage.panel === "step" ? updateShown(stage) : null;
  if (!shown || shown.step < 0 || !(still instanceof FlatMap) || !stage.spec.lanes[shown.index]?.on) return;
  const { rect } = still.camera;
  const from = shown.anatomy.from(shown.step);
  const pixels = (/** @type {Point} */ [x, y]) => {
    const out = [NaN, NaN, NaN, NaN];
    still.camera.projectAll([...from, 0, from[0] + x, from[1] + y, 0], 2, out);
    return /** @type {Point} */ ([out[2] - out[0], out[3] - out[1]]);
  };
  const arrows = arrowsOf(stage, shown).map((arrow) => ({ ...arrow, vector: pixels(arrow.vector) }));
  const lengths = arrows.slice(1).map(({ vector }) => Math.hypot(...vector));
  const times = magnified(Math.max(...lengths.filter(Number.isFinite), 0), LEAST * size);
  const at = [NaN, NaN];
  still.camera.projectAll([...from, 0], 1, at);
  pen.save();
  pen.beginPath();
  pen.rect(rect.left, rect.top, rect.right - rect.left, rect.bottom - rect.top);
  pen.clip();
  for (const { part, vector } of arrows) {
    const thickness = size * (part === "gradient" ? THICK : THIN) * (stage.shared.lit === part ? LIT : 1);
    drawVector(pen, /** @type {Point} */ (at), scaled(vector, times, LONGEST * size), thickness, partTones(stage, part));
  }
  pen.restore();
  let x = rect.left + size * 0.6;
  const y = rect.bottom - size * 0.9;
  const font = `${WORD.weight} ${size * WORD.size}px ${family}`;
  const plain = { text: stage.colours.text, rim: stage.colours.background };
  const scale = times > 1 ? [{ text: `×${times}`, tone: plain }] : [];
  for (const { text, tone } of [...arrows.map(({ text, part }) => ({ text, tone: partTones(stage, part) })), ...scale]) {
    drawText(pen, { text, x, y, font }, tone);
    x += pen.measureText(text).width + size * 1.2;
  }
}

/**
 * Gives the arrows of an update; of one that remembers no gradients there is none for what these carry.
 *
 * @param {RaceView} stage
 * @param {NonNullable<ReturnType<typeof updateShown>>} shown
 * @returns {Arrow[]}
 */
function arrowsOf({ spec, words }, { anatomy, step, index }) {
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
 * Draws an arrow.
 *
 * @param {import("../draw/canvas.js").Pen} pen
 * @param {Point} from
 * @param {Point} vector
 * @param {number} thickness
 * @param {import("../draw/markers.js").Stroke} tone
 */
function drawVector(pen, [x, y], [u, v], thickness, { line, rim }) {
  const length = Math.hypot(u, v);
  if (!(length > 1)) return; // nothing, or nowhere
  const head = Math.min(length, HEAD * thickness);
  const neck = length - head * 0.8;
  const half = Math.min(thickness / 2, head / 4);
  pen.save();
  pen.translate(x, y);
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
