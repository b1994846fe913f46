/** What is text or a button on the page, drawn onto a slide. */
import { laneColour, laneLabel, plain } from "../draw/format.js";
import { placeOf } from "../instruments/change_marks.js";

/**
 * @typedef {import("./offscreen_stage.js").Box} Box
 * @typedef {import("./offscreen_stage.js").OffscreenStage} OffscreenStage
 * @typedef {import("../race/map.js").RaceMap} RaceMap
 * @typedef {CanvasRenderingContext2D} Pen
 * @typedef {{font: string, colour: string, align?: CanvasTextAlign, room?: number}} Type  room: the most pixels it takes
 */

export const EM = 17; // pixels

/**
 * @param {Pen} pen
 * @param {string} text
 * @param {number[]} at
 * @param {Type} type
 */
export function write(pen, text, [x, y], { font, colour, align = "left", room }) {
  pen.font = font;
  pen.fillStyle = colour;
  pen.textAlign = align;
  pen.textBaseline = "middle";
  pen.fillText(text, x, y, room);
}

/**
 * Draws the names of maps and net, which are text of the page.
 *
 * @param {Pen} pen
 * @param {OffscreenStage} offscreen
 * @param {string} family
 */
export function drawNames(pen, offscreen, family) {
  const { view: stage, host } = offscreen;
  const font = `600 ${EM}px ${family}`;
  for (const tile of /** @type {NodeListOf<HTMLElement>} */ (host.querySelectorAll(".tile"))) {
    const [x, y, , height] = offscreen.placeOf(seek(tile, ".caption"));
    const [left, top, width, side] = offscreen.placeOf(seek(tile, ".view"));
    dot(pen, laneColour(stage, Number(tile.dataset.lane)), x + 7, y + height / 2);
    write(pen, laneLabel(stage, Number(tile.dataset.lane)), [x + 20, y + height / 2], {
      font,
      colour: stage.colours.text,
      room: width - 20,
    });
    pen.strokeStyle = stage.colours.line;
    pen.strokeRect(left, top, width, side);
  }
  const net = seek(host, ".net");
  const caption = seek(net, ".caption");
  const name = caption.textContent ?? "";
  const [x, y, width, height] = offscreen.placeOf(caption);
  pen.font = font;
  const start = x + (width - pen.measureText(name).width) / 2;
  dot(pen, net.style.getPropertyValue("--lane"), start - 13, y + height / 2);
  write(pen, name, [start, y + height / 2], { font, colour: stage.colours.text });
}

/**
 * Finds what a part surely has.
 *
 * @param {HTMLElement} element
 * @param {string} selector
 */
const seek = (element, selector) => /** @type {HTMLElement} */ (element.querySelector(selector));

/**
 * @param {Pen} pen
 * @param {string} colour
 * @param {number} x
 * @param {number} y
 */
function dot(pen, colour, x, y) {
  pen.fillStyle = colour;
  pen.beginPath();
  pen.arc(x, y, 6, 0, 2 * Math.PI);
  pen.fill();
}

/**
 * Draws what the instrument says, as much of it as there is room for, and what of it is text or buttons of the page: its choices,
 * which are names of axes, what its colours mean, its cross, and where a hyperparameter was changed.
 *
 * @param {Pen} pen
 * @param {OffscreenStage} offscreen
 * @param {{box: Box, left: number, family: string}} how  `left`: where the axis stands
 */
