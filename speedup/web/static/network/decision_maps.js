/** A small map for each lane: what its net says of every place of the plane, with the samples on it. */
import { createDiffers } from "../base/differs.js";
import { createBoard } from "../draw/canvas.js";
import { el, put } from "../base/dom.js";
import { detail, laneColour, laneLabel } from "../draw/format.js";
import { swatch } from "../draw/marks.js";
import { predict } from "../model/net.js";
import { weightsAt } from "./weights.js";
import { css, grid, paint, shade } from "../draw/shades.js";

const SIDE = { many: 40, one: 80 }; // cells of a map
const DOT = 0.2; // radius of a sample, in em
const MOST_DOTS = 400; // samples drawn on a small map

/**
 * Shows nets of two inputs: a map for each lane.
 *
 * @param {TrainView} view
 * @param {HTMLElement} parent
 * @returns {Part}
 */
export function createMaps(view, parent) {
  const element = el("div", { class: "maps" });
  parent.append(element);
  /** @type {Tile[]} */
  let tiles = [];
  let large = -1; // the lane whose map alone is shown
  const enlarge = (/** @type {number} */ index) => {
    large = large === index ? -1 : index;
    view.refresh();
  };
  const sync = () => {
    const shown = view.run.lanes.filter(({ index }) => view.spec.lanes[index]?.on);
    if (!shown.some(({ index }) => index === large)) large = -1;
    const wanted = large < 0 ? shown : shown.filter(({ index }) => index === large);
    const same =
      tiles.length === wanted.length &&
      tiles.every(({ index, optimizer }, i) => index === wanted[i].index && optimizer === wanted[i].optimizer);
    if (!same) {
      for (const tile of tiles) tile.destroy();
      tiles = wanted.map((lane) => createTile(view, lane, () => enlarge(lane.index)));
      element.replaceChildren(...tiles.map((tile) => tile.element));
    }
    put(element, "data-count", tiles.length);
    for (const tile of tiles) tile.sync(large >= 0);
  };
  const frame = (/** @type {number} */ t) => {
    for (const tile of tiles) tile.frame(t);
  };
  const destroy = () => {
    for (const tile of tiles) tile.destroy();
  };
  return { element, sync, frame, destroy };
}

/** @typedef {ReturnType<typeof createTile>} Tile */

/**
 * Shows one lane's map as a button that enlarges it.
 *
 * @param {TrainView} view
 * @param {TrainLane} lane
 * @param {() => void} onclick
 */
function createTile(view, { index, optimizer }, onclick) {
  const name = el("span", { class: "name" }, view.tables.optimizers[optimizer].label);
  const apart = el("span", { class: "apart" });
  const room = el("span", { class: "view" });
  const element = el(
    "button",
    { type: "button", class: "tile", onclick },
    el("span", { class: "caption" }, swatch(view.tables.optimizers[optimizer]), name, apart),
    room,
  );
  const cells = document.createElement("canvas");
  const board = createBoard(room, () => view.refresh());
  const [differs, differsPlaces] = [createDiffers(), createDiffers()];
  let points = new Float64Array();
  const sync = (/** @type {boolean} */ alone) => {
    const numbers = detail(view, index);
    put(apart, "text", numbers);
    put(element, "data-apart", numbers !== "");
    put(element, "aria-label", view.words(`stage.network.${alone ? "shrink" : "enlarge"}`, { lane: laneLabel(view, index) }));
    put(element, "data-lane", index);
    put(element, "--lane", laneColour(view, index));
    const { domain } = view.tables.datasets[view.run.spec.dataset];
    if (differsPlaces(alone, domain)) points = grid(domain, alone ? SIDE.one : SIDE.many);
  };
  const frame = (/** @type {number} */ t) => {
    const box = board.box();
    if (!box || !points.length) return;
    const { net, data } = view.run.training;
    const params = weightsAt(view, index, t);
    if (differs(params, net.record, points, data, box, view.theme)) {
      paint(cells, view.theme, predict(view.kernels, net, params, points), Math.sqrt(points.length / 2));
      const { pen } = board;
      pen.imageSmoothingQuality = "high";
      pen.drawImage(cells, 0, 0, box.width, box.height);
      drawSamples(view, pen, box);
    }
    put(element, "data-aside", view.hovered >= 0 && view.hovered !== index);
  };
  return { element, index, optimizer, sync, frame, destroy: board.destroy };
}

/**
 * Draws samples, those of the training filled, those of the test hollow.
 *
 * @param {TrainView} view
 * @param {CanvasRenderingContext2D} pen
 * @param {Box} box
 */
function drawSamples({ theme, tables, run }, pen, { width, height, size }) {
  const { training, spec } = run;
  const { data } = training;
  const [[x0, x1], [y0, y1]] = tables.datasets[spec.dataset].domain;
  const count = data.targets.length;
  const each = Math.ceil(count / (width < 300 ? MOST_DOTS : count));
  const radius = size * DOT * Math.min(1, Math.max(0.6, width / 260));
  for (const target of [0, 1]) {
    const [r, g, b] = shade(theme, target).map((channel) => channel * (theme === "dark" ? 1.15 : 0.72));
    const colour = css([r, g, b]);
    for (const held of [false, true]) {
      pen.beginPath();
      for (let i = 0; i < count; i += each) {
        if (data.targets[i] !== target || i >= data.train !== held) continue;
        const x = ((data.inputs[2 * i] - x0) / (x1 - x0)) * width;
        const y = height - ((data.inputs[2 * i + 1] - y0) / (y1 - y0)) * height;
        pen.moveTo(x + radius, y);
        pen.arc(x, y, radius, 0, 2 * Math.PI);
      }
      pen.lineWidth = held ? 1.5 : 1;
      pen.strokeStyle = held ? colour : theme === "dark" ? "#10161d" : "#ffffff";
      pen.fillStyle = colour;
      if (held || width > 300) pen.stroke(); // on small maps rims would be all there is
      if (!held) pen.fill();
    }
  }
}
