/** The loss of every lane against the steps, on a canvas: axes, curves, one cursor at the playhead. */
import { sharpness } from "../draw/canvas.js";
import { el } from "../base/dom.js";
import { laneColour, laneLabel } from "../draw/format.js";
import { drawLeaving } from "./leaving.js";
import { MARKERS, dashes } from "../draw/marks.js";
import { createPlot, curve, lastStep, lossTicks, spanTicks } from "../draw/plot.js";
import { createReadout } from "../panel/readout.js";

const WIDTH = 0.13; // of a line, em
const DENSE = 4000; // with more points lines are drawn thin: clearer, and ten times faster without a GPU
const FAINT = 0.22; // what is still to come
const ASIDE = 0.3; // a lane while another one is looked at
const MARKS = Object.fromEntries(Object.entries(MARKERS).map(([name, path]) => [name, new Path2D(path)]));

/** {element, sync(), frame(t), destroy()}. */
export function createChart(stage) {
  const canvas = el("canvas", { role: "img", "aria-label": stage.words("stage.chart") });
  const element = el("div", { class: "chart" }, canvas);
  const layers = { axes: document.createElement("canvas"), curves: document.createElement("canvas") };
  const readout = createReadout(stage, element, () => plot);
  let box = null; // in pixels; measured when it changes, since asking makes the browser lay out the page
  let plot = null;
  let drawn = null; // which lane the layers single out; null: to be drawn again
  stage.plot = () => plot;
  const sync = () => {
    plot = box && createPlot(box, stage.kind.chart(stage));
    drawn = null;
    readout.sync();
  };
  const frame = (t) => {
    if (!plot) return;
    if (drawn !== stage.hovered) drawLayers(stage, layers, plot);
    drawn = stage.hovered;
    drawFrame(stage, canvas, layers, plot, t);
  };
  const observer = new ResizeObserver(() => {
    box = measure(element, [canvas, layers.axes, layers.curves]);
    sync();
    frame(stage.step);
  });
  observer.observe(element);
  const destroy = () => {
    observer.disconnect();
    element.remove();
  };
  return { element, sync, frame, destroy };
}

/** The frame of the plot inside the element, in CSS pixels, with its type; null where there is no room. */
function measure(element, canvases) {
  const { width, height } = element.getBoundingClientRect();
  const style = getComputedStyle(element);
  const size = parseFloat(style.fontSize);
  const margin = (side) => parseFloat(style.getPropertyValue(`--plot-${side}`)) * size;
  const [left, right] = [margin("left"), margin("right")];
  const ratio = sharpness(element);
  for (const canvas of canvases) fit(canvas, width, height, ratio);
  const frame = { left, top: size * 0.6, width: width - left - right, height: height - size * 2.3 };
  const enough = frame.width >= 20 && frame.height >= 20;
  return enough ? { ...frame, size, ratio, margin: right, font: style.fontFamily } : null;
}

/** As many pixels as the screen has; drawing goes on in CSS pixels. */
function fit(canvas, width, height, ratio) {
  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round(height * ratio);
  canvas.getContext("2d").setTransform(ratio, 0, 0, ratio, 0, 0);
}

/** Lanes that are on, the one looked at last, so that it lies on top. */
function visible(stage) {
  const lanes = stage.run.lanes.map((lane, index) => ({ ...lane, index }));
  const rank = ({ index }) => (index === stage.hovered ? 2 : index === stage.chosen ? 1 : 0);
  return lanes.filter(({ index }) => stage.spec.lanes[index]?.on).sort((a, b) => rank(a) - rank(b));
}

const strength = (stage, index) => (stage.hovered < 0 || stage.hovered === index ? 1 : ASIDE);

