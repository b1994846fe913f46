/** The network of one lane: its units as small pictures of what they compute, its weights as lines between them. */
import { createBoard } from "./board.js";
import { el, put } from "./dom.js";
import { laneColour, laneLabel, number } from "./format.js";
import { units } from "./net.js";
import { css, grid, paint, shade } from "./shades.js";

const SIDE = 14; // cells of a unit's map
const POINTS = 32; // of a unit's curve
const LEAST = 2.2; // em: room for a unit
const NEAR = 6; // pixels from a line that is still meant

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
    drawUnits(stage, board.pen, plan, units(stage.kernels, plan.net, params, plan.points), cells);
  };
  return { element, sync, frame, destroy: board.destroy };
}

function laneOf({ hovered, chosen, run, spec }) {
  const wanted = hovered < 0 ? chosen : hovered;
  return run.lanes[wanted] && spec.lanes[wanted] ? wanted : 0;
}

/** Where every unit stands: {places: [[x, y] of each layer's units], half (of a unit's side), …}. */
function createPlan(stage, box) {
  const { training: { net }, spec } = stage.run;
  const { domain } = stage.tables.datasets[spec.dataset];
  const most = Math.max(...net.sizes);
  const across = box.width / net.sizes.length;
  // Many units of a layer stand in two or three rows, shifted: they stay large enough to be seen.
  const rows = [1, 2, 3].find((count) => (box.height * count) / most > box.size * LEAST) ?? 3;
  const half = Math.min(box.size * 1.9, ((box.height * rows) / most) * 0.42, (across / rows) * 0.32);
  const places = net.sizes.map((count, layer) => Array.from({ length: count }, (_, i) => {
    const shifts = count * 2.6 * half > box.height ? rows : 1;
    const apart = Math.min((box.height - 2 * half - 2) / Math.max(1, count - 1), (half * 2.9) / shifts);
    const aside = ((i % shifts) - (shifts - 1) / 2) * half * 2.5;
    return [across * (layer + 0.5) + aside, box.height / 2 + (i - (count - 1) / 2) * apart];
  }));
  const line = () => Float64Array.from({ length: POINTS }, (_, i) =>
    domain[0][0] + ((domain[0][1] - domain[0][0]) * i) / (POINTS - 1));
  return { box, net, places, half, flat: domain.length === 1, points: domain.length === 1 ? line() : grid(domain, SIDE) };
}

/** Every weight as a line: {from, to, weight, layer, i, j}. */
function linksOf({ places }, params) {
  const links = [];
  let at = 0;
  for (let layer = 0; layer + 1 < places.length; layer++) {
    const [ins, outs] = [places[layer], places[layer + 1]];
    outs.forEach((to, j) => ins.forEach((from, i) => links.push({ from, to, weight: params[at + j * ins.length + i], layer, i, j })));
    outs.forEach((to, j) => links.push({ from: null, to, weight: params[at + ins.length * outs.length + j], layer, j }));
    at += (ins.length + 1) * outs.length;
  }
  return links;
}

/** The unit, by its bias, or the weight that a pointer means. */
function under({ half }, links, [x, y]) {
  const inside = links.find(({ from, to }) => !from && Math.abs(x - to[0]) <= half && Math.abs(y - to[1]) <= half);
  if (inside) return inside;
  const away = ({ from, to }) => {
    const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
    const part = Math.min(1, Math.max(0, ((x - from[0]) * dx + (y - from[1]) * dy) / (dx * dx + dy * dy)));
    return Math.hypot(x - from[0] - part * dx, y - from[1] - part * dy);
  };
  const real = links.filter(({ from }) => from);
  const nearest = real.reduce((a, b) => (away(b) < away(a) ? b : a), real[0]);
  return away(nearest) < NEAR ? nearest : null;
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

function drawUnits({ theme, colours }, pen, { places, half, flat, points, net }, values, cells) {
  const n = points.length / net.sizes[0];
  places.flat().forEach(([x, y], unit) => {
    const own = values.subarray(unit * n, (unit + 1) * n);
    const most = own.reduce((size, value) => (Number.isFinite(value) ? Math.max(size, Math.abs(value)) : size), 1e-9);
    pen.fillStyle = colours.background;
    pen.fillRect(x - half, y - half, 2 * half, 2 * half);
    if (flat) drawCurve(pen, own, most, [x, y, half], css(shade(theme, 1).map((c) => (theme === "dark" ? c * 1.2 : c * 0.8))), colours);
    else {
      paint(cells, theme, own.map((value) => 0.5 + (0.5 * value) / most), SIDE);
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
