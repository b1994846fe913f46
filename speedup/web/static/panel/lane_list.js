/** Lanes and what has become of them, in a few characters each: where their panel has no room. */
import { el, put } from "../base/dom.js";
import { laneColour, laneLabel } from "../draw/format.js";
import { swatch } from "../draw/marks.js";

const CROWD = 6; // with more lanes than this there are two columns

/** {element, sync(), frame(t), destroy()}. */
export function createBrief(stage) {
  const element = el("ul", { class: "legend", "aria-label": stage.words("stage.lanes") });
  let entries = [];
  let drawn = "";
  const sync = () => {
    const shown = stage.run.lanes.flatMap((_, index) => (stage.spec.lanes[index]?.on ? [index] : []));
    const now = JSON.stringify([shown.map((index) => [index, laneLabel(stage, index), laneColour(stage, index)])]);
    if (now === drawn) return;
    drawn = now;
    entries = shown.map((index) => createEntry(stage, index));
    element.replaceChildren(...entries.map((entry) => entry.element));
    put(element, "data-crowded", shown.length > CROWD);
  };
  const frame = (t) => entries.forEach((entry) => entry.frame(t));
  return { element, sync, frame, destroy: () => element.remove() };
}

function createEntry(stage, index) {
  const brief = el("b");
  const name = el("span", { class: "name" }, laneLabel(stage, index));
  const element = el("li", null, swatch(stage.tables.optimizers[stage.spec.lanes[index].optimizer]), name, brief);
  element.style.setProperty("--lane", laneColour(stage, index));
  const frame = (t) => {
    const lane = stage.run.lanes[index];
    if (!lane) return;
    const status = stage.kind.status(stage, lane, t);
    put(brief, "text", status.brief);
    put(brief, "aria-label", status.text);
    put(element, "title", status.text);
  };
  return { element, frame };
}
