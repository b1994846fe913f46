/** The hand on the picture of outcomes: it sets what is there, takes the cross along, zooms. */
import { el, put } from "../base/dom.js";
import { plain } from "../draw/format.js";
import { SLACK, watchMouse } from "../draw/map_mouse.js";
import { watchPinch } from "../draw/pinch.js";
import { nudged, pixelAt, valuesAt } from "./outcome_axes.js";

/** @type {Record<string, Point>} */
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowDown: [0, -1], ArrowUp: [0, 1] };

/**
 * @typedef {import("./outcome_axes.js").Subject} Subject
 * @typedef {import("./outcome_plot.js").Place} Place
 *
 * @typedef {object} Around  what the instrument and its hand share
 * @property {Place | null} place
 * @property {Subject | null} subject  null: it isn't shown
 * @property {Point | null} looked  where a pointer is, shares of what is seen along both axes
 */

/**
 * Makes the cross, {element, place(at), sync(), destroy()}. Where all is seen a mouse takes it anywhere, else by itself: beside it
 * a mouse takes the picture along, and a click sets what is there. A finger takes it by itself alone, or else it would keep one
 * from moving the page.
 *
 * @param {View} view
 * @param {HTMLElement} sheet
 * @param {Around} around
 * @param {{source: OutcomeSource, sight: import("./outcome_sight.js").Sight}} by
 */
export function createCross(view, sheet, around, { source, sight }) {
  const ends = new AbortController();
  const onkeydown = (/** @type {KeyboardEvent} */ event) => press(source, around.subject, event);
  const element = el("button", { type: "button", class: "cross", onkeydown });
  const hand = new Hand(view, sheet, element, { around, sight, source });
  for (const name of /** @type {const} */ ([
    "pointerdown",
    "pointermove",
    "lostpointercapture",
    "pointerleave",
    "click",
    "dblclick",
  ]))
    sheet.addEventListener(name, (event) => hand[name](/** @type {PointerEvent} */ (event)), { signal: ends.signal });
  sheet.append(element);
  const unwatch = [watchMouse(hand.zoomed), watchPinch(hand.pinched)];
  const place = (/** @type {Point} */ [across, up]) => {
    const { place: box } = around;
    const seen = Math.min(across, up) >= 0 && Math.max(across, up) <= 1;
    put(element, "hidden", !seen && !hand.held); // a hidden element would lose the pointer
    if (box && seen) element.style.translate = `${box.left + box.width * across}px ${box.top + box.height * (1 - up)}px`;
  };
  const sync = () => put(element, "aria-label", labelOf(view, source, around.subject));
  const destroy = () => {
    ends.abort();
    for (const stop of unwatch) stop();
    view.shared.zoom = null;
  };
  const points = () => hand.near || element.matches(":focus");
  return { element, place, sync, points, destroy };
}

class Hand {
  held = false; // the cross
  near = false; // whether a mouse is over the picture
  /** @type {PointerEvent | null} */
  pressed = null; // the last press
  before = [NaN, NaN]; // values, before the click that a double click begins with

  /**
   * @param {View} view
   * @param {HTMLElement} sheet
   * @param {HTMLElement} cross
   * @param {{around: Around, sight: import("./outcome_sight.js").Sight, source: OutcomeSource}} own
   */
  constructor(view, sheet, cross, { around, sight, source }) {
    this.view = view;
    this.source = source;
    this.sheet = sheet;
    this.cross = cross;
    this.around = around;
    this.sight = sight;
  }

  /** @type {import("../draw/map_mouse.js").Zoomed} */
  get zoomed() {
    const { sheet, sight, around } = this;
    const takes = (/** @type {MouseEvent} */ event) =>
      this.over(event) !== null && (event.type === "wheel" || event.shiftKey || !around.subject?.whole);
    const camera = () => (around.subject ? sight.camera : null);
    return { element: sheet, host: sheet, camera, move: (window) => sight.move(window), takes };
  }

  /** @type {import("../draw/pinch.js").Pinched} */
  get pinched() {
    const caught = () => {
      this.pressed = null; // no click
      this.lostpointercapture();
    };
    return { element: this.sheet, hold: () => this.sight.hold(), caught };
  }

