/** The hand on the loss chart: a drag moves the playhead, a mouse that passes reads the losses under it. */
import { el, put } from "../base/dom.js";
import { laneColour, laneLabel, number } from "../draw/format.js";
import { swatch } from "../draw/marks.js";

/**
 * Listens on the chart's element and puts a box there. Gives {sync()}.
 *
 * @param {View} view
 * @param {HTMLElement} element
 * @param {() => Plot | null} plot  the chart's geometry
 */
export function createReadout(view, element, plot) {
  const box = el("div", { class: "readout", hidden: true });
  const line = el("div", { class: "reading", hidden: true });
  const title = el("p");
  let step = -1;
  /** @type {ReturnType<typeof createEntry>[]} */
  let entries = []; // one for each lane
  let listed = ""; // their optimizers
  const list = () => {
    const now = view.run.lanes.map(({ optimizer }) => optimizer).join();
    if (now === listed) return;
    listed = now;
    entries = view.run.lanes.map((_, index) => createEntry(view, index));
    box.replaceChildren(title, ...entries.map(({ element: row }) => row));
  };
  element.append(line, box);
  const show = (/** @type {number} */ at) => {
    const geometry = plot();
    step = geometry ? at : -1;
    put(box, "hidden", step < 0);
    put(line, "hidden", step < 0);
    if (!geometry || step < 0) return;
    const { x, left, width, steps, losses, ends } = geometry;
    step = Math.min(step, steps);
    for (const part of [line, box]) part.style.left = `${x(step)}px`;
    put(box, "data-side", x(step) > left + width / 2 ? "left" : "right");
    put(title, "text", view.words("stage.step", { step, steps }));
    list();
    const now = losses.map((loss, index) => loss[Math.min(step, ends[index])]);
    const ranks = ranking(view, now);
    entries.forEach((entry, index) => entry.show(ranks.indexOf(index), now[index], step));
  };
  listen(view, element, show, plot);
  return { sync: () => show(step) };
}

/**
 * @param {View} view
 * @param {HTMLElement} element
 * @param {(step: number) => void} show
 * @param {() => Plot | null} plot
 */
function listen(view, element, show, plot) {
  const stepOf = (/** @type {PointerEvent} */ event) =>
    plot()?.step(event.clientX - element.getBoundingClientRect().left) ?? null;
  let held = false;
  element.addEventListener("pointerdown", (event) => {
    const step = stepOf(event);
    if (event.button !== 0 || step === null) return;
    held = true;
    element.setPointerCapture(event.pointerId);
    view.clock.pause();
    view.clock.seek(step);
  });
  element.addEventListener("pointermove", (event) => {
    const step = stepOf(event);
    if (step === null) return;
    if (held) view.clock.seek(step);
    if (held || event.pointerType !== "touch") show(step);
  });
  const up = (/** @type {PointerEvent} */ event) => {
    held = false;
    if (event.pointerType === "touch") show(-1);
  };
  element.addEventListener("pointerup", up);
  element.addEventListener("pointercancel", up);
  element.addEventListener("pointerleave", () => {
    if (!held) show(-1);
  });
}

/**
 * Gives the indices of the lanes that are on, lowest of these losses first, those that have diverged last.
 *
 * @param {View} view
 * @param {number[]} losses
 */
function ranking(view, losses) {
  const loss = (/** @type {number} */ index) => (Number.isFinite(losses[index]) ? losses[index] : Infinity);
  const shown = [...view.run.lanes.keys()].filter((index) => view.spec.lanes[index]?.on);
  return shown.sort((a, b) => (loss(a) === loss(b) ? a - b : loss(a) - loss(b)));
}

/**
 * Makes a lane's line. show(rank from the top, its loss, the step): the line goes there, and away for a rank of -1.
 *
 * @param {View} view
 * @param {number} index
 */
function createEntry(view, index) {
  const mark = el("span", { class: "lane-mark" }, swatch(view.tables.optimizers[view.run.lanes[index].optimizer]));
  const [name, value] = [el("span"), el("b")];
  const element = el("div", null, mark, name, value);
  const show = (/** @type {number} */ rank, /** @type {number} */ loss, /** @type {number} */ step) => {
    put(element, "hidden", rank < 0);
    if (rank < 0) return;
    element.style.order = String(rank);
    put(mark, "--lane", laneColour(view, index));
    put(name, "text", laneLabel(view, index, step));
    const text = Number.isFinite(loss) ? number(loss) : view.kind.status(view, view.run.lanes[index], step).text;
    put(value, "text", text);
  };
  return { element, show };
}
