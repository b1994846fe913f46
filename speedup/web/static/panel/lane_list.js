/** Lanes and what has become of them, in a few characters each: where their panel has no room. */
import { el, put } from "../base/dom.js";
import { laneColour, laneLabel } from "../draw/format.js";
import { swatch } from "../draw/marks.js";

const CROWD = 6; // with more lanes than this there are two columns

/**
 * @param {View} view
 * @returns {Part}
 */
export function createBrief(view) {
  const element = el("ul", { class: "legend", "aria-label": view.words("stage.lanes") });
  /** @type {ReturnType<typeof createEntry>[]} */
  let entries = [];
  let drawn = "";
  const sync = () => {
    const shown = view.run.lanes.flatMap((_, index) => (view.spec.lanes[index]?.on ? [index] : []));
    const now = JSON.stringify([shown.map((index) => [index, laneLabel(view, index), laneColour(view, index)])]);
    if (now === drawn) return;
    drawn = now;
    entries = shown.map((index) => createEntry(view, index));
    element.replaceChildren(...entries.map((entry) => entry.element));
    put(element, "data-crowded", shown.length > CROWD);
  };
  const frame = (/** @type {number} */ t) => {
    for (const entry of entries) entry.frame(t);
  };
  return { element, sync, frame, destroy: () => element.remove() };
}

/** @param {View} view @param {number} index */
function createEntry(view, index) {
  const brief = el("b");
  const name = el("span", { class: "name" }, laneLabel(view, index));
  const element = el("li", null, swatch(view.tables.optimizers[view.spec.lanes[index].optimizer]), name, brief);
  element.style.setProperty("--lane", laneColour(view, index));
  const frame = (/** @type {number} */ t) => {
    const lane = view.run.lanes[index];
    if (!lane) return;
    const status = view.kind.status(view, lane, t);
    put(brief, "text", status.brief);
    put(brief, "aria-label", status.text);
    put(element, "title", status.text);
  };
  return { element, frame };
}
