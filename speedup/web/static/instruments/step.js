/** One update of a race, taken apart: what each line of the kernel comes to, for x and y. */
import { laneLabel, number } from "../draw/format.js";
import { anatomyOf } from "../model/anatomy.js";
import { createSheet } from "./step_sheet.js";

const HEADS = ["x", "y"];

/**
 * Makes the instrument. It writes `shared.lit`.
 *
 * @param {RaceView} view
 * @returns {Instrument}
 */
export function createStep(view) {
  const { element, sync, show, destroy } = createSheet(view, HEADS.length);
  const frame = () => {
    const shown = view.panel === "step" ? updateShown(view) : null;
    if (shown) show({ ...shown, heads: HEADS });
  };
  return { element, sync, frame, say: () => say(view), destroy };
}

/**
 * Gives the lane whose update is shown, the one pointed at, else the one chosen; the update that follows on the playhead, at the
 * end the last there was, -1 if there was none; and its anatomy. Null without lanes.
 *
 * @param {RaceView} view
 */
export function updateShown({ hovered, chosen, run, kernels, step }) {
  const index = hovered >= 0 ? hovered : Math.max(0, chosen);
  if (!run.lanes[index]) return null;
  const anatomy = anatomyOf(kernels, run, index);
  return { index, anatomy, step: Math.min(Math.floor(step), anatomy.last) };
}

/** @typedef {NonNullable<ReturnType<typeof updateShown>>} Shown */

/**
 * Says in words where the update leads.
 *
 * @param {RaceView} view
 */
function say(view) {
  const shown = updateShown(view);
  if (!shown) return "";
  const { index, anatomy, step } = shown;
  const lane = laneLabel(view, index);
  const { diverged } = view.run.lanes[index];
  if (step < 0) return view.words("stage.anatomy.nowhere", { lane });
  const now = Math.floor(view.step);
  const [x, y] = anatomy.move(step).map((one) => number(one, 3));
  const values = { lane, step, next: step + 1, x, y };
  if (diverged >= 0 && now >= diverged - 1) return view.words("stage.anatomy.over", values);
  const said = view.words(now > step ? "stage.anatomy.last" : "stage.anatomy.moves", values);
  return step === 0 ? `${said} · ${view.words("stage.anatomy.first")}` : said;
}
