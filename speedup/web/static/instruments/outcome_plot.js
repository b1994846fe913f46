/** How the picture of outcomes is drawn: its colours, its axes, and where the lane stands in it. */
import { penOf } from "../draw/canvas.js";
import { COLUMNS, ROWS, STRIDES } from "../model/outcomes.js";
import { drawBase } from "../draw/ticks.js";
import { marksOf } from "./outcome_marks.js";

/**
 * @typedef {import("../draw/shades.js").Rgb} Rgb
 * @typedef {import("../draw/plot.js").Area & import("../draw/plot.js").Type} Place  where it is drawn
 * @typedef {import("./outcome_axes.js").Subject} Subject
 * @typedef {Pick<Place, "left" | "top" | "width" | "height">} Frame
 * @typedef {{canvas: HTMLCanvasElement, window: number[], key: string, faint?: boolean}} Layer  a picture, and which part of all it is of
 */

const [FAINT, BEST] = [0.3, 0.34]; // opacity of what is out of date; em of the ring around the best
const FARTHEST = 1e5; // times as large as the place: no browser draws an image so large

/**
 * Told apart by lightness and by blue against yellow, which the colour-blind see too.
 *
 * @type {Record<View["theme"], Record<"soon" | "late" | "going" | "left" | "diverged", Rgb>>}
 */
export const COLOURS = {
  light: { soon: [8, 64, 129], late: [158, 202, 232], going: [237, 236, 231], left: [236, 188, 104], diverged: [133, 58, 42] },
  dark: { soon: [190, 228, 255], late: [38, 84, 130], going: [33, 39, 48], left: [203, 156, 76], diverged: [122, 47, 34] },
};

/**
 * Paints onto a canvas as many pixels of a picture as are known everywhere. Gives the share of them that arrives.
 *
 * @param {Pick<RaceView, "theme" | "tables">} view
 * @param {HTMLCanvasElement} canvas
 * @param {import("../model/outcomes.js").Picture} picture
 */
export function paintOutcomes({ theme, tables }, canvas, picture) {
  const stride = STRIDES[picture.level - 1];
  const [width, height] = [COLUMNS / stride, ROWS / stride];
  Object.assign(canvas, { width, height });
  const pen = penOf(canvas);
  const image = pen.createImageData(width, height);
  const pixels = new Uint32Array(image.data.buffer); // a write a pixel: this is done in a frame
  const ramp = rampOf(theme, picture.job.spec.steps).map(packed);
  const arrives = tables.statuses.map(({ event }) => event === "arrived");
  const flat = tables.statuses.map(({ event }) => packed(COLOURS[theme][event && event !== "arrived" ? event : "going"]));
  let count = 0;
  for (let i = 0; i < pixels.length; i++) {
    const known = stride * (COLUMNS * Math.floor(i / width) + (i % width));
    const outcome = picture.outcomes[known];
    if (arrives[outcome]) count += 1;
    pixels[i] = arrives[outcome] ? ramp[picture.since[known]] : flat[outcome];
  }
  pen.putImageData(image, 0, 0);
  return count / pixels.length;
}

/** As a canvas has it in memory, red first. @type {(colour: Rgb) => number} */
export const packed = ([r, g, b]) => ((255 << 24) | (b << 16) | (g << 8) | r) >>> 0;

/**
 * Gives the colour of arriving at each step: as far from one to the next as their ratio, for the early ones differ most.
 *
 * @param {View["theme"]} theme
 * @param {number} steps
 */
function rampOf(theme, steps) {
  const { soon, late } = COLOURS[theme];
  return Array.from({ length: steps + 1 }, (_, step) => {
    const share = Math.log1p(step) / Math.log1p(steps);
    return /** @type {Rgb} */ (soon.map((channel, i) => Math.round(channel + share * (late[i] - channel))));
  });
}

/**
 * Draws all but where the lane stands.
 *
 * @param {View} view
 * @param {CanvasRenderingContext2D} pen
 * @param {Place} place
 * @param {{subject: Subject, layers: Layer[], best: number[] | null}} what  `best`: where it is, as shares of what is seen
 */
export function drawOutcomes(view, pen, place, { subject, layers, best }) {
  const { left, top, width, height } = place;
  pen.save();
  pen.beginPath();
  pen.rect(left, top, width, height);
  pen.clip();
  pen.imageSmoothingEnabled = false; // a pixel is a run, and nothing lies between two
  for (const layer of layers) {
    pen.globalAlpha = layer.faint ? FAINT : 1;
    drawLayer(pen, place, subject.window, layer);
  }
  pen.globalAlpha = 1;
  if (best) drawBest(view, pen, place, best);
  pen.restore();
  drawAxes(view, pen, place, subject);
}

/**
 * Draws a ring around the best that is known.
 *
 * @param {View} view
 * @param {CanvasRenderingContext2D} pen
 * @param {Place} place
 * @param {number[]} best
 */