/** Axes and labels, and the whole curves: all that does not change from frame to frame. */
function drawLayers(stage, layers, plot) {
  const [axes, curves] = [layers.axes, layers.curves].map((canvas) => canvas.getContext("2d"));
  const lanes = visible(stage);
  const [width, height] = [plot.right + plot.margin, plot.bottom + 4 * plot.size];
  for (const pen of [axes, curves]) pen.clearRect(0, 0, width, height);
  drawAxes(stage, axes, plot);
  plot.mark?.(axes, plot);
  if (!stage.veiled) drawLabels(stage, axes, plot, lanes);
  curves.save();
  curves.beginPath();
  curves.rect(plot.left, plot.top - 1, plot.width + 1, plot.height + 2);
  curves.clip();
  curves.lineJoin = "bevel";
  plot.under?.(
    curves,
    plot,
    lanes.map(({ index }) => ({ index, alpha: strength(stage, index) })),
  );
  const dense = lanes.length * Math.min(plot.steps, plot.width) > DENSE && !stage.projector.on;
  const thick = dense ? 1 : plot.size * WIDTH * stage.projector.bold;
  curves.lineWidth = thick;
  for (const { optimizer, index } of lanes) {
    curves.globalAlpha = strength(stage, index);
    curves.strokeStyle = laneColour(stage, index);
    curves.setLineDash(dashes(stage.tables.optimizers[optimizer], thick));
    curves.stroke(curve(plot.losses[index], plot, index));
  }
  curves.restore();
  for (const { index } of lanes) drawLeaving(stage, curves, plot, index, strength(stage, index));
}

function drawAxes(stage, pen, plot) {
  const { colours } = stage;
  pen.font = `${plot.size * 0.85}px ${plot.font}`;
  pen.lineWidth = 1;
  pen.strokeStyle = colours.line;
  pen.fillStyle = colours.faint;
  pen.textBaseline = "middle";
  pen.textAlign = "right";
  for (const { value, text } of lossTicks(plot, plot.size * 1.5)) {
    const y = Math.round(plot.y(value)) + 0.5;
    pen.beginPath();
    pen.moveTo(plot.left, y);
    pen.lineTo(plot.right, y);
    pen.stroke();
    pen.fillText(text, plot.left - plot.size * 0.5, y);
  }
  pen.textAlign = "center";
  pen.textBaseline = "top";
  const under = plot.bottom + plot.size * 0.45;
  for (const { x, text } of spanTicks(plot, plot.size * 5)) pen.fillText(text, x, under);
  if (plot.margin > plot.size * 5) {
    pen.textAlign = "left";
    pen.fillText(plot.below ?? "", plot.right + plot.size * 2, under);
  }
  plot.title = plot.name + (beyond(stage, plot) ? ` · ${plot.cut}` : "");
}

/** What the axis shows, over the curves: neither they nor the grid go through the words. */
function drawTitle({ colours }, pen, plot) {
  pen.font = `${plot.size * 0.85}px ${plot.font}`;
  pen.textAlign = "right";
  pen.textBaseline = "top";
  const [x, y] = [plot.right - plot.size * 0.3, plot.top + plot.size * 0.35];
  const title = pen.measureText(plot.title).width < plot.width ? plot.title : plot.name;
  const start = x - Math.min(plot.width, pen.measureText(title).width) - 4;
  pen.globalAlpha = 0.85;
  pen.fillStyle = colours.background;
  pen.fillRect(start, y - 2, plot.right - start, plot.size + 2);
  pen.globalAlpha = 1;
  pen.fillStyle = colours.faint;
  pen.fillText(title, x, y, plot.width);
}

/** Whether a curve runs out of the frame (the axis is made for losses on the map). */
function beyond(stage, plot) {
  const out = (loss) => loss > plot.high + (plot.zero ?? 0) || (plot.zero === null && loss < plot.low);
  return visible(stage).some(({ index }) => plot.losses[index].some(out));
}

