/** The network of one lane: its units as small pictures of what they compute, its weights as lines between them. */
import { createBoard } from "../draw/canvas.js";
import { el, put } from "../base/dom.js";
import { laneColour, laneLabel, number } from "../draw/format.js";
import { units } from "../model/net.js";
import { linksOf, placesOf, under } from "./net_plan.js";
import { css, grid, paint, shade } from "../draw/shades.js";

const SIDE = 14; // cells of a unit's map
const POINTS = 32; // of a unit's curve

/** {element, sync(), frame(t), destroy()}. The lane is the one hovered, else the one chosen. */
export function createNetView(stage) {
  const title = el("p", { class: "caption" });
  const value = el("p", { class: "value-read", role: "status" });
  const view = el("div", { class: "view" });
  const element = el("div", { class: "net" }, title, view, value);
  const board = createBoard(view, () => stage.refresh(), stage.words("stage.network.view"));
  const cells = document.createElement("canvas");
  let plan = null;
  let pointer = null;
  view.addEventListener("pointermove", (event) => {
    const { left, top } = view.getBoundingClientRect();
    pointer = [event.clientX - left, event.clientY - top];
    stage.redraw();
  });
  view.addEventListener("pointerleave", () => {
    pointer = null;
    stage.redraw();
  });
  const sync = () => {
    const box = board.box();
    plan = box && createPlan(stage, box);
  };
  const frame = () => {
    if (!plan) return;
    const index = laneOf(stage);
    put(title, "text", laneLabel(stage, index));
    element.style.setProperty("--lane", laneColour(stage, index));
    const { params } = stage.run.lanes[index]; // of the step shown, see fit.js
    const links = linksOf(plan, params);
    const found = pointer && under(plan, links, pointer);
    put(value, "text", found ? reading(stage, found) : "");
    board.pen.clearRect(0, 0, plan.box.width, plan.box.height);
    drawLinks(stage, board.pen, links, found);
    drawRest(stage, board.pen, plan);
    drawUnits(stage, board.pen, plan, units(stage.kernels, plan.net, params, plan.points), cells);
  };
  return { element, sync, frame, destroy: board.destroy };
}

function laneOf({ hovered, chosen, run, spec }) {
  const wanted = hovered < 0 ? chosen : hovered;
  return run.lanes[wanted] && spec.lanes[wanted] ? wanted : 0;
}

/** Where every unit stands, and the inputs that its picture shows it for: {box, net, places, half, rest, flat, points}. */
function createPlan(stage, box) {
  const {
    training: { net },
    spec,
  } = stage.run;
  const { domain } = stage.tables.datasets[spec.dataset];
  const line = () =>
    Float64Array.from({ length: POINTS }, (_, i) => domain[0][0] + ((domain[0][1] - domain[0][0]) * i) / (POINTS - 1));
  const flat = domain.length === 1;
  return { box, net, ...placesOf(net.sizes, box), flat, points: flat ? line() : grid(domain, SIDE) };
}

function reading({ words }, { from, weight, layer, i, j }) {
  const where = { layer: layer + 1, from: i + 1, to: j + 1, value: number(weight) };
  return words(from ? "stage.network.weight" : "stage.network.bias", where);
}

function drawLinks({ theme, colours }, pen, links, found) {
  for (const link of links) {
    const { from, to, weight } = link;
    if (!from || !Number.isFinite(weight)) continue;
    const size = Math.abs(weight);
    pen.globalAlpha = link === found ? 1 : Math.min(0.85, 0.12 + 0.4 * size);
    pen.lineWidth = Math.min(5, 0.6 + 1.4 * size) + (link === found ? 2 : 0);
    pen.strokeStyle = link === found ? colours.text : css(shade(theme, weight > 0 ? 1 : 0));
    pen.beginPath();
    pen.moveTo(...from);
    const bend = (to[0] - from[0]) / 2;
    pen.bezierCurveTo(from[0] + bend, from[1], to[0] - bend, to[1], ...to);
    pen.stroke();
  }
  pen.globalAlpha = 1;
}

/** How many units of a layer there are besides. */
function drawRest({ colours, words }, pen, { rest, box, places }) {
  pen.font = `${box.size * 0.82}px ${box.family}`;
  pen.textAlign = "center";
  pen.textBaseline = "middle";
  pen.fillStyle = colours.text;
  for (const { x, y, count } of rest) pen.fillText(words("stage.network.more_units", { count }), x, y, box.width / places.length);
}

function drawUnits({ theme, colours }, pen, { places, half, flat, points, net }, values, cells) {
  const n = points.length / net.sizes[0];
  places.flat().forEach((place, unit) => {
    if (!place) return;
    const [x, y] = place;
    const own = values.subarray(unit * n, (unit + 1) * n);
    const most = own.reduce((size, value) => (Number.isFinite(value) ? Math.max(size, Math.abs(value)) : size), 1e-9);
    pen.fillStyle = colours.background;
    pen.fillRect(x - half, y - half, 2 * half, 2 * half);
    if (flat)
      drawCurve(pen, own, most, [x, y, half], css(shade(theme, 1).map((c) => (theme === "dark" ? c * 1.2 : c * 0.8))), colours);
    else {
      paint(
        cells,
        theme,
        own.map((value) => 0.5 + (0.5 * value) / most),
        SIDE,
      );
      pen.drawImage(cells, x - half, y - half, 2 * half, 2 * half);
    }
    pen.lineWidth = 1;
    pen.strokeStyle = colours.faint;
    pen.strokeRect(x - half, y - half, 2 * half, 2 * half);
  });
}

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