  /**
   * Gives where a pointer is, as shares of what is seen; null beside the picture.
   *
   * @param {MouseEvent} event
   */
  over(event) {
    const at = shareIn(this.sheet, this.around.place, event);
    const inside = at && Math.min(...at) >= 0 && Math.max(...at) <= 1;
    return inside && event.target instanceof HTMLElement && !event.target.closest(".key") ? at : null;
  }

  /**
   * Sets the values of the pixel under a pointer.
   *
   * @param {MouseEvent} event
   */
  set(event, commit = false) {
    const at = shareIn(this.sheet, this.around.place, event);
    const { subject } = this.around;
    if (at && subject) this.source.move(subject, valuesAt(subject, pixelAt(subject, at)), commit);
  }

  /** @param {Point | null} place */
  look(place) {
    this.around.looked = place;
    this.view.redraw();
  }

  /** @param {PointerEvent} event */
  pointerdown(event) {
    this.pressed = event.button === 0 && event.isPrimary ? event : null;
    const own = event.target === this.cross;
    const mouse = event.pointerType === "mouse" && this.over(event) !== null && !event.shiftKey;
    if (mouse && !own) event.preventDefault();
    this.held = this.pressed !== null && (own || (mouse && this.around.subject?.whole === true));
    if (!this.held) return;
    this.sheet.setPointerCapture(event.pointerId);
    put(this.cross, "data-held", true);
    this.look(null);
    if (!own) this.set(event);
  }

  /** @param {PointerEvent} event */
  pointermove(event) {
    const at = event.pointerType === "mouse" ? this.over(event) : null;
    this.near = at !== null;
    if (this.held) this.set(event);
    else this.look(event.buttons === 0 ? at : null);
  }

  lostpointercapture() {
    const { around, source } = this;
    if (this.held && around.subject) source.move(around.subject, source.valuesOf(around.subject), true);
    this.held = false;
    put(this.cross, "data-held", null);
  }

  pointerleave() {
    this.near = false;
    this.look(null);
  }

  /** @param {PointerEvent} event  a mouse where all is seen has set what is there already */
  click(event) {
    const { pressed, source, around } = this;
    const { subject } = around;
    if (!pressed || !subject || !this.over(event) || event.target === this.cross) return;
    const still = Math.hypot(event.clientX - pressed.clientX, event.clientY - pressed.clientY) < SLACK;
    if (!still || event.shiftKey || (event.pointerType === "mouse" && subject.whole)) return;
    if (event.detail < 2) this.before = source.valuesOf(subject);
    this.set(pressed, true); // where it was pressed: a click itself is told in whole pixels
  }

  /** @param {MouseEvent} event */
  dblclick(event) {
    const { source, around, sight } = this;
    const { subject } = around;
    if (!subject || subject.whole || !shareIn(this.sheet, around.place, event)) return;
    source.move(subject, this.before, true); // the first of the two clicks has moved it
    sight.zoom(0);
  }
}

/**
 * Gives where a pointer is, as shares of both axes.
 *
 * @param {HTMLElement} sheet
 * @param {Place | null} place
 * @param {MouseEvent} event
 * @returns {Point | null}
 */
function shareIn(sheet, place, { clientX, clientY }) {
  if (!place) return null;
  const { left, top } = sheet.getBoundingClientRect();
  return [(clientX - left - place.left) / place.width, 1 - (clientY - top - place.top) / place.height];
}

/**
 * Moves by a readable amount, as an arrow key on a slider, or to the next pixel.
 *
 * @param {OutcomeSource} source
 * @param {Subject | null} subject
 * @param {KeyboardEvent} event
 */
function press(source, subject, event) {
  const arrow = ARROWS[event.key];
  if (!arrow || !subject) return;
  event.preventDefault();
  event.stopPropagation(); // while it has the focus, arrows move it and not the playhead
  source.move(subject, nudged(subject, source.valuesOf(subject), arrow), true);
}

/**
 * @param {View} view
 * @param {OutcomeSource} source
 * @param {Subject | null} subject
 */
function labelOf(view, source, subject) {
  if (!subject) return "";
  const [across, up] = source.valuesOf(subject).map((value, i) => `${subject.axes[i].symbol} ${plain(value)}`);
  return view.words("stage.outcomes.cross", { across, up });
}
