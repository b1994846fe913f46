/** Drawings that lie over each other, of which few change at a time: the others are drawn once and then copied. */
import { createDiffers } from "../base/differs.js";
import { penOf } from "./canvas.js";

/**
 * @typedef {import("./canvas.js").Pen} Pen
 *
 * @typedef {object} Layer
 * @property {unknown[]} of  what it depends on, see differs.js
 * @property {(pen: Pen) => void} draw  with what pen there is: it is restored afterwards
 */

/**
 * Makes draw(pen, layers), which draws them onto a canvas of their own from the lowest to the highest. Neighbours that stay as
 * they are while others change, as while a slider moves one lane, are kept together on a sheet.
 */
export function createLayers() {
  /** @type {ReturnType<typeof createDiffers>[]} */
  const differs = []; // of each layer
  /** @type {HTMLCanvasElement[]} */
  const sheets = [];
  let before = ""; // which have changed when something did last: the sheets are of the others
  return (/** @type {Pen} */ pen, /** @type {Layer[]} */ layers) => {
    const { canvas } = pen;
    while (differs.length < layers.length) differs.push(createDiffers());
    const fewer = differs.length > layers.length;
    differs.length = layers.length;
    const changed = layers.map(({ of }, i) => differs[i](canvas.width, canvas.height, ...of));
    const now = changed.join();
    if (!changed.includes(true) && !fewer) return;
    const kept = runsOf(changed);
    if (now !== before)
      kept.forEach(([from, to], i) => drawSheet((sheets[i] ??= document.createElement("canvas")), pen, layers.slice(from, to)));
    before = now;
    erase(pen);
    let next = 0;
    const upTo = (/** @type {number} */ end) => {
      for (const layer of layers.slice(next, end)) drawLayer(pen, layer);
    };
    kept.forEach(([from, to], i) => {
      upTo(from);
      copy(pen, sheets[i]);
      next = to;
    });
    upTo(layers.length);
  };
}

/**
 * Finds where neighbours begin and end that have not changed.
 *
 * @param {boolean[]} changed
 */
function runsOf(changed) {
  /** @type {[from: number, to: number][]} */
  const runs = [];
  changed.forEach((yes, i) => {
    if (yes) return;
    const last = runs.at(-1);
    if (last?.[1] === i) last[1] = i + 1;
    else runs.push([i, i + 1]);
  });
  return runs;
}

/**
 * @param {HTMLCanvasElement} sheet
 * @param {Pen} like  the pen of the canvas that it is copied to
 * @param {Layer[]} layers
 */
function drawSheet(sheet, like, layers) {
  sheet.width = like.canvas.width; // empties it
  sheet.height = like.canvas.height;
  const pen = penOf(sheet);
  pen.setTransform(like.getTransform());
  for (const layer of layers) drawLayer(pen, layer);
}

/** @param {Pen} pen @param {Layer} layer */
function drawLayer(pen, layer) {
  pen.save();
  layer.draw(pen);
  pen.restore();
}

/** @param {Pen} pen */
function erase(pen) {
  pen.save();
  pen.resetTransform();
  pen.clearRect(0, 0, pen.canvas.width, pen.canvas.height);
  pen.restore();
}

/** @param {Pen} pen @param {HTMLCanvasElement} sheet */
function copy(pen, sheet) {
  pen.save();
  pen.resetTransform(); // pixel by pixel
  pen.drawImage(sheet, 0, 0);
  pen.restore();
}