/** Each curve's name at its end, moved apart where they would meet; as many as there is room for. */
function drawLabels(stage, pen, plot, lanes) {
  const room = plot.size * 1.15;
  if (plot.margin < plot.size * 5) return;
  const most = Math.floor(plot.height / room) + 1;
  const ends = lanes
    .flatMap((lane) => {
      const last = lastStep(plot.losses[lane.index]);
      const y = Math.min(plot.bottom, Math.max(plot.top, plot.y(plot.losses[lane.index][last])));
      const there = last === plot.ends[lane.index] && !endsEarly(plot, lane);
      return there ? [{ y, lane }] : [];
    })
    .slice(-most)
    .sort((a, b) => a.y - b.y); // the lane looked at is the last one
  ends.forEach((end, i) => {
    if (i > 0) end.y = Math.max(end.y, ends[i - 1].y + room);
  });
  for (let i = ends.length - 1, floor = plot.bottom; i >= 0; i--) {
    ends[i].y = Math.min(ends[i].y, floor);
    floor = ends[i].y - room;
  }
  pen.font = `${plot.size * 0.85}px ${plot.font}`;
  pen.textAlign = "left";
  pen.textBaseline = "middle";
  for (const { y, lane } of ends) {
    pen.globalAlpha = strength(stage, lane.index);
    drawMark(stage, pen, lane, plot.right + plot.size * 0.75, y, plot.size * 0.27);
    pen.fillStyle = stage.colours.text;
    const x = plot.right + plot.size * 1.3;
    pen.fillText(laneLabel(stage, lane.index), x, y, plot.margin - plot.size * 1.4);
  }
  drawEarly(stage, pen, plot, lanes);
  pen.globalAlpha = 1;
}

/** Whether a lane ends so far from the others, along an axis that isn't counted in steps, that its name stands there. */
const endsEarly = (plot, { index }) => plot.x(plot.ends[index], index) < plot.left + 0.7 * plot.width;

/** The names of curves that end early, beside their ends. */
function drawEarly(stage, pen, plot, lanes) {
  for (const lane of lanes) {
    const end = plot.ends[lane.index];
    const [x, y] = [plot.x(end, lane.index), plot.y(plot.losses[lane.index][end])];
    const text = laneLabel(stage, lane.index);
    if (!endsEarly(plot, lane) || !(y > plot.top && y <= plot.bottom)) continue;
    pen.globalAlpha = strength(stage, lane.index);
    pen.fillStyle = stage.colours.text;
    pen.fillText(text, x + plot.size * 0.6, y - plot.size * 0.75);
  }
}

function drawMark(stage, pen, { optimizer, index }, x, y, radius) {
  pen.save();
  pen.translate(x, y);
  pen.scale(radius, radius);
  pen.fillStyle = laneColour(stage, index);
  pen.fill(MARKS[stage.tables.optimizers[optimizer].marker]);
  pen.restore();
}

/** The layers, put together at the playhead, with the cursor and a ball on every curve. */
function drawFrame(stage, canvas, layers, plot, t) {
  const pen = canvas.getContext("2d");
  const step = Math.min(Math.floor(t), plot.steps);
  const stepOf = (lane) => Math.min(step, plot.ends[lane]);
  const x = plot.x(step);
  pen.save();
  pen.setTransform(1, 0, 0, 1, 0, 0); // layers are copied pixel by pixel
  pen.clearRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(layers.axes, 0, 0);
  const { width, height } = canvas;
  const apart = plot.units.some((unit) => unit !== plot.units[0]); // then no one cursor is right for all
  const done = Math.max(...plot.units.map((_, lane) => plot.x(stepOf(lane), lane)));
  const cut = Math.round((stage.veiled ? done : apart ? plot.right : x) * plot.ratio);
  pen.drawImage(layers.curves, 0, 0, cut, height, 0, 0, cut, height);
  pen.globalAlpha = FAINT;
  if (cut < width && !stage.veiled) pen.drawImage(layers.curves, cut, 0, width - cut, height, cut, 0, width - cut, height);
  pen.restore();
  pen.fillStyle = stage.colours.text;
  if (!apart) pen.fillRect(Math.round(x) - 0.5, plot.top - plot.size * 0.6, 1, plot.height + plot.size * 0.6);
  drawTitle(stage, pen, plot);
  for (const lane of visible(stage)) {
    const at = stepOf(lane.index);
    const y = plot.y(plot.losses[lane.index][at]);
    if (!(y >= plot.top - 1 && y <= plot.bottom + 1)) continue; // diverged, or beyond the axis
    pen.globalAlpha = strength(stage, lane.index);
    drawMark(stage, pen, lane, plot.x(at, lane.index), y, plot.size * 0.32);
  }
  pen.globalAlpha = 1;
}
