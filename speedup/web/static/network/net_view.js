/** The network of one lane: its units as small pictures of what they compute, its weights as lines between them. */
import { createDiffers } from "../base/differs.js";
import { createBoard } from "../draw/canvas.js";
import { el, put } from "../base/dom.js";
import { laneColour, laneLabel, number } from "../draw/format.js";
import { units } from "../model/net.js";
import { createPicker, nameOf, pickedOf } from "./picked.js";
import { laneOf, weightsAt } from "./weights.js";
import { linksOf, placesOf, under } from "./net_plan.js";
import { css, grid, paint, shade } from "../draw/shades.js";

const SIDE = 14; // cells of a unit's map
const POINTS = 32; // of a unit's curve

/**
 * Shows the lane that is hovered, else the one chosen.
 *
 * @param {TrainView} view
 * @returns {Part}
 */
export function createNetView(view) {
  const title = el("p", { class: "caption" });
  const value = el("p", { class: "value-read", role: "status" });
  const room = el("div", { class: "view" });
  const picker = createPicker(view);
  const element = el("div", { class: "net" }, title, room, value, picker.element);
  const board = createBoard(room, () => view.refresh(), view.words("stage.network.view"));
  const cells = document.createElement("canvas");
  const [differs, differsPlan] = [createDiffers(), createDiffers()];
  /** @type {NetPlan | null} */
  let plan = null;
  /** @type {Link | null} */
  let found = null; // what is pointed at
  const pointed = createPointed(view, room, (point) => plan && under(plan, linksOf(plan, view.run.training.start), point));
  const sync = () => {
    picker.sync();
    const box = board.box();
    const { training, spec } = view.run;
    if (differsPlan(box, spec.dataset, training.net.record)) plan = box && createPlan(view, box);
  };
  const frame = (/** @type {number} */ t) => {
    if (!plan) return;
    const index = laneOf(view);
    const params = weightsAt(view, index, t);
    const { pointer } = pointed;
    const picked = view.panel === "step" ? pickedOf(view) : -1;
    if (differs(plan, params, pointer, picked, view.theme, view.colours))
      found = draw(view, board.pen, { plan, params, pointer, picked, cells });
    put(title, "text", laneLabel(view, index));
    put(value, "text", reading(view, found, picked));
    put(room, "data-found", found !== null);
    put(element, "--lane", laneColour(view, index));
  };
  return { element, draws: true, sync, frame, destroy: board.destroy };
}

/**
 * @typedef {import("./net_plan.js").Link} Link
 * @typedef {ReturnType<typeof createPlan>} NetPlan
 */

/**
 * Follows the pointer over the net: {pointer, where it is, null for elsewhere}. A click picks the weight there.
 *
 * @param {TrainView} view
 * @param {HTMLElement} room
 * @param {(point: Point) => Link | null} find  asked at once: a finger's click comes before the next frame
 */
function createPointed(view, room, find) {
  const pointed = { pointer: /** @type {Point | null} */ (null) };
  const placeOf = (/** @type {MouseEvent} */ { clientX, clientY }) => {
    const { left, top } = room.getBoundingClientRect();
    return /** @type {Point} */ ([clientX - left, clientY - top]);
  };
  const at = (/** @type {Point | null} */ point) => {
    pointed.pointer = point;
    view.redraw();
  };
  room.addEventListener("pointermove", (event) => at(placeOf(event)));
  room.addEventListener("pointerleave", () => at(null));
  room.addEventListener("click", (event) => {
    const link = find(placeOf(event));
    if (link && view.kind.looks.includes("panel")) view.set({ weight: link.at, panel: "step" });
  });
  return pointed;
}

/**
 * Says what is pointed at, and how large it is, else which weight is picked.
 *
 * @param {TrainView} view
 * @param {Link | null} found
 * @param {number} picked
 */
function reading(view, found, picked) {
  if (!found) return picked < 0 ? "" : nameOf(view, picked);
  return view.words("stage.network.reading", { name: nameOf(view, found.at), value: number(found.weight) });
}

/**
 * Says where every unit stands, and for which inputs its picture shows it; `flat`: for a line of them.
 *
 * @param {TrainView} view
 * @param {Box} box
 */
function createPlan(view, box) {
  const {
    training: { net },
    spec,
  } = view.run;
  const { domain } = view.tables.datasets[spec.dataset];
  const line = () =>
    Float64Array.from({ length: POINTS }, (_, i) => domain[0][0] + ((domain[0][1] - domain[0][0]) * i) / (POINTS - 1));
  const flat = domain.length === 1;
  return { box, net, ...placesOf(net.sizes, box), flat, points: flat ? line() : grid(domain, SIDE) };
}

/**
 * Draws the net; gives the unit or the weight that is pointed at.
 *
 * @param {TrainView} view
 * @param {CanvasRenderingContext2D} pen
 * @param {{plan: NetPlan, params: Float64Array, pointer: Point | null, picked: number, cells: HTMLCanvasElement}} what
 *   picked: which weight; cells: for one unit's map
 */