export function drawOpened(pen, offscreen, { box: [, top, width], left, family }) {
  const { opened, view } = offscreen;
  if (!opened) return;
  const { text: colour, faint } = view.colours;
  const font = `${EM * 0.85}px ${family}`;
  pen.font = font;
  const said = opened.say().split(" · ");
  while (said.length > 1 && pen.measureText(said.join(" · ")).width > width - left) said.pop();
  write(pen, said.join(" · "), [left, top + EM * 0.6], { font, colour, room: width - left });
  for (const select of opened.element.querySelectorAll("select")) {
    const [x, y, , height] = offscreen.placeOf(select);
    if (height) write(pen, select.selectedOptions[0]?.text ?? "", [x, y + height / 2], { font, colour: faint });
  }
  for (const patch of /** @type {NodeListOf<HTMLElement>} */ (opened.element.querySelectorAll(".colours i"))) {
    const [x, y, side, height] = offscreen.placeOf(patch);
    pen.fillStyle = patch.style.background;
    pen.fillRect(x, y, side, height);
    const room = { font, colour: faint };
    write(pen, patch.parentElement?.textContent ?? "", [x + side + EM * 0.4, y + height / 2], room);
  }
  const middle = (/** @type {Element} */ element) => {
    const [x, y, across, height] = offscreen.placeOf(element);
    return /** @type {Point} */ ([x + across / 2, y + height / 2]);
  };
  for (const mark of /** @type {NodeListOf<HTMLElement>} */ (opened.element.querySelectorAll(".change:not([hidden])"))) {
    const lane = mark.style.getPropertyValue("--lane");
    drawChange(pen, view, { at: middle(mark), lane, text: mark.textContent ?? "", low: "low" in mark.dataset }, family);
  }
  for (const cross of opened.element.querySelectorAll(".cross:not([hidden])"))
    drawRing(pen, view.colours, middle(cross), EM * 0.6);
}

/**
 * Draws a ring that is seen on any colour.
 *
 * @param {Pen} pen
 * @param {Colours} colours
 * @param {Point} at
 * @param {number} radius
 * @param {number[]} dash
 */
function drawRing(pen, { text, background }, at, radius, dash = []) {
  pen.save();
  pen.beginPath();
  pen.arc(...at, radius, 0, 2 * Math.PI);
  pen.globalAlpha = 0.85;
  pen.lineWidth = 6;
  pen.strokeStyle = background;
  pen.stroke();
  pen.globalAlpha = 1;
  pen.lineWidth = 2.5;
  pen.setLineDash(dash);
  pen.strokeStyle = text;
  pen.stroke();
  pen.restore();
}

/**
 * Draws the ring at the start, which is an element on the page.
 *
 * @param {Pen} pen
 * @param {View} view
 * @param {RaceMap} map
 * @param {Box} place  of the map
 */
export function drawStart(pen, { colours }, { start, box }, [left, top]) {
  if (!start.element.hidden) drawRing(pen, colours, [left + start.at[0], top + start.at[1]], box.size * 0.95, [6.3, 3.85]);
}

/**
 * Draws where a hyperparameter was changed while it trained, which are buttons on the page.
 *
 * @param {Pen} pen
 * @param {View<TrainSpec, TrainRun>} stage
 * @param {Box} chart
 * @param {string} family
 */
export function drawChanges(pen, stage, [left, top], family) {
  const { plot } = stage.shared;
  if (!plot) return;
  for (const [step, lane, name, value] of stage.spec.changes) {
    if (!stage.spec.lanes[lane].on) continue;
    const { hyperparameters } = stage.tables.optimizers[stage.spec.lanes[lane].optimizer];
    const symbol = hyperparameters.find((row) => row.name === name)?.symbol ?? name;
    const height = placeOf(plot, lane, step);
    const [at, low] = [/** @type {Point} */ ([left + plot.x(step, lane), top + height]), height < plot.top + 2 * EM];
    drawChange(pen, stage, { at, lane: laneColour(stage, lane), text: `${symbol} ${plain(value)}`, low }, family);
  }
}

/**
 * @param {Pen} pen
 * @param {Pick<View, "colours">} view
 * @param {{at: Point, lane: string, text: string, low: boolean}} change  `lane`: its colour; `low`: its words stand below it
 * @param {string} family
 */
function drawChange(pen, { colours }, { at: [x, y], lane, text, low }, family) {
  pen.save();
  pen.translate(x, y);
  pen.rotate(Math.PI / 4);
  pen.fillStyle = colours.background;
  pen.strokeStyle = lane;
  pen.lineWidth = 3;
  pen.fillRect(-5, -5, 10, 10);
  pen.strokeRect(-5, -5, 10, 10);
  pen.restore();
  write(pen, text, [x, y + (low ? EM : -EM)], { font: `${EM * 0.85}px ${family}`, colour: colours.text, align: "center" });
}
