/** A small map for each lane: what its net says of every place of the plane, with the samples on it. */
import { createBoard } from "../draw/canvas.js";
import { el, put } from "../base/dom.js";
import { laneColour, laneLabel } from "../draw/format.js";
import { swatch } from "../draw/marks.js";
import { predict } from "../model/net.js";
import { css, grid, paint, shade } from "../draw/shades.js";

const SIDE = { many: 40, one: 80 }; // cells of a map
const DOT = 0.2; // radius of a sample, in em
const MOST_DOTS = 400; // samples drawn on a small map

export function createMaps(stage, parent) {
  const element = el("div", { class: "maps" });
  parent.append(element);
  let tiles = [];
  let large = -1; // the lane whose map alone is shown
  const enlarge = (index) => {
    large = large === index ? -1 : index;
    stage.refresh();
  };
  const sync = () => {
    const shown = stage.run.lanes.filter(({ index }) => stage.spec.lanes[index]?.on);
    if (!shown.some(({ index }) => index === large)) large = -1;
    const wanted = large < 0 ? shown : shown.filter(({ index }) => index === large);
    const same =
      tiles.length === wanted.length &&
      tiles.every(({ index, optimizer }, i) => index === wanted[i].index && optimizer === wanted[i].optimizer);
    if (!same) {
      tiles.forEach((tile) => tile.destroy());
      tiles = wanted.map((lane) => createTile(stage, lane, () => enlarge(lane.index)));
      element.replaceChildren(...tiles.map((tile) => tile.element));
    }
    put(element, "data-count", tiles.length);
    tiles.forEach((tile) => tile.sync(large >= 0));
  };
  const frame = () => tiles.forEach((tile) => tile.frame());
  return { element, sync, frame, destroy: () => tiles.forEach((tile) => tile.destroy()) };
}

/** One lane's map, a button that enlarges it. */
function createTile(stage, { index, optimizer }, onclick) {
  const name = el("span", { class: "name" });
  const view = el("span", { class: "view" });
  const element = el(
    "button",
    { type: "button", class: "tile", onclick },
    el("span", { class: "caption" }, swatch(stage.tables.optimizers[optimizer]), name),
    view,
  );
  const cells = document.createElement("canvas");
  const board = createBoard(view, () => stage.refresh());
  let side = SIDE.many;
  let points = null;
  const sync = (alone) => {
    put(name, "text", laneLabel(stage, index));
    put(element, "aria-label", stage.words(`stage.network.${alone ? "shrink" : "enlarge"}`, { lane: laneLabel(stage, index) }));
    put(element, "data-lane", index);
    element.style.setProperty("--lane", laneColour(stage, index));
    side = alone ? SIDE.one : SIDE.many;
    points = grid(stage.tables.datasets[stage.run.spec.dataset].domain, side);
  };
  const frame = () => {
    const box = board.box();
    if (!box || !points) return;
    put(element, "data-aside", stage.hovered >= 0 && stage.hovered !== index);
    const {
      training: { net },
      lanes,
    } = stage.run;
    paint(cells, stage.theme, predict(stage.kernels, net, lanes[index].params, points), side);
    const { pen } = board;
    pen.imageSmoothingQuality = "high";
    pen.drawImage(cells, 0, 0, box.width, box.height);
    drawSamples(stage, pen, box);
  };
  return { element, index, optimizer, sync, frame, destroy: board.destroy };
}

/** Training samples filled, those of the test hollow. */
function drawSamples(
  {
    theme,
    tables,
    run: {
      training: { data },
      spec,
    },
  },
  pen,
  { width, height, size },
) {
  const [[x0, x1], [y0, y1]] = tables.datasets[spec.dataset].domain;
  const count = data.targets.length;
  const each = Math.ceil(count / (width < 300 ? MOST_DOTS : count));
  const radius = size * DOT * Math.min(1, Math.max(0.6, width / 260));
  for (const target of [0, 1]) {
    const colour = css(shade(theme, target).map((channel) => channel * (theme === "dark" ? 1.15 : 0.72)));
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
