/** The picture of a scene, composed anew for a slide of 16 : 9: map or fits, loss, legend, title, and the link at its foot. */
import { el } from "../base/dom.js";
import { penOf } from "../draw/canvas.js";
import { drawLegend } from "../draw/legend.js";
import { RIGHT, OffscreenStage } from "./offscreen_stage.js";
import { EM, drawChanges, drawNames, drawOpened, drawStart, write } from "./slide_parts.js";

/**
 * @typedef {import("./offscreen_stage.js").Boxes} Boxes
 * @typedef {import("./offscreen_stage.js").Box} Box
 * @typedef {import("../race/map.js").RaceMap} RaceMap
 * @typedef {import("./slide_parts.js").Pen} Pen
 */

const SIZE = { width: 1280, height: 720 };
const LEFT = 72; // where the axes of map and chart stand: title and link keep in line with them
const WIDTH = 884 + RIGHT * EM; // of the chart: its axis ends where the map does
/** @type {Record<ReturnType<Kind["layout"]>, Boxes & {chart: Box}>} */
const BOXES = {
  map: { map: [11, 74, 894, 396], chart: [11, 474, WIDTH, 206] },
  curves: { fit: [11, 74, 560, 372], net: [570, 74, 335, 372], chart: [11, 454, WIDTH, 226] },
  planes: { fit: [LEFT, 74, 500, 372], net: [574, 74, 331, 372], chart: [11, 454, WIDTH, 226] },
};
/** @type {Box} */
const LEGEND = [936, 80, 312, 596];
const END = 1248;
const AXIS = 1.7; // em below a chart
const FOOT = { top: 690, line: 13, size: 11, lines: 2 };

/** How it is arranged: by what the scene is about. */
const boxesOf = (/** @type {View} */ view) => BOXES[view.kind.layout(view)];

/**
 * Makes {canvas, draw(t), destroy()} of a scene at the step t, `ratio` pixels to a unit of SIZE; `playing`: it is to be drawn
 * from step to step, so that names don't flicker. Rejects as OffscreenStage.ready does.
 *
 * @param {View} stage
 * @param {{t: number, ratio: number, link: string, playing?: boolean, signal: AbortSignal}} how
 */
export async function createSnapshot(stage, { t, ratio, link, playing = false, signal }) {
  const boxes = boxesOf(stage);
  const offscreen = new OffscreenStage(stage, { boxes, em: EM, ratio, t, playing });
  try {
    await offscreen.ready(signal);
    const family = getComputedStyle(offscreen.host).fontFamily;
    const [backdrop, canvas] = [sheet(ratio), sheet(ratio)];
    drawBackdrop(penOf(backdrop), offscreen, { family, link });
    const layers = offscreen.layers();
    const draw = (/** @type {number} */ at) => {
      offscreen.seek(at);
      drawMoving(penOf(canvas), offscreen, { backdrop, layers, family, t: at });
    };
    draw(t);
    return { canvas, draw, destroy: () => offscreen.destroy() };
  } catch (error) {
    offscreen.destroy();
    throw error;
  }
}

/** @param {number} ratio */
function sheet(ratio) {
  const canvas = el("canvas", { width: Math.round(SIZE.width * ratio), height: Math.round(SIZE.height * ratio) });
  penOf(canvas, { willReadFrequently: true }).scale(ratio, ratio);
  return canvas;
}

/**
 * Draws what no step changes.
 *
 * @param {Pen} pen
 * @param {OffscreenStage} offscreen
 * @param {{family: string, link: string}} how
 */
function drawBackdrop(pen, offscreen, { family, link }) {
  const stage = offscreen.view;
  pen.fillStyle = stage.colours.background;
  pen.fillRect(0, 0, SIZE.width, SIZE.height);
  const [title, about] = [stage.kind.title(stage), stage.kind.facts(stage).join(" · ")];
  write(pen, title, [LEFT, 44], { font: `600 30px ${family}`, colour: stage.colours.text });
  const after = LEFT + pen.measureText(title).width + 18;
  write(pen, about, [after, 46], { font: `17px ${family}`, colour: stage.colours.faint, room: END - 190 - after });
  const { chart } = boxesOf(stage);
  const { plot } = stage.shared;
  const below = plot?.below ?? stage.words("stage.network.axes.step");
  const under = [LEFT - EM * 0.75, chart[1] + (plot?.bottom ?? chart[3] - EM * AXIS) + EM * 0.87];
  const steps = !offscreen.opened || stage.panel === "limit";
  if (steps)
    write(pen, below, under, { font: `${EM * 0.85}px ${family}`, colour: stage.colours.faint, align: "right", room: LEFT - 16 });
  drawLink(pen, stage, link, family);
  if (offscreen.scene) drawMap(pen, offscreen, offscreen.scene);
  else drawNames(pen, offscreen, family);
}

/**
 * Draws the address, broken before a field where a line is full; what is left over by then is cut.
 *
 * @param {Pen} pen
 * @param {View} view
 * @param {string} link
 * @param {string} family
 */
function drawLink(pen, { colours }, link, family) {
  pen.font = `${FOOT.size}px ${family}`;
  const fits = (/** @type {string} */ text) => pen.measureText(text).width <= END - LEFT;
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

/**
 * Draws the flat map's ground and axes, or the relief from the graphics card.
 *
 * @param {Pen} pen
 * @param {OffscreenStage} offscreen
 * @param {RaceMap} map
 */
function drawMap(pen, offscreen, map) {
  const { camera, views } = map;
  if (!camera?.relief) {
    const flat = views["2d"];
    flat.ground.finish();
    for (const canvas of flat.sheets) pen.drawImage(canvas, ...offscreen.placeOf(canvas));
    return;
  }
  const { glplot } = camera.scene;
  glplot.redraw(); // what was drawn before is gone once it is on the screen
  pen.drawImage(glplot.canvas, ...placeOfMap());
}

const placeOfMap = () => /** @type {Box} */ (BOXES.map.map);

/**
 * Draws the backdrop, and on it what the playhead moves.
 *
 * @param {Pen} pen
 * @param {OffscreenStage} offscreen
 * @param {{backdrop: HTMLCanvasElement, layers: ReturnType<OffscreenStage["layers"]>, family: string, t: number}} how
 */
function drawMoving(pen, offscreen, { backdrop, layers, family, t }) {
  const { view: stage, scene } = offscreen;
  pen.drawImage(backdrop, 0, 0, SIZE.width, SIZE.height);
  for (const { canvas, box } of layers) {
    if (scene && canvas === scene.canvases[1]) drawStart(pen, stage, scene, placeOfMap());
    pen.drawImage(canvas, ...box);
  }
  if (!scene) drawChanges(pen, /** @type {View<any, any>} */ (stage), boxesOf(stage).chart, family);
  drawOpened(pen, offscreen, { box: boxesOf(stage).chart, left: LEFT, family });
  const { steps } = stage.run.spec;
  const text = stage.words("stage.step", { step: Math.min(Math.floor(t), steps), steps });
  write(pen, text, [END, 45], { font: `19px ${family}`, colour: stage.colours.text, align: "right" });
  drawLegend(pen, stage, LEGEND, t, family);
}
