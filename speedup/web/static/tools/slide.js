/** The picture of a scene, composed anew for a slide of 16 : 9: map or fits, loss, legend, title, and the link at its foot. */
import { el } from "../base/dom.js";
import { laneColour, laneLabel, plain } from "../draw/format.js";
import { drawLegend } from "../draw/legend.js";
import { placeOf } from "../network/change_marks.js";
import { RIGHT, Twin } from "./offscreen_stage.js";

export const SIZE = { width: 1280, height: 720 };
const EM = 17;
const LEFT = 72; // where the axes of map and chart stand: title and link keep in line with them
const WIDTH = 884 + RIGHT * EM; // of the chart: its axis ends where the map does
const BOXES = {
  surfaces: { map: [11, 74, 894, 396], chart: [11, 474, WIDTH, 206] },
  curves: { fit: [11, 74, 560, 372], net: [570, 74, 335, 372], chart: [11, 454, WIDTH, 226] },
  planes: { fit: [LEFT, 74, 500, 372], net: [574, 74, 331, 372], chart: [11, 454, WIDTH, 226] },
};
const LEGEND = [936, 80, 312, 596];
const END = 1248;
const FOOT = { top: 690, line: 13, size: 11, lines: 2 };

/** How it is arranged: by what the scene is about. */
function boxesOf({ run: { spec }, tables }) {
  if (spec.surface) return BOXES.surfaces;
  return tables.datasets[spec.dataset].domain.length === 1 ? BOXES.curves : BOXES.planes;
}

/**
 * {canvas, draw(t), destroy()} of a scene at the step t, `ratio` pixels to a unit of SIZE; `playing`: it is to be drawn
 * from step to step, so that names don't flicker. Rejects as Twin.ready does.
 */
export async function createSnapshot(stage, { t, ratio, link, playing = false, signal }) {
  const boxes = boxesOf(stage);
  const twin = new Twin(stage, { boxes, em: EM, ratio, t, playing });
  try {
    await twin.ready(signal);
    const family = getComputedStyle(twin.host).fontFamily;
    const [still, canvas] = [sheet(ratio), sheet(ratio)];
    drawStill(still.getContext("2d"), twin, { ratio, family, link });
    const layers = twin.layers();
    const draw = (at) => {
      twin.seek(at);
      drawMoving(canvas.getContext("2d"), twin, { still, layers, family, t: at });
    };
    draw(t);
    return { canvas, draw, destroy: () => twin.destroy() };
  } catch (error) {
    twin.destroy();
    throw error;
  }
}

function sheet(ratio) {
  const canvas = el("canvas", { width: Math.round(SIZE.width * ratio), height: Math.round(SIZE.height * ratio) });
  canvas.getContext("2d", { willReadFrequently: true }).scale(ratio, ratio);
  return canvas;
}

/** What no step changes. */
function drawStill(pen, twin, { ratio, family, link }) {
  const { stage } = twin;
  pen.fillStyle = stage.colours.background;
  pen.fillRect(0, 0, SIZE.width, SIZE.height);
  const [title, about] = titleOf(stage);
  write(pen, title, [LEFT, 44], { font: `600 30px ${family}`, colour: stage.colours.text });
  const after = LEFT + pen.measureText(title).width + 18;
  write(pen, about, [after, 46], { font: `17px ${family}`, colour: stage.colours.faint, room: END - 190 - after });
  const { plot } = stage.shared;
  const below = plot.below ?? stage.words("stage.network.axes.step");
  const under = [LEFT - EM * 0.75, boxesOf(stage).chart[1] + plot.bottom + EM * 0.87];
  write(pen, below, under, { font: `${EM * 0.85}px ${family}`, colour: stage.colours.faint, align: "right", room: LEFT - 16 });
  drawLink(pen, stage, link, family);
  if (twin.scene) drawMap(pen, twin);
  else drawNames(pen, twin, family);
}

/** The scene's name, and what belongs to it besides the lanes. */
function titleOf(stage) {
  const {
    run: { spec },
    words,
  } = stage;
  const add = (key, value) => `${words(key)} ${plain(value)}`;
  if (spec.surface) {
    const params = Object.entries(spec.params).map(([name, value]) => add(`stage.parameters.${name}`, value));
    const noise = spec.noise > 0 ? [add("page.noise", spec.noise)] : [];
    return [words(`surfaces.${spec.surface}.label`), [...params, ...noise].join(" · ")];
  }
  const layers = stage.run.training.net.sizes.join(" – ");
  const facts = [
    layers,
    words(`network.activations.${spec.activation}`),
    add("network.samples", spec.samples),
    add("network.batch", spec.batch),
  ];
  if (spec.noise > 0) facts.push(add("network.noise", spec.noise));
  return [words(`datasets.${spec.dataset}.label`), facts.join(" · ")];
}

function write(pen, text, [x, y], { font, colour, align = "left", room }) {
  pen.font = font;
  pen.fillStyle = colour;
  pen.textAlign = align;
  pen.textBaseline = "middle";
  pen.fillText(text, x, y, room);
}

