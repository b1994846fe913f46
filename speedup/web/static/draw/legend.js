/** The legend of a picture: for every lane its mark, its name, what tells it apart, its learning rate, how it does. */
import { inForce } from "../model/changes.js";
import { detail, laneColour, plain } from "./format.js";
import { dashes, MARKERS, shapeOf } from "./marks.js";

/** @typedef {import("./canvas.js").Pen} Pen */

const PITCH = 66; // pixels from a lane to the next, and so on: where there is much or little room all of it scales
const [LEAST, MOST] = [0.72, 1.1];
const LINE = 23; // from the first line of a lane to the second
const MARK = 48; // the swatch and the room after it
const [NAME, WORD] = [19, 16]; // sizes of type
/** @type {Record<string, string>} */
const KINDS = { arrived: "✓ ", left: "↗ ", diverged: "✕ " };

/**
 * Draws it into a box [left, top, width, height] for the playhead t.
 *
 * @param {Pen} pen
 * @param {View} view
 * @param {[left: number, top: number, width: number, height: number]} box
 * @param {number} t
 * @param {string} family  of the type
 */
export function drawLegend(pen, view, [left, top, width, height], t, family) {
  const shown = view.run.lanes.map((lane, index) => ({ lane, index })).filter(({ index }) => view.spec.lanes[index]?.on);
  const scale = Math.min(MOST, Math.max(LEAST, height / (PITCH * Math.max(1, shown.length))));
  pen.save();
  pen.translate(left, top + (scale * LINE) / 2);
  pen.scale(scale, scale);
  pen.textBaseline = "middle";
  for (const { lane, index } of shown) {
    drawSwatch(pen, view, index);
    drawLane(pen, view, lane, { index, room: width / scale - MARK, t, family });
    pen.translate(0, PITCH);
  }
  pen.restore();
}

/**
 * Writes a line of text, in smaller type where it would not fit.
 *
 * @param {Pen} pen
 * @param {string} text
 * @param {[x: number, y: number, room: number]} place
 * @param {{size: number, family: string, colour: string, weight?: number}} type
 */
function write(pen, text, [x, y, room], { size, family, colour, weight = 400 }) {
  pen.font = `${weight} ${size}px ${family}`;
  const part = Math.min(1, Math.max(0, room) / pen.measureText(text).width);
  if (part < 1) pen.font = `${weight} ${size * part}px ${family}`;
  pen.textAlign = "left";
  pen.fillStyle = colour;
  pen.fillText(text, x, y);
}

/**
 * Draws a piece of the lane's trail with its marker.
 *
 * @param {Pen} pen
 * @param {View} view
 * @param {number} index
 */
function drawSwatch(pen, view, index) {
  const row = view.tables.optimizers[view.spec.lanes[index].optimizer];
  const end = MARK - 12;
  pen.save();
  pen.strokeStyle = pen.fillStyle = laneColour(view, index);
  pen.lineWidth = 2.5;
  pen.setLineDash(dashes(row, 2.5));
  pen.beginPath();
  pen.moveTo(0, 0);
  pen.lineTo(end, 0);
  pen.stroke();
  pen.translate(end / 2, 0);
  pen.scale(7, 7);
  pen.fill(shapeOf(MARKERS[row.marker]));
  pen.restore();
}

/**
 * Writes name, what tells it apart or else its learning rate; below them what of these is missing, and how it does.
 *
 * @param {Pen} pen
 * @param {View} view
 * @param {Run["lanes"][number]} lane
 * @param {{index: number, room: number, t: number, family: string}} how
 */
function drawLane(pen, view, lane, { index, room, t, family }) {
  const row = view.tables.optimizers[lane.optimizer];
  const { text: strong, faint } = view.colours;
  const rate = row.hyperparameters.find(({ name }) => name === "lr");
  const lr = `${rate?.symbol}\u00a0${plain(inForce(view.spec, index, t).lr)}`;
  const apart = detail(view, index, t);
  const beside = apart || lr;
  pen.font = `${WORD}px ${family}`;
  const end = Math.min(room / 2, pen.measureText(beside).width);
  write(pen, row.label, [MARK, 0, room - end - 9], { size: NAME, family, colour: strong, weight: 600 });
  write(pen, beside, [MARK + room - end, 0, end], { size: WORD, family, colour: strong });
  const { kind, text } = view.kind.status(view, lane, t);
  const said = [(KINDS[kind] ?? "") + text];
  if (!beside.split(" ").includes(lr)) said.unshift(lr);
  const colour = kind === "running" || kind === "going" ? faint : strong;
  write(pen, said.join(" · "), [MARK, LINE, room], { size: WORD, family, colour });
}
