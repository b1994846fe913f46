/** A canvas that fills an element, as sharp as the screen, drawn in CSS pixels. */
import { el } from "../base/dom.js";

/** Pixels of the screen to a CSS pixel, or of the picture that an element is drawn for, see offscreen_stage.js. */
export const sharpness = (element) => Number(element.closest("[data-sharpness]")?.dataset.sharpness) || devicePixelRatio || 1;

/** {canvas, pen, box() -> {width, height, size (an em), family} or null, destroy()}; `changed` after every new size. */
export function createBoard(element, changed, label) {
  const canvas = el("canvas", label ? { role: "img", "aria-label": label } : { "aria-hidden": "true" });
  element.append(canvas);
  const pen = canvas.getContext("2d");
  let box = null;
  const observer = new ResizeObserver(() => {
    const { width, height } = element.getBoundingClientRect();
    const style = getComputedStyle(element);
    const ratio = sharpness(element);
    canvas.width = Math.round(width * ratio);
    canvas.height = Math.round(height * ratio);
    pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    const enough = width > 40 && height > 40;
    box = enough ? { width, height, ratio, size: parseFloat(style.fontSize), family: style.fontFamily } : null;
    changed();
  });
  observer.observe(element);
  return { canvas, pen, box: () => box, destroy: () => observer.disconnect() };
}
