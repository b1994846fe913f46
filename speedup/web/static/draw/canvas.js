/** Canvases that fill an element, as sharp as the screen, drawn in CSS pixels. */
import { el } from "../base/dom.js";

/**
 * @typedef {CanvasRenderingContext2D} Pen
 *
 * @typedef {object} Box  the room of a canvas, in CSS pixels
 * @property {number} width
 * @property {number} height
 * @property {number} ratio  pixels of the screen to a CSS pixel
 * @property {number} size  an em
 * @property {string} family  of its type
 */

/**
 * Gives the pixels of the screen to a CSS pixel, or of the picture that an element is drawn for, see offscreen_stage.js.
 *
 * @param {Element} element
 */
export function sharpness(element) {
  const sheet = element.closest("[data-sharpness]");
  return Number(sheet?.getAttribute("data-sharpness")) || devicePixelRatio || 1;
}

/**
 * Gives what draws on a canvas.
 *
 * @param {HTMLCanvasElement} canvas
 * @param {CanvasRenderingContext2DSettings} [settings]
 * @returns {Pen}
 */
export const penOf = (canvas, settings) => /** @type {Pen} */ (canvas.getContext("2d", settings)); // every browser has it

/**
 * Measures an element. Asking makes the browser lay out the page: to be done when its size changes, not in a frame.
 *
 * @param {Element} element
 * @returns {Box}
 */
export function measure(element) {
  const { width, height } = element.getBoundingClientRect();
  const style = getComputedStyle(element);
  return { width, height, ratio: sharpness(element), size: parseFloat(style.fontSize), family: style.fontFamily };
}

/**
 * Empties a canvas and gives it as many pixels as the screen has in a box; drawing goes on in CSS pixels.
 *
 * @param {HTMLCanvasElement} canvas
 * @param {Pick<Box, "width" | "height" | "ratio">} box
 */
export function fit(canvas, { width, height, ratio }) {
  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round(height * ratio);
  penOf(canvas).setTransform(ratio, 0, 0, ratio, 0, 0);
}

/**
 * Puts a canvas into an element: {canvas, pen, box() (null where there is no room), destroy()}.
 *
 * @param {Element} element
 * @param {() => void} changed  called after every new size
 * @param {string} [label]  what is said of it; without one it is hidden from those who can't see it
 */
export function createBoard(element, changed, label) {
  const canvas = el("canvas", label ? { role: "img", "aria-label": label } : { "aria-hidden": "true" });
  element.append(canvas);
  const pen = penOf(canvas);
  /** @type {Box | null} */
  let box = null;
  const observer = new ResizeObserver(() => {
    const now = measure(element);
    fit(canvas, now);
    box = now.width > 40 && now.height > 40 ? now : null;
    changed();
  });
  observer.observe(element);
  return { canvas, pen, box: () => box, destroy: () => observer.disconnect() };
}
