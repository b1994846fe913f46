/** The loss of every lane against the steps, on a canvas: axes, curves, one cursor at the playhead. */
import { fit, measure, penOf } from "../draw/canvas.js";
import { el } from "../base/dom.js";
import { createLayers } from "../draw/layers.js";
import { drawTitle, titleOf } from "./loss_axes.js";
import { axesOf, curvesOf } from "./loss_layers.js";
import { drawMark, strength, visible } from "./loss_marks.js";
import { createPlot } from "../draw/plot.js";
import { createReadout } from "../panel/readout.js";

/** @typedef {Record<"axes" | "curves" | "title", HTMLCanvasElement>} Sheets  what does not change from frame to frame */

const FAINT = 0.22; // what is still to come

/**
 * Makes the chart. It writes `shared.plot`.
 *
 * @param {View} view
 * @returns {Part}
 */
export function createChart(view) {
  const element = el("div", { class: "chart" });
  const model = () => view.kind.chart(view);
  return plotSteps(view, element, { panel: "loss", label: view.words("stage.chart"), model }, (plot) => {
    view.shared.plot = plot;
  });
}

/**
 * Draws a number of every lane against the steps, as the losses.
 *
 * @template {View} V
 * @param {V} view
 * @param {HTMLElement} element
 * @param {{panel: Looks["panel"], label: string, model: () => ChartModel}} what  is shown while which instrument is
 * @param {(plot: Plot | null) => void} [made]  told of each new geometry
 * @returns {Part}
 */
export function plotSteps(view, element, { panel, label, model }, made = () => {}) {
  const canvas = el("canvas", { role: "img", "aria-label": label });
  element.append(canvas);
  const [axes, curves, title] = ["axes", "curves", "title"].map(() => document.createElement("canvas"));
  const sheets = { axes, curves, title };
  let [drawAxes, drawCurves] = [createLayers(), createLayers()];
  const readout = createReadout(view, element, () => plot);
  /** @type {ReturnType<typeof areaIn>} */
  let box = null;
  /** @type {Plot | null} */
  let plot = null;
  /** @type {number | null} */
  let drawn = null; // which lane the sheets single out; null: to be drawn again
  let at = 0; // the step that was drawn
  const sync = () => {
    plot = box && (panel === "loss" || view.panel === panel) ? createPlot(box, model()) : null;
    made(plot);
    if (plot) drawTitle(view, penOf(title), plot, titleOf(view, plot));
    drawn = null;
    readout.sync();
  };
  const frame = (/** @type {number} */ t) => {
    if (!plot || view.panel !== panel || (drawn === view.hovered && at === Math.floor(t))) return;
    at = Math.floor(t);
    if (drawn !== view.hovered) {
      drawAxes(penOf(axes), axesOf(view, plot));
      drawCurves(penOf(curves), curvesOf(view, plot));
    }
    drawn = view.hovered;
    drawFrame(view, canvas, sheets, plot, t);
    drawHeads(view, penOf(canvas), plot, t);
  };
  const observer = new ResizeObserver(() => {
    box = areaIn(element, [canvas, axes, curves, title]);
    [drawAxes, drawCurves] = [createLayers(), createLayers()]; // what was drawn is gone
    sync();
    frame(view.step);
  });
  observer.observe(element);
  const destroy = () => {
    observer.disconnect();
    element.remove();
  };
  return { element, draws: true, sync, frame, destroy };
}

/**
 * Gives canvases the size of an element; and the area of the plot in it, see `areaOf`.
 *
 * @param {Element} element
 * @param {HTMLCanvasElement[]} canvases
 */
function areaIn(element, canvases) {
  const box = measure(element);
  for (const canvas of canvases) fit(canvas, box);
  return areaOf(element, box);
}

/**
 * Gives the area of a plot in an element, with its type; null where there is no room.
 *
 * @param {Element} element
 * @param {import("../draw/canvas.js").Box} box  its
 */
export function areaOf(element, box) {
  const { size, ratio, family } = box;
  const style = getComputedStyle(element);
  const margin = (/** @type {"left" | "right" | "top"} */ side) => parseFloat(style.getPropertyValue(`--plot-${side}`)) * size;
  const [left, right, top] = [margin("left"), margin("right"), margin("top")];
  const area = { left, top, width: box.width - left - right, height: box.height - top - size * 1.7 };
  const enough = area.width >= 20 && area.height >= 20;
  return enough ? { ...area, size, ratio, margin: right, font: family } : null;
}

/**
 * Gives the step at which a playhead stands, of a lane.
 *
 * @param {Plot} plot
 * @param {number} t
 * @param {number} lane
 */
const stepAt = (plot, t, lane) => Math.min(Math.floor(t), plot.steps, plot.ends[lane]);

/**
 * Puts the sheets together at the playhead, with the cursor.
 *
 * @param {View} view
 * @param {HTMLCanvasElement} canvas
 * @param {Sheets} sheets
 * @param {Plot} plot
 * @param {number} t
 */
function drawFrame(view, canvas, { axes, curves, title }, plot, t) {
  const pen = penOf(canvas);
  const x = plot.x(Math.min(Math.floor(t), plot.steps));
  pen.save();
  pen.setTransform(1, 0, 0, 1, 0, 0); // sheets are copied pixel by pixel
  pen.clearRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(axes, 0, 0);
  const { width, height } = canvas;
  const apart = plot.units.some((unit) => unit !== plot.units[0]); // then no one cursor is right for all
  const done = Math.max(...plot.units.map((_, lane) => plot.x(stepAt(plot, t, lane), lane)));
  const cut = Math.round((view.veiled ? done : apart ? plot.right : x) * plot.ratio);
  pen.drawImage(curves, 0, 0, cut, height, 0, 0, cut, height);
  pen.globalAlpha = FAINT;
  if (cut < width && !view.veiled) pen.drawImage(curves, cut, 0, width - cut, height, cut, 0, width - cut, height);
  pen.restore();
  pen.fillStyle = view.colours.text;
  if (!apart) pen.fillRect(Math.round(x) - 0.5, plot.top - plot.size * 0.6, 1, plot.height + plot.size * 0.6);
  pen.save();
  pen.resetTransform();
  const strip = Math.min(height, Math.ceil((plot.top + 2 * plot.size) * plot.ratio));
  pen.drawImage(title, 0, 0, width, strip, 0, 0, width, strip);
  pen.restore();
}

/**
 * Draws a ball on every curve.
 *
 * @param {View} view
 * @param {CanvasRenderingContext2D} pen
 * @param {Plot} plot
 * @param {number} t
 */
function drawHeads(view, pen, plot, t) {
  for (const lane of visible(view)) {
    const at = stepAt(plot, t, lane.index);
    const y = plot.y(plot.losses[lane.index][at]);
    if (!(y >= plot.top - 1 && y <= plot.bottom + 1)) continue; // diverged, or beyond the axis
    pen.globalAlpha = strength(view, lane.index);
    drawMark(view, pen, lane, plot.x(at, lane.index), y, plot.size * 0.32);
  }
  pen.globalAlpha = 1;
}
