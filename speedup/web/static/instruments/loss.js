/** The loss of every lane against the steps, on a canvas: axes, curves, one cursor at the playhead. */
import { fit, measure, penOf } from "../draw/canvas.js";
import { el } from "../base/dom.js";
import { laneColour } from "../draw/format.js";
import { createLayers } from "../draw/layers.js";
import { leavingOf } from "./leaving.js";
import { drawAxes, drawTitle, titleOf } from "./loss_axes.js";
import { drawEnds, drawMark, strength, visible } from "./loss_marks.js";
import { dashes } from "../draw/marks.js";
import { createPlot, curve } from "../draw/plot.js";
import { createReadout } from "../panel/readout.js";

/**
 * @typedef {import("../draw/canvas.js").Pen} Pen
 *
 * @typedef {object} Layers  what does not change from frame to frame
 * @property {HTMLCanvasElement} axes
 * @property {HTMLCanvasElement} curves
 * @property {ReturnType<typeof createLayers>} draw
 */

const WIDTH = 0.13; // of a line, em
const DENSE = 4000; // with more points lines are drawn thin: clearer, and ten times faster without a GPU
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
  const layers = { axes: document.createElement("canvas"), curves: document.createElement("canvas"), draw: createLayers() };
  const readout = createReadout(view, element, () => plot);
  /** @type {ReturnType<typeof areaIn>} */
  let box = null;
  /** @type {Plot | null} */
  let plot = null;
  /** @type {number | null} */
  let drawn = null; // which lane the layers single out; null: to be drawn again
  let title = "";
  const sync = () => {
    plot = box && (panel === "loss" || view.panel === panel) ? createPlot(box, model()) : null;
    made(plot);
    title = plot ? titleOf(view, plot) : "";
    drawn = null;
    readout.sync();
  };
  const frame = (/** @type {number} */ t) => {
    if (!plot || view.panel !== panel) return;
    if (drawn !== view.hovered) drawLayers(view, layers, plot);
    drawn = view.hovered;
    drawFrame(view, canvas, layers, plot, t);
    drawTitle(view, penOf(canvas), plot, title);
    drawHeads(view, penOf(canvas), plot, t);
  };
  const observer = new ResizeObserver(() => {
    box = areaIn(element, [canvas, layers.axes, layers.curves]);
    layers.draw = createLayers(); // what was drawn is gone
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
  const margin = (/** @type {"left" | "right"} */ side) => parseFloat(style.getPropertyValue(`--plot-${side}`)) * size;
  const [left, right] = [margin("left"), margin("right")];
  const area = { left, top: size * 0.6, width: box.width - left - right, height: box.height - size * 2.3 };
  const enough = area.width >= 20 && area.height >= 20;
  return enough ? { ...area, size, ratio, margin: right, font: family } : null;
}

/**
 * Draws axes and names, and the whole curves.
 *
 * @param {View} view
 * @param {Layers} layers
 * @param {Plot} plot
 */
function drawLayers(view, layers, plot) {
  const axes = penOf(layers.axes);
  const lanes = visible(view);
  axes.clearRect(0, 0, plot.right + plot.margin, plot.bottom + 4 * plot.size);
  drawAxes(view, axes, plot);
  plot.mark?.(axes, plot);
  if (!view.veiled) drawEnds(view, axes, plot, lanes);
  layers.draw(penOf(layers.curves), curvesOf(view, plot, lanes));
}

/**
 * Gives the whole curves, what lies beneath them, and the arrows where they leave the chart.
 *
 * @param {View} view
 * @param {Plot} plot
 * @param {ReturnType<typeof visible>} lanes
 */
function curvesOf(view, plot, lanes) {
  const { left, top, width, height, zero, low, high, span, steps, size } = plot;
  const dense = lanes.length * Math.min(steps, width) > DENSE && !view.projector.on;
  const thick = dense ? 1 : size * WIDTH * view.projector.bold;
  const shown = lanes.map(({ index }) => ({ index, alpha: strength(view, index) }));
  const curves = lanes.map(({ optimizer, index }, i) => {
    const row = view.tables.optimizers[optimizer];
    const [colour, { alpha }] = [laneColour(view, index), shown[i]];
    const draw = (/** @type {Pen} */ pen) => {
      pen.globalAlpha = alpha;
      pen.lineWidth = thick;
      pen.strokeStyle = colour;
      pen.setLineDash(dashes(row, thick));
      pen.stroke(curve(plot.losses[index], plot, index));
    };
    return { of: [plot.losses[index], plot.units[index], colour, row, alpha, thick], draw };
  });
  const around = [left, top, width, height, zero, low, high, span, steps, size];
  const inside = [...(plot.under?.(plot, shown) ?? []), ...curves].map(({ of, draw }) => ({
    of: [...around, ...of],
    draw: (/** @type {Pen} */ pen) => {
      pen.beginPath();
      pen.rect(left, top - 1, width + 1, height + 2);
      pen.clip();
      pen.lineJoin = "bevel";
      draw(pen);
    },
  }));
  return [...inside, ...leavingOf(view, plot, shown).map(({ of, draw }) => ({ of: [...around, ...of], draw }))];
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
 * Puts the layers together at the playhead, with the cursor.
 *
 * @param {View} view
 * @param {HTMLCanvasElement} canvas
 * @param {Layers} layers
 * @param {Plot} plot
 * @param {number} t
 */
function drawFrame(view, canvas, layers, plot, t) {
  const pen = penOf(canvas);
  const x = plot.x(Math.min(Math.floor(t), plot.steps));
  pen.save();
  pen.setTransform(1, 0, 0, 1, 0, 0); // layers are copied pixel by pixel
  pen.clearRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(layers.axes, 0, 0);
  const { width, height } = canvas;
  const apart = plot.units.some((unit) => unit !== plot.units[0]); // then no one cursor is right for all
  const done = Math.max(...plot.units.map((_, lane) => plot.x(stepAt(plot, t, lane), lane)));
  const cut = Math.round((view.veiled ? done : apart ? plot.right : x) * plot.ratio);
  pen.drawImage(layers.curves, 0, 0, cut, height, 0, 0, cut, height);
  pen.globalAlpha = FAINT;
  if (cut < width && !view.veiled) pen.drawImage(layers.curves, cut, 0, width - cut, height, cut, 0, width - cut, height);
  pen.restore();
  pen.fillStyle = view.colours.text;
  if (!apart) pen.fillRect(Math.round(x) - 0.5, plot.top - plot.size * 0.6, 1, plot.height + plot.size * 0.6);
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
