/** What the lanes have learned by the playhead: curves through the data, or a map for each lane. */
import { createDiffers } from "../base/differs.js";
import { createBoard, penOf } from "../draw/canvas.js";
import { el, put } from "../base/dom.js";
import { laneColour, plain } from "../draw/format.js";
import { createMaps } from "./decision_maps.js";
import { dashes } from "../draw/marks.js";
import { predict } from "../model/net.js";
import { niceStep } from "../draw/plot.js";
import { weightsAt } from "./weights.js";

const POINTS = 201; // of a curve
const WIDTH = 0.16; // of a line, in em
const DOT = 0.13; // radius of a sample
const MARGIN = 0.08; // of the values' range, above and below
const ASIDE = 0.15; // of a lane while another one is looked at

/**
 * @param {TrainView} view
 * @returns {Part}
 */
export function createFit(view) {
  const element = el("div", { class: "fit", "data-figure": "loading" });
  const [curves, maps] = [createCurves(view, element), createMaps(view, element)];
  const shown = () => (view.tables.datasets[view.run.spec.dataset].domain.length === 1 ? curves : maps);
  return {
    element,
    draws: true,
    sync() {
      for (const one of [curves, maps]) put(one.element, "hidden", one !== shown());
      shown().sync();
    },
    frame(t) {
      shown().frame(t);
      put(element, "data-figure", "shown");
    },
    destroy() {
      for (const one of [curves, maps]) one.destroy();
    },
  };
}

/**
 * Shows a net of one input: a curve for each lane.
 *
 * @param {TrainView} view
 * @param {HTMLElement} parent
 * @returns {Part}
 */
function createCurves(view, parent) {
  const element = el("div", { class: "curves" });
  parent.append(element);
  const backdrop = document.createElement("canvas"); // axes, samples, the true curve
  const board = createBoard(element, () => view.refresh(), view.words("stage.network.fit"));
  /** @type {Axes | null} */
  let plot = null;
  const differs = createDiffers();
  let xs = new Float64Array(POINTS);
  const sync = () => {
    const box = board.box();
    plot = box && createAxes(view, box);
    if (!plot) return;
    const { x0, x1 } = plot;
    xs = xs.map((_, i) => x0 + ((x1 - x0) * i) / (POINTS - 1));
    const { theme, colours, run } = view;
    if (!differs(box, theme, colours, run.training.data)) return; // hundreds of samples
    backdrop.width = board.canvas.width;
    backdrop.height = board.canvas.height;
    drawBackdrop(view, penOf(backdrop), plot);
  };
  const frame = (/** @type {number} */ t) => {
    if (!plot) return;
    const { pen, canvas } = board;
    pen.save();
    pen.setTransform(1, 0, 0, 1, 0, 0);
    pen.clearRect(0, 0, canvas.width, canvas.height);
    pen.drawImage(backdrop, 0, 0);
    pen.restore();
    drawCurves(view, pen, plot, xs, t);
  };
  return { element, sync, frame, destroy: board.destroy };
}

/** @typedef {ReturnType<typeof createAxes>} Axes */

/**
 * Gives what stands between data and pixels; the values' range is the samples'.
 *
 * @param {TrainView} view
 * @param {Box} box
 */
function createAxes(view, box) {
  const {
    training: { data },
    spec: { dataset },
  } = view.run;
  const [[x0, x1]] = view.tables.datasets[dataset].domain;
  let [low, high] = [Infinity, -Infinity];
  for (const value of data.targets) [low, high] = [Math.min(low, value), Math.max(high, value)];
  const room = (high - low || 1) * MARGIN;
  [low, high] = [low - room, high + room];
  const { size } = box;
  const [left, right, top, bottom] = [3.6 * size, box.width - 0.6 * size, 0.6 * size, box.height - 2 * size];
  return {
    ...box,
    left,
    right,
    top,
    bottom,
    low,
    high,
    x0,
    x1,
    x: (/** @type {number} */ x) => left + ((right - left) * (x - x0)) / (x1 - x0),
    y: (/** @type {number} */ y) => bottom - ((bottom - top) * (y - low)) / (high - low),
  };
}

/**
 * Draws what does not move: axes, samples, and the curve that they lie around.
 *
 * @param {TrainView} view
 * @param {CanvasRenderingContext2D} pen
 * @param {Axes} plot
 */
function drawBackdrop(view, pen, plot) {
  const { ratio } = plot;
  pen.setTransform(ratio, 0, 0, ratio, 0, 0);
  drawAxes(view, pen, plot);
  drawSamples(view, pen, plot);
  drawTruth(view, pen, plot);
}

