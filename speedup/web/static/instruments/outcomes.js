/** What becomes of the chosen lane while two numbers of it vary, or with every start: a picture, the lane's own place in it a cross. */
import { el, put } from "../base/dom.js";
import { createBoard } from "../draw/canvas.js";
import { OutcomeThreads } from "../model/outcome_threads.js";
import { areaOf } from "./loss.js";
import { jobOf, shareOfAll, subjectOf, valuesOf } from "./outcome_axes.js";
import { createCross } from "./outcome_hand.js";
import { drawOutcomes, paintOutcomes } from "./outcome_plot.js";
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
  let drawn = ""; // what the board shows
  const resized = () => {
    around.place = placeIn(sheet, board.box(), key.element);
    drawn = "";
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
    const { place, subject } = around;
    if (!place || !subject) return;
    const at = shareOfAll(subject, valuesOf(view, subject));
    const now = `${view.theme} ${threads.shown?.key} ${threads.shown?.level} ${subject.pair} ${at}`;
    if (drawn !== now) drawOutcomes(view, board.pen, place, { subject, canvas: picture.of(threads.shown), at });
    drawn = now;
    cross.place(at);
    put(sheet, "data-sharp", threads.complete);
  };
  const say = () => sayOutcomes(view, around, threads.shown, picture.share);
  const destroy = () => {
    for (const one of [threads, cross, board]) one.destroy();
    observer.disconnect();
    sheet.remove();
  };
  return { element: sheet, sync, frame, say, destroy };
}

/**
 * Gives where the picture is drawn: below its key, where there is no room for that beside it. Null where there is no room at all.
 *
 * @param {HTMLElement} sheet
 * @param {import("../draw/canvas.js").Box | null} room
 * @param {HTMLElement} key
 */
function placeIn(sheet, room, key) {
  const area = room && areaOf(sheet, room);
  if (!area) return null;
  const narrow = area.margin < ROOMY * area.size;
  put(sheet, "data-narrow", narrow);
  const above = narrow ? key.offsetHeight : 0;
  return { ...area, top: area.top + above, height: Math.max(1, area.height - above) };
}

/**
 * Makes the canvas of a picture, painted again as soon as there is more of it, and knows the share of it that arrives.
 *
 * @param {RaceView} view
 */
function createPicture(view) {
  const canvas = el("canvas");
  let painted = "";
  const self = {
    share: 0,
    of(/** @type {import("../model/outcomes.js").Picture | null} */ picture) {
      const now = `${view.theme} ${picture?.key} ${picture?.level}`;
      if (picture && painted !== now) self.share = paintOutcomes(view, canvas, picture);
      painted = now;
      return picture && canvas;
    },
  };
  return self;
}
