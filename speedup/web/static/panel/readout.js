/** The hand on the loss chart: a drag moves the playhead, a mouse that passes reads the losses under it. */
import { el, put } from "../base/dom.js";
import { laneColour, laneLabel, number } from "../draw/format.js";
import { swatch } from "../draw/marks.js";

/** Listens on the chart's element and puts a box there; plot() is its geometry or null. Gives {sync()}. */
export function createReadout(stage, element, plot) {
  const box = el("div", { class: "readout", hidden: true });
  const line = el("div", { class: "reading", hidden: true });
  const title = el("p");
  let step = -1;
  let [entries, listed] = [[], ""]; // one for each lane, of these optimizers
  const list = () => {
    const now = stage.run.lanes.map(({ optimizer }) => optimizer).join();
    if (now === listed) return;
    listed = now;
    entries = stage.run.lanes.map((_, index) => createEntry(stage, index));
    box.replaceChildren(title, ...entries.map(({ element: row }) => row));
  };
  element.append(line, box);
  const show = (at) => {
    step = at;
    put(box, "hidden", step < 0);
    put(line, "hidden", step < 0);
    if (step < 0) return;
    const { x, left, width, steps, losses, ends } = plot();
    step = Math.min(step, steps);
    for (const part of [line, box]) part.style.left = `${x(step)}px`;
    put(box, "data-side", x(step) > left + width / 2 ? "left" : "right");
    put(title, "text", stage.words("stage.step", { step, steps }));
    list();
    const now = losses.map((loss, index) => loss[Math.min(step, ends[index])]);
    const ranks = ranking(stage, now);
    entries.forEach((entry, index) => entry.show(ranks.indexOf(index), now[index], step));
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

/** The indices of the lanes that are on, lowest of these losses first, those that have diverged last. */
function ranking(stage, losses) {
  const loss = (index) => (Number.isFinite(losses[index]) ? losses[index] : Infinity);
  const shown = [...stage.run.lanes.keys()].filter((index) => stage.spec.lanes[index]?.on);
  return shown.sort((a, b) => (loss(a) === loss(b) ? a - b : loss(a) - loss(b)));
}

/** A lane's line. show(rank from the top, its loss, the step): the line goes there, and away for a rank of -1. */
function createEntry(stage, index) {
  const mark = el("span", { class: "lane-mark" }, swatch(stage.tables.optimizers[stage.run.lanes[index].optimizer]));
  const [name, value] = [el("span"), el("b")];
  const element = el("div", null, mark, name, value);
  const show = (rank, loss, step) => {
    put(element, "hidden", rank < 0);
    if (rank < 0) return;
    element.style.order = rank;
    mark.style.setProperty("--lane", laneColour(stage, index));
    put(name, "text", laneLabel(stage, index, step));
    put(
      value,
      "text",
      Number.isFinite(loss) ? number(loss) : stage.kind.status(stage, { ...stage.run.lanes[index], index }, step).text,
    );
  };
  return { element, show };
}