function drawBest({ colours }, pen, { left, top, width, height, size }, [across, up]) {
  pen.beginPath();
  pen.arc(left + width * across, top + height * (1 - up), size * BEST, 0, 2 * Math.PI);
  for (const [strokeStyle, lineWidth] of /** @type {[string, number][]} */ ([
    [colours.background, size * 0.34],
    [colours.text, size * 0.14],
  ])) {
    Object.assign(pen, { strokeStyle, lineWidth });
    pen.stroke();
  }
}

/**
 * Gives where a window lies in what is seen at a place: left, top, width, height.
 *
 * @param {Frame} place
 * @param {number[]} seen
 * @param {number[]} window
 * @returns {[left: number, top: number, width: number, height: number]}
 */
export function edgesIn({ left, top, width, height }, seen, window) {
  const share = (/** @type {number} */ i) => (window[i] - seen[i & ~1]) / (seen[i | 1] - seen[i & ~1]);
  const [from, to, low, high] = [0, 1, 2, 3].map(share);
  return [left + width * from, top + height * (1 - high), width * (to - from), height * (high - low)];
}

/**
 * Draws a picture where it lies in what is seen.
 *
 * @param {CanvasRenderingContext2D} pen
 * @param {Frame} place
 * @param {number[]} seen
 * @param {Layer} layer
 */
export function drawLayer(pen, place, seen, { canvas, window }) {
  const edges = edgesIn(place, seen, window);
  if (edges[2] > FARTHEST * place.width || edges[3] > FARTHEST * place.height) return;
  pen.drawImage(canvas, ...edges);
}

/**
 * @param {View} view
 * @param {CanvasRenderingContext2D} pen
 * @param {Place} place
 * @param {Subject} subject
 */
function drawAxes({ colours }, pen, { left, top, width, height, size, margin, font }, { axes: [across, up], window }) {
  const [right, bottom] = [left + width, top + height];
  const along = marksOf(across, window.slice(0, 2), width / (size * 3.2));
  const beside = marksOf(up, window.slice(2), height / (size * 1.5));
  Object.assign(pen, { font: `${size * 0.85}px ${font}`, fillStyle: colours.faint, strokeStyle: colours.line, lineWidth: 1 });
  pen.strokeRect(left - 0.5, top - 0.5, width + 1, height + 1);
  pen.beginPath();
  pen.textAlign = "center";
  pen.textBaseline = "top";
  for (const { share, text } of along.marks) {
    const x = Math.round(left + width * share) + 0.5;
    pen.moveTo(x, bottom);
    pen.lineTo(x, bottom + size * 0.3);
    pen.fillText(text, x, bottom + size * 0.45);
  }
  pen.textAlign = "right";
  pen.textBaseline = "middle";
  const [middle, free] = [top + height / 2, left - size * 0.8 - pen.measureText(up.symbol).width]; // for numbers beside the name
  for (const { share, text } of beside.marks) {
    const y = Math.round(bottom - height * share) + 0.5;
    pen.moveTo(left - size * 0.3, y);
    pen.lineTo(left, y);
    if (Math.abs(y - middle) < size && pen.measureText(text).width > free) continue;
    pen.fillText(text, left - size * 0.5, Math.max(y, top + size * 0.1));
  }
  pen.stroke();
  pen.fillStyle = colours.text;
  drawBase(pen, along.base, [right - size * 0.4, bottom - size * 0.7], size, colours.background);
  pen.textAlign = "left";
  drawBase(pen, beside.base, [left + size * 0.4, top + size * 0.7], size, colours.background);
  pen.fillText(up.symbol, size * 0.1, middle);
  pen.textBaseline = "top";
  if (margin > size * 3) pen.fillText(across.symbol, right + size * 1.6, bottom + size * 0.45);
}

/**
 * Draws two lines through where the lane stands, as far as it is seen; the ring around it is the element that one holds.
 *
 * @param {View} view
 * @param {CanvasRenderingContext2D} pen
 * @param {Place} place
 * @param {Point} at
 */
export function drawCross({ colours }, pen, { left, top, width, height }, [across, up]) {
  const [x, y] = [Math.round(left + width * across) + 0.5, Math.round(top + height * (1 - up)) + 0.5];
  pen.beginPath();
  if (up >= 0 && up <= 1) {
    pen.moveTo(left, y);
    pen.lineTo(left + width, y);
  }
  if (across >= 0 && across <= 1) {
    pen.moveTo(x, top);
    pen.lineTo(x, top + height);
  }
  for (const [style, lineWidth, alpha] of /** @type {[string, number, number][]} */ ([
    [colours.background, 3, 0.5],
    [colours.text, 1, 0.8],
  ])) {
    Object.assign(pen, { strokeStyle: style, lineWidth, globalAlpha: alpha });
    pen.stroke();
  }
}
