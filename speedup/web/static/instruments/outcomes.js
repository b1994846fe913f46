/** What becomes of the chosen lane while two numbers of it vary, or with every start: a picture, the lane's own place in it a cross. */
import { el, put } from "../base/dom.js";
import { createBoard } from "../draw/canvas.js";
import { OutcomeThreads } from "../model/outcome_threads.js";
import { COLUMNS, ROWS } from "../model/outcomes.js";
import { areaOf } from "./loss.js";
import { jobOf, subjectOf, valuesOf } from "./outcome_axes.js";
import { createCross } from "./outcome_hand.js";
import { drawOutcomes, paintOutcomes, placeOf } from "./outcome_plot.js";
import { createKey, sayOutcomes } from "./outcome_words.js";

const ROOMY = 6; // em beside the plot in which the key has room

/**
 * Makes the instrument.
 *
 * @param {RaceView} view
 * @returns {import("./instruments.js").Instrument}
 */
export function createOutcomes(view) {
  const sheet = el("div", { class: "sheet outcomes" });
  const threads = new OutcomeThreads(view);
  const [picture, key] = [createPicture(view), createKey(view)];
  /** @type {import("./outcome_hand.js").Around} */
  const around = { place: null, subject: null, looked: null };
  const resized = () => {
    const room = board.box();
    const area = room && areaOf(sheet, room);
    const narrow = area !== null && area.margin < ROOMY * area.size;
    put(sheet, "data-narrow", narrow);
    const above = narrow ? key.element.offsetHeight : 0;
    around.place = area && { ...area, top: area.top + above, height: Math.max(1, area.height - above) };
    view.redraw();
  };
  const board = createBoard(sheet, resized, view.words("stage.outcomes.title"));
  const cross = createCross(view, sheet, around);
  sheet.append(key.element);
  const observer = new ResizeObserver(resized);
  observer.observe(key.element);
  const sync = () => {
    const subject = view.panel === "map" ? subjectOf(view) : null;
    around.subject = subject;
    if (!subject) return threads.close();
    threads.want(jobOf(view, subject));
    key.sync(subject);
    cross.sync();
  };
  const frame = () => {
    const { place: box, subject } = around;
    if (!box || !subject) return;
    const at = placeOf(subject, valuesOf(view, subject));
    drawOutcomes(view, board.pen, box, { subject, canvas: picture.of(threads.shown), at });
    cross.place(at);
    put(sheet, "data-sharp", threads.complete);
  };
  const say = () => sayOutcomes(view, around, threads.shown, picture.share);
  const destroy = () => {
    threads.close();
    cross.destroy();
    observer.disconnect();
    board.destroy();
    sheet.remove();
  };
  return { element: sheet, sync, frame, say, destroy };
}

/**
 * Makes the canvas of a picture, painted again as soon as there is more of it, and knows the share of it that arrives.
 *
 * @param {RaceView} view
 */
function createPicture(view) {
  const canvas = el("canvas", { width: COLUMNS, height: ROWS });
  let painted = "";
  const self = {
    share: 0,
    of(/** @type {import("../model/outcomes.js").Picture | null} */ picture) {
      const now = `${view.theme} ${picture?.key} ${picture?.done}`;
      if (picture && painted !== now) self.share = paintOutcomes(view, canvas, picture);
      painted = now;
      return picture && canvas;
    },
  };
  return self;
}
