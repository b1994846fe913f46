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
 * Draws what the instrument says, as much of it as there is room for, and what of it is text of the page: its choices, which are
 * names of axes, and what its colours mean.
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
  if (start.element.hidden) return;
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
