/** What the words beside the lanes mean, where their rates come from, and how far each has walked: behind a button. */
import { createDialog } from "../base/dialog.js";
import { button, el, icon } from "../base/dom.js";
import { laneColour, laneLabel, number } from "../draw/format.js";
import { swatch } from "../draw/marks.js";

const SIGN = "M12 11v6M12 7v.4M21 12a9 9 0 1 1-18 0 9 9 0 0 1 18 0z";

/** {element (the button), destroy()}. */
export function createAbout(stage) {
  const title = stage.words("stage.about.title");
  const body = el("div");
  const opened = () => body.replaceChildren(...contents(stage));
  const dialog = createDialog(stage, { name: "about", title, opened }, body);
  const element = button(
    { class: "quiet", "aria-label": title, title, "aria-haspopup": "dialog", onclick: dialog.open },
    icon(SIGN),
  );
  return { element, destroy: () => dialog.element.remove() };
}

function contents(stage) {
  const words = (key, values) => stage.words(`stage.about.${key}`, values);
  const terms = stage.kind
    .about(stage)
    .flatMap(([key, values]) => [el("dt", null, words(`${key}.term`)), el("dd", null, words(`${key}.means`, values))]);
  return [el("dl", null, terms), ...(stage.kind.walked && !stage.veiled ? [walks(stage, words)] : [])];
}

/** How far each lane that is shown has walked by the step shown. */
function walks(stage, words) {
  const step = Math.floor(stage.step);
  const rows = stage.run.lanes.flatMap((lane, index) => {
    if (!stage.spec.lanes[index]?.on) return [];
    const mark = el("span", { class: "lane-mark" }, swatch(stage.tables.optimizers[lane.optimizer]));
    mark.style.setProperty("--lane", laneColour(stage, index));
    return el(
      "tr",
      null,
      el("th", { scope: "row" }, mark, laneLabel(stage, index)),
      el("td", null, number(stage.kind.walked(lane, step))),
    );
  });
  return el("table", null, el("caption", null, words("walked", { step })), rows);
}
