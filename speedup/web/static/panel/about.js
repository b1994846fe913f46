/** What the words beside the lanes mean, where their rates come from, and how far each has walked: behind a button. */
import { createDialog } from "../base/dialog.js";
import { button, el, icon } from "../base/dom.js";
import { laneColour, laneLabel, number } from "../draw/format.js";
import { swatch } from "../draw/marks.js";

const SIGN = "M12 11v6M12 7v.4M21 12a9 9 0 1 1-18 0 9 9 0 0 1 18 0z";

/**
 * Makes the button: {element, destroy()}.
 *
 * @param {View} view
 */
export function createAbout(view) {
  const title = view.words("stage.about.title");
  const body = el("div");
  const opened = () => body.replaceChildren(...contents(view));
  const dialog = createDialog(view, { name: "about", title, opened }, body);
  const element = button(
    { class: "quiet", "aria-label": title, title, "aria-haspopup": "dialog", onclick: dialog.open },
    icon(SIGN),
  );
  return { element, destroy: () => dialog.element.remove() };
}

/** @param {View} view */
function contents(view) {
  const { kind, words, veiled } = view;
  const terms = kind
    .about(view)
    .map(([key, values]) => [
      el("dt", null, words(`stage.about.${key}.term`)),
      el("dd", null, words(`stage.about.${key}.means`, values)),
    ]);
  return [el("dl", null, terms), ...(kind.walked && !veiled ? [walks(view, kind.walked)] : [])];
}

/**
 * Tells how far each lane that is shown has walked by the step shown.
 *
 * @param {View} view
 * @param {NonNullable<Kind["walked"]>} walked
 */
function walks(view, walked) {
  const step = Math.floor(view.step);
  const rows = view.run.lanes.flatMap((lane, index) => {
    if (!view.spec.lanes[index]?.on) return [];
    const mark = el("span", { class: "lane-mark" }, swatch(view.tables.optimizers[lane.optimizer]));
    mark.style.setProperty("--lane", laneColour(view, index));
    return el("tr", null, el("th", { scope: "row" }, mark, laneLabel(view, index)), el("td", null, number(walked(lane, step))));
  });
  return el("table", null, el("caption", null, view.words("stage.about.walked", { step })), rows);
}
