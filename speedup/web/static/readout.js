/** The hand on the loss chart: a drag moves the playhead, a mouse that passes reads the losses under it. */
import { el, put } from "./dom.js";
import { laneColour, laneLabel, number } from "./format.js";
import { swatch } from "./marks.js";

/** Listens on the chart's element and puts a box there; plot() is its geometry or null. Gives {sync()}. */
export function createReadout(stage, element, plot) {
  const box = el("div", { class: "readout", hidden: true });
  const line = el("div", { class: "reading", hidden: true });
  let step = -1;
  element.append(line, box);
  const show = (at) => {
    step = at;
    put(box, "hidden", step < 0);
    put(line, "hidden", step < 0);
    if (step < 0) return;
    const { x, left, width, steps, losses } = plot();
    step = Math.min(step, steps);
    for (const part of [line, box]) part.style.left = `${x(step)}px`;
    put(box, "data-side", x(step) > left + width / 2 ? "left" : "right");
    const title = el("p", null, stage.words("stage.step", { step, steps }));
    box.replaceChildren(title, ...ranking(stage, losses, step).map((lane) => entry(stage, losses, lane, step)));
  };
  listen(stage, element, show, plot);
  return { sync: () => show(plot() ? step : -1) };
}

function listen(stage, element, show, plot) {
  const step = (event) => plot().step(event.clientX - element.getBoundingClientRect().left);
  let held = false;
  const down = (event) => {
    if (event.button !== 0 || !plot()) return;
    held = true;
    element.setPointerCapture(event.pointerId);
    stage.clock.pause();
    stage.clock.seek(step(event));
  };
  const move = (event) => {
    if (!plot()) return;
    if (held) stage.clock.seek(step(event));
    if (held || event.pointerType !== "touch") show(step(event));
  };
  const up = (event) => {
    held = false;
    if (event.pointerType === "touch") show(-1);
  };
  const leave = () => !held && show(-1);
  const handlers = { down, move, up, cancel: up, leave };
  for (const [name, handler] of Object.entries(handlers)) element.addEventListener(`pointer${name}`, handler);
}

/** The lanes that are on, lowest loss at this step first, those that have diverged last. */
function ranking(stage, losses, step) {
  const loss = ({ index }) => (Number.isFinite(losses[index][step]) ? losses[index][step] : Infinity);
  const lanes = stage.run.lanes.map((lane, index) => ({ ...lane, index }));
  const shown = lanes.filter(({ index }) => stage.spec.lanes[index]?.on);
  return shown.sort((a, b) => (loss(a) === loss(b) ? a.index - b.index : loss(a) - loss(b)));
}

function entry(stage, losses, lane, step) {
  const loss = losses[lane.index][step];
  const text = Number.isFinite(loss) ? number(loss) : stage.kind.status(stage, lane, step).text;
  const mark = el("span", { class: "lane-mark" }, swatch(stage.tables.optimizers[lane.optimizer]));
  mark.style.setProperty("--lane", laneColour(stage, lane.index));
  return el("div", null, mark, el("span", null, laneLabel(stage, lane.index)), el("b", null, text));
}