/** The address, broken before a field where a line is full; what is left over by then is cut. */
function drawLink(pen, { colours }, link, family) {
  pen.font = `${FOOT.size}px ${family}`;
  const fits = (text) => pen.measureText(text).width <= END - LEFT;
  const lines = [""];
  for (const field of link.split(/(?=&)/)) {
    if (fits(lines.at(-1) + field)) lines[lines.length - 1] += field;
    else lines.push(field);
  }
  const shown = lines.slice(0, FOOT.lines);
  if (lines.length > shown.length) shown[shown.length - 1] += " …";
  shown.forEach((text, i) =>
    write(pen, text, [LEFT, FOOT.top + i * FOOT.line], { font: pen.font, colour: colours.faint, room: END - LEFT }),
  );
}

/** The flat map's ground and axes, or the relief from the graphics card. */
function drawMap(pen, twin) {
  const { still, camera } = twin.scene;
  if (!camera.relief) {
    still.picture.finish();
    for (const canvas of [still.picture.canvas, still.axes]) pen.drawImage(canvas, ...twin.placeOf(canvas));
    return;
  }
  const { glplot } = camera.scene;
  glplot.redraw(); // what was drawn before is gone once it is on the screen
  pen.drawImage(glplot.canvas, ...BOXES.surfaces.map);
}

/** The names of maps and net, which are text of the page. */
function drawNames(pen, twin, family) {
  const { stage, host } = twin;
  const font = `600 ${EM}px ${family}`;
  for (const tile of host.querySelectorAll(".tile")) {
    const [x, y, , height] = twin.placeOf(tile.querySelector(".caption"));
    const [left, top, width, side] = twin.placeOf(tile.querySelector(".view"));
    dot(pen, laneColour(stage, Number(tile.dataset.lane)), x + 7, y + height / 2);
    write(pen, laneLabel(stage, Number(tile.dataset.lane)), [x + 20, y + height / 2], {
      font,
      colour: stage.colours.text,
      room: width - 20,
    });
    pen.strokeStyle = stage.colours.line;
    pen.strokeRect(left, top, width, side);
  }
  const net = host.querySelector(".net");
  const caption = net.querySelector(".caption");
  const [x, y, width, height] = twin.placeOf(caption);
  pen.font = font;
  const start = x + (width - pen.measureText(caption.textContent).width) / 2;
  dot(pen, net.style.getPropertyValue("--lane"), start - 13, y + height / 2);
  write(pen, caption.textContent, [start, y + height / 2], { font, colour: stage.colours.text });
}

function dot(pen, colour, x, y) {
  pen.fillStyle = colour;
  pen.beginPath();
  pen.arc(x, y, 6, 0, 2 * Math.PI);
  pen.fill();
}

/** The still sheet, and on it what the playhead moves. */
function drawMoving(pen, twin, { still, layers, family, t }) {
  const { stage, scene } = twin;
  pen.drawImage(still, 0, 0, SIZE.width, SIZE.height);
  for (const [canvas, ...place] of layers) {
    if (canvas === scene?.canvases[1]) drawStart(pen, stage, scene);
    pen.drawImage(canvas, ...place);
  }
  if (!scene) drawTurns(pen, stage, family);
  const { steps } = stage.run.spec;
  const text = stage.words("stage.step", { step: Math.min(Math.floor(t), steps), steps });
  write(pen, text, [END, 45], { font: `19px ${family}`, colour: stage.colours.text, align: "right" });
  drawLegend(pen, stage, LEGEND, t, family);
}

/** The ring at the start, which is an element on the page. */
function drawStart(pen, { colours }, { start, box }) {
  if (start.element.hidden || !start.at) return;
  const [left, top] = BOXES.surfaces.map;
  pen.save();
  pen.beginPath();
  pen.arc(left + start.at[0], top + start.at[1], box.size * 0.95, 0, 2 * Math.PI);
  pen.globalAlpha = 0.85;
  pen.lineWidth = 6;
  pen.strokeStyle = colours.background;
  pen.stroke();
  pen.globalAlpha = 1;
  pen.lineWidth = 2.5;
  pen.setLineDash([6.3, 3.85]);
  pen.strokeStyle = colours.text;
  pen.stroke();
  pen.restore();
}

/** Where a knob was turned while it trained, which are buttons on the page. */
function drawTurns(pen, stage, family) {
  const { plot } = stage.shared;
  const [left, top] = boxesOf(stage).chart;
  for (const [step, lane, name, value] of stage.spec.changes) {
    if (!stage.spec.lanes[lane].on) continue;
    const { symbol } = stage.tables.optimizers[stage.spec.lanes[lane].optimizer].hyperparameters.find((row) => row.name === name);
    const [x, y] = [left + plot.x(step, lane), top + placeOf(plot, lane, step)];
    pen.save();
    pen.translate(x, y);
    pen.rotate(Math.PI / 4);
    pen.fillStyle = stage.colours.background;
    pen.strokeStyle = laneColour(stage, lane);
    pen.lineWidth = 3;
    pen.fillRect(-5, -5, 10, 10);
    pen.strokeRect(-5, -5, 10, 10);
    pen.restore();
    const away = y < top + plot.top + 2 * EM ? EM : -EM;
    write(pen, `${symbol} ${plain(value)}`, [x, y + away], {
      font: `${EM * 0.85}px ${family}`,
      colour: stage.colours.text,
      align: "center",
    });
  }
}