function draw(view, pen, { plan, params, pointer, picked, cells }) {
  const links = linksOf(plan, params);
  const found = pointer && under(plan, links, pointer);
  const marked = links.find(({ at }) => at === picked);
  pen.clearRect(0, 0, plan.box.width, plan.box.height);
  drawLinks(view, pen, links, [found, marked]);
  drawRest(view, pen, plan);
  drawUnits(view, pen, plan, units(view.kernels, plan.net, params, plan.points), cells);
  if (marked && !marked.from) drawFrame(view, pen, plan.half, marked.to);
  return found;
}

/**
 * @param {TrainView} view
 * @param {CanvasRenderingContext2D} pen
 * @param {Link[]} links
 * @param {(Link | null | undefined)[]} seen  the one that is pointed at, and the one that is picked
 */
function drawLinks({ theme, colours }, pen, links, seen) {
  for (const link of links) {
    const { from, to, weight } = link;
    if (!from || !Number.isFinite(weight)) continue;
    const size = Math.abs(weight);
    pen.globalAlpha = seen.includes(link) ? 1 : Math.min(0.85, 0.12 + 0.4 * size);
    pen.lineWidth = Math.min(5, 0.6 + 1.4 * size) + (seen.includes(link) ? 2 : 0);
    pen.strokeStyle = seen.includes(link) ? colours.text : css(shade(theme, weight > 0 ? 1 : 0));
    pen.beginPath();
    pen.moveTo(...from);
    const bend = (to[0] - from[0]) / 2;
    pen.bezierCurveTo(from[0] + bend, from[1], to[0] - bend, to[1], ...to);
    pen.stroke();
  }
  pen.globalAlpha = 1;
}

/**
 * Marks the unit whose bias is picked.
 *
 * @param {TrainView} view
 * @param {CanvasRenderingContext2D} pen
 * @param {number} half
 * @param {Point} unit
 */
function drawFrame({ colours }, pen, half, [x, y]) {
  pen.lineWidth = 3;
  pen.strokeStyle = colours.text;
  pen.strokeRect(x - half, y - half, 2 * half, 2 * half);
}

/**
 * Says how many units of a layer there are besides.
 *
 * @param {TrainView} view
 * @param {CanvasRenderingContext2D} pen
 * @param {NetPlan} plan
 */
function drawRest({ colours, words }, pen, { rest, box, places }) {
  pen.font = `${box.size * 0.82}px ${box.family}`;
  pen.textAlign = "center";
  pen.textBaseline = "middle";
  pen.fillStyle = colours.text;
  for (const { x, y, count } of rest) pen.fillText(words("stage.network.more_units", { count }), x, y, box.width / places.length);
}

/**
 * @param {TrainView} view
 * @param {CanvasRenderingContext2D} pen
 * @param {NetPlan} plan
 * @param {Float64Array} values  of all units
 * @param {HTMLCanvasElement} cells  one unit's map
 */
function drawUnits({ theme, colours }, pen, { places, half, flat, points, net }, values, cells) {
  const n = points.length / net.sizes[0];
  places.flat().forEach((place, unit) => {
    if (!place) return;
    const [x, y] = place;
    const own = values.subarray(unit * n, (unit + 1) * n);
    const most = own.reduce((size, value) => (Number.isFinite(value) ? Math.max(size, Math.abs(value)) : size), 1e-9);
    pen.fillStyle = colours.background;
    pen.fillRect(x - half, y - half, 2 * half, 2 * half);
    if (flat) {
      const [r, g, b] = shade(theme, 1).map((channel) => channel * (theme === "dark" ? 1.2 : 0.8));
      drawCurve(pen, own, most, [x, y, half], css([r, g, b]), colours);
    } else {
      const shares = own.map((value) => 0.5 + (0.5 * value) / most);
      paint(cells, theme, shares, SIDE);
      pen.drawImage(cells, x - half, y - half, 2 * half, 2 * half);
    }
    pen.lineWidth = 1;
    pen.strokeStyle = colours.faint;
    pen.strokeRect(x - half, y - half, 2 * half, 2 * half);
  });
}

/**
 * @param {CanvasRenderingContext2D} pen
 * @param {Float64Array} values
 * @param {number} most  the largest of them
 * @param {[x: number, y: number, half: number]} place
 * @param {string} colour
 * @param {Colours} colours
 */
function drawCurve(pen, values, most, [x, y, half], colour, colours) {
  pen.lineWidth = 1;
  pen.strokeStyle = colours.line;
  pen.beginPath();
  pen.moveTo(x - half, y);
  pen.lineTo(x + half, y);
  pen.stroke();
  pen.lineWidth = 1.75;
  pen.strokeStyle = colour;
  pen.beginPath();
  values.forEach((value, i) => {
    if (Number.isFinite(value)) pen.lineTo(x - half + (2 * half * i) / (values.length - 1), y - (0.85 * half * value) / most);
  });
  pen.stroke();
}