/**
 * @param {TrainView} view
 * @param {CanvasRenderingContext2D} pen
 * @param {Axes} plot
 */
function drawAxes({ colours }, pen, plot) {
  const { size, family } = plot;
  pen.font = `${size * 0.85}px ${family}`;
  pen.lineWidth = 1;
  pen.strokeStyle = colours.line;
  pen.fillStyle = colours.faint;
  pen.textAlign = "right";
  pen.textBaseline = "middle";
  for (const value of ticks(plot.low, plot.high, (plot.bottom - plot.top) / (3 * size))) {
    const y = Math.round(plot.y(value)) + 0.5;
    pen.beginPath();
    pen.moveTo(plot.left, y);
    pen.lineTo(plot.right, y);
    pen.stroke();
    pen.fillText(plain(value), plot.left - size * 0.5, y);
  }
  pen.textAlign = "center";
  pen.textBaseline = "top";
  for (const value of ticks(plot.x0, plot.x1, (plot.right - plot.left) / (6 * size))) {
    pen.fillText(plain(value), plot.x(value), plot.bottom + size * 0.4);
  }
}

/**
 * @param {TrainView} view
 * @param {CanvasRenderingContext2D} pen
 * @param {Axes} plot
 */
function drawSamples({ theme, run }, pen, plot) {
  const { data } = run.training;
  data.targets.forEach((value, i) => {
    const held = i >= data.train; // a sample of the test is hollow
    pen.globalAlpha = held ? 0.75 : Math.min(0.55, Math.max(0.16, 160 / data.targets.length));
    pen.beginPath();
    pen.arc(plot.x(data.inputs[i]), plot.y(value), plot.size * DOT * (data.targets.length > 500 ? 1 : 1.4), 0, 2 * Math.PI);
    pen.fillStyle = pen.strokeStyle = theme === "dark" ? "#9fb0c0" : "#5d6f80";
    if (held) pen.stroke();
    else pen.fill();
  });
  pen.globalAlpha = 1;
}

/**
 * @param {TrainView} view
 * @param {CanvasRenderingContext2D} pen
 * @param {Axes} plot
 */
function drawTruth({ colours, run }, pen, plot) {
  const { data } = run.training;
  if (!data.curve) return;
  pen.strokeStyle = colours.text;
  pen.lineWidth = 1.25;
  pen.setLineDash([5, 4]);
  pen.beginPath();
  for (let i = 0; i < data.curve.length; i += 2) pen.lineTo(plot.x(data.curve[i]), plot.y(data.curve[i + 1]));
  pen.stroke();
}

/**
 * @param {number} low
 * @param {number} high
 * @param {number} fits  how many there is room for
 */
function ticks(low, high, fits) {
  const step = niceStep((high - low) / Math.max(1, Math.floor(fits)));
  const first = Math.ceil(low / step - 1e-9);
  const count = Math.floor(high / step + 1e-9) - first + 1;
  return Array.from({ length: count }, (_, i) => Number(((first + i) * step).toPrecision(6)));
}

/**
 * @param {TrainView} view
 * @param {CanvasRenderingContext2D} pen
 * @param {Axes} plot
 * @param {Float64Array} xs
 * @param {number} t
 */
function drawCurves(view, pen, plot, xs, t) {
  const { run, hovered, chosen, spec } = view;
  const { lanes, training } = run;
  const top = hovered < 0 ? chosen : hovered;
  const shown = lanes.filter(({ index }) => spec.lanes[index]?.on);
  pen.save();
  pen.beginPath();
  pen.rect(plot.left, plot.top, plot.right - plot.left, plot.bottom - plot.top);
  pen.clip();
  pen.lineJoin = "round";
  const width = plot.size * WIDTH * view.projector.bold;
  pen.lineWidth = width;
  for (const { index, optimizer } of shown.sort((a, b) => Number(a.index === top) - Number(b.index === top))) {
    const values = predict(view.kernels, training.net, weightsAt(view, index, t), xs);
    pen.globalAlpha = hovered < 0 || hovered === index ? 1 : ASIDE;
    pen.strokeStyle = laneColour(view, index);
    pen.setLineDash(dashes(view.tables.optimizers[optimizer], width));
    pen.beginPath();
    for (let i = 0; i < values.length && Number.isFinite(values[i]); i++) {
      pen.lineTo(plot.x(xs[i]), Math.max(-1e4, Math.min(1e4, plot.y(values[i]))));
    }
    pen.stroke();
  }
  pen.restore();
}
