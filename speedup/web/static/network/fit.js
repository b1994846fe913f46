/** What the lanes have learned by the playhead: curves through the data, or a map for each lane. */
import { createBoard } from "../draw/canvas.js";
import { el, put } from "../base/dom.js";
import { laneColour, plain } from "../draw/format.js";
import { createMaps } from "./decision_maps.js";
import { dashes } from "../draw/marks.js";
import { predict } from "../model/net.js";
import { niceStep } from "../draw/plot.js";

const POINTS = 201; // of a curve
const WIDTH = 0.16; // of a line, in em
const DOT = 0.13; // radius of a sample
const MARGIN = 0.08; // of the values' range, above and below
const ASIDE = 0.15; // of a lane while another one is looked at

/** {element, sync(), frame(t), destroy()}. */
export function createFit(stage) {
  const element = el("div", { class: "fit", "data-figure": "loading" });
  const kinds = { 1: createCurves(stage, element), 2: createMaps(stage, element) };
  const inputs = () => stage.tables.datasets[stage.run.spec.dataset].domain.length;
  return {
    element,
    sync() {
      for (const [number, kind] of Object.entries(kinds)) put(kind.element, "hidden", Number(number) !== inputs());
      kinds[inputs()].sync();
    },
    frame(t) {
      for (const lane of stage.run.lanes) lane.params = weightsAt(stage, lane.index, t);
      kinds[inputs()].frame();
      put(element, "data-figure", "shown");
    },
    destroy: () => Object.values(kinds).forEach((kind) => kind.destroy()),
  };
}

/** The weights of a lane at a playhead. While it runs fast those of the last checkpoint will do. */
function weightsAt(stage, index, t) {
  const { training, done } = stage.run;
  const { playing, speed } = stage.clock;
  const step = Math.min(Math.floor(t), done, stage.kind.lastOf(stage, index));
  return training.weights(index, step, playing && speed >= 5 && step < done);
}

function createCurves(stage, parent) {
  const element = el("div", { class: "curves" });
  parent.append(element);
  const still = document.createElement("canvas"); // axes, samples, the true curve
  const board = createBoard(element, () => stage.refresh(), stage.words("stage.network.fit"));
  let plot = null;
  let xs = null;
  const sync = () => {
    const box = board.box();
    plot = box && createAxes(stage, box);
    if (!plot) return;
    const {
      spec: { dataset },
    } = stage.run;
    const [[low, high]] = stage.tables.datasets[dataset].domain;
    xs = Float64Array.from({ length: POINTS }, (_, i) => low + ((high - low) * i) / (POINTS - 1));
    Object.assign(still, { width: board.canvas.width, height: board.canvas.height });
    drawStill(stage, still.getContext("2d"), plot);
  };
  const frame = () => {
    if (!plot) return;
    const { pen, canvas } = board;
    pen.save();
    pen.setTransform(1, 0, 0, 1, 0, 0);
    pen.clearRect(0, 0, canvas.width, canvas.height);
    pen.drawImage(still, 0, 0);
    pen.restore();
    drawCurves(stage, pen, plot, xs);
  };
  return { element, sync, frame, destroy: board.destroy };
}

/** Between data and pixels; the values' range is the samples'. */
function createAxes(stage, box) {
  const {
    training: { data },
    spec: { dataset },
  } = stage.run;
  const [[x0, x1]] = stage.tables.datasets[dataset].domain;
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
    x: (x) => left + ((right - left) * (x - x0)) / (x1 - x0),
    y: (y) => bottom - ((bottom - top) * (y - low)) / (high - low),
  };
}

function drawStill(stage, pen, plot) {
  const {
    colours,
    theme,
    run: {
      training: { data },
    },
  } = stage;
  const { ratio, size, family } = plot;
  pen.setTransform(ratio, 0, 0, ratio, 0, 0);
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
  data.targets.forEach((value, i) => {
    const held = i >= data.train; // a sample of the test is hollow
    pen.globalAlpha = held ? 0.75 : Math.min(0.55, Math.max(0.16, 160 / data.targets.length));
    pen.beginPath();
    pen.arc(plot.x(data.inputs[i]), plot.y(value), size * DOT * (data.targets.length > 500 ? 1 : 1.4), 0, 2 * Math.PI);
    pen.fillStyle = pen.strokeStyle = theme === "dark" ? "#9fb0c0" : "#5d6f80";
    if (held) pen.stroke();
    else pen.fill();
  });
  pen.globalAlpha = 1;
  if (!data.curve) return;
  pen.strokeStyle = colours.text;
  pen.lineWidth = 1.25;
  pen.setLineDash([5, 4]);
  pen.beginPath();
  for (let i = 0; i < data.curve.length; i += 2) pen.lineTo(plot.x(data.curve[i]), plot.y(data.curve[i + 1]));
  pen.stroke();
}

function ticks(low, high, fits) {
  const step = niceStep((high - low) / Math.max(1, Math.floor(fits)));
  const first = Math.ceil(low / step - 1e-9);
  const count = Math.floor(high / step + 1e-9) - first + 1;
  return Array.from({ length: count }, (_, i) => Number(((first + i) * step).toPrecision(6)));
}

function drawCurves(stage, pen, plot, xs) {
  const {
    run: { lanes, training },
    hovered,
    chosen,
    spec,
  } = stage;
  const top = hovered < 0 ? chosen : hovered;
  const shown = lanes.filter(({ index }) => spec.lanes[index]?.on);
  pen.save();
  pen.beginPath();
  pen.rect(plot.left, plot.top, plot.right - plot.left, plot.bottom - plot.top);
  pen.clip();
  pen.lineJoin = "round";
  const width = plot.size * WIDTH * stage.projector.bold;
  pen.lineWidth = width;
  for (const { index, optimizer } of shown.sort((a, b) => (a.index === top) - (b.index === top))) {
    const values = predict(stage.kernels, training.net, lanes[index].params, xs);
    pen.globalAlpha = hovered < 0 || hovered === index ? 1 : ASIDE;
    pen.strokeStyle = laneColour(stage, index);
    pen.setLineDash(dashes(stage.tables.optimizers[optimizer], width));
    pen.beginPath();
    for (let i = 0; i < values.length && Number.isFinite(values[i]); i++) {
      pen.lineTo(plot.x(xs[i]), Math.max(-1e4, Math.min(1e4, plot.y(values[i]))));
    }
    pen.stroke();
  }
  pen.restore();
}
