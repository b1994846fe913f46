/** The hand on the picture of outcomes: a press anywhere sets what is there, the cross can be dragged or moved with the arrow keys. */
import { el, put } from "../base/dom.js";
import { plain } from "../draw/format.js";
import { nudge } from "../panel/scale.js";
import { moveTo, valueIn, valuesOf } from "./outcome_axes.js";

/** @type {Record<string, Point>} */
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowDown: [0, -1], ArrowUp: [0, 1] };

/**
 * @typedef {import("./outcome_axes.js").Subject} Subject
 * @typedef {import("./outcome_plot.js").Place} Place
 *
 * @typedef {object} Around  what the instrument and its hand share
 * @property {Place | null} place
 * @property {Subject | null} subject  null: it isn't shown
 * @property {Point | null} looked  where a pointer is, shares of both axes
 */

/**
 * Makes the cross, {element, place(at), sync(), destroy()}. A mouse takes it anywhere, a finger by the cross alone: else it
 * would keep one from moving the page.
 *
 * @param {RaceView} view
 * @param {HTMLElement} sheet
 * @param {Around} around
 */
export function createCross(view, sheet, around) {
  const ends = new AbortController();
  const onkeydown = (/** @type {KeyboardEvent} */ event) => press(view, around.subject, event);
  const element = el("button", { type: "button", class: "cross", onkeydown });
  for (const [name, act] of Object.entries(actsOf(view, sheet, element, around)))
    sheet.addEventListener(name, /** @type {EventListener} */ (act), { signal: ends.signal });
  sheet.append(element);
  const place = (/** @type {Point} */ [across, up]) => {
    const { place: box } = around;
    if (box) element.style.translate = `${box.left + box.width * across}px ${box.top + box.height * (1 - up)}px`;
  };
  const sync = () => put(element, "aria-label", labelOf(view, around.subject));
  return { element, place, sync, destroy: () => ends.abort() };
}

/**
 * Gives what pointers do, by the names of their events.
 *
 * @param {RaceView} view
 * @param {HTMLElement} sheet
 * @param {HTMLElement} cross
 * @param {Around} around
 * @returns {Record<string, (event: PointerEvent) => void>}
 */
function actsOf(view, sheet, cross, around) {
  let held = false;
  const at = (/** @type {PointerEvent} */ event) => shareIn(sheet, around.place, event);
  const over = (/** @type {PointerEvent} */ event) => {
    const [across, up] = at(event) ?? [-1, -1];
    return across >= 0 && across <= 1 && up >= 0 && up <= 1 && event.target instanceof HTMLCanvasElement;
  };
  const move = (/** @type {PointerEvent} */ event, commit = false) => {
    const [shares, { subject }] = [at(event), around];
    if (shares && subject)
      moveTo(
        view,
        subject,
        subject.axes.map((axis, i) => valueIn(axis, shares[i])),
        commit,
      );
  };
  const look = (/** @type {Point | null} */ place) => {
    around.looked = place;
    view.redraw();
  };
  return {
    pointerdown(event) {
      const own = event.target === cross;
      held = event.button === 0 && event.isPrimary && (own || (event.pointerType === "mouse" && over(event)));
      if (!held) return;
      if (!own) event.preventDefault();
      sheet.setPointerCapture(event.pointerId);
      put(cross, "data-held", true);
      look(null);
      if (!own) move(event);
    },
    pointermove(event) {
      if (held) move(event);
      else look(event.pointerType === "mouse" && over(event) ? at(event) : null);
    },
    click: (event) => event.pointerType !== "mouse" && over(event) && move(event, true),
    lostpointercapture() {
      if (held && around.subject) moveTo(view, around.subject, valuesOf(view, around.subject), true);
      held = false;
      put(cross, "data-held", null);
    },
    pointerleave: () => look(null),
  };
}

/**
 * Gives where a pointer is, as shares of both axes.
 *
 * @param {HTMLElement} sheet
 * @param {Place | null} place
 * @param {PointerEvent} event
 * @returns {Point | null}
 */
function shareIn(sheet, place, { clientX, clientY }) {
  if (!place) return null;
  const { left, top } = sheet.getBoundingClientRect();
  return [(clientX - left - place.left) / place.width, 1 - (clientY - top - place.top) / place.height];
}

/**
 * Moves by a readable amount, as an arrow key on a slider.
 *
 * @param {RaceView} view
 * @param {Subject | null} subject
 * @param {KeyboardEvent} event
 */
function press(view, subject, event) {
  const arrow = ARROWS[event.key];
  if (!arrow || !subject) return;
  event.preventDefault();
  event.stopPropagation(); // while it has the focus, arrows move it and not the playhead
  const values = valuesOf(view, subject).map((value, i) => (arrow[i] ? nudge(subject.axes[i], value, arrow[i]) : value));
  moveTo(view, subject, values, true);
}

/**
 * @param {RaceView} view
 * @param {Subject | null} subject
 */
function labelOf(view, subject) {
  if (!subject) return "";
  const [across, up] = valuesOf(view, subject).map((value, i) => `${subject.axes[i].symbol} ${plain(value)}`);
  return view.words("stage.outcomes.cross", { across, up });
}
