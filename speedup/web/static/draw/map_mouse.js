/** A mouse on what one zooms: its wheel zooms about the pointer, a drag takes it along, with Shift it draws a box to look into. */
import { el, put } from "../base/dom.js";
import { closerBy } from "./wheel.js";

/**
 * @typedef {import("./map_camera.js").Hand} Hand
 *
 * @typedef {object} Zoomed  what is zoomed
 * @property {HTMLElement} element  its pixels are counted from this one's corner
 * @property {HTMLElement} host  the mouse acts on this one
 * @property {() => import("./map_camera.js").MapCamera | null} camera  null: it isn't shown
 * @property {(window: import("./map_camera.js").Window) => void} move
 * @property {(event: PointerEvent | WheelEvent) => boolean} [takes]  whether it is for this; without it all is
 *
 * @typedef {object} Held
 * @property {Hand} from
 * @property {Hand} to
 * @property {{window: number[]}} grip
 * @property {number} id  of the pointer
 * @property {boolean} moved
 * @property {boolean} boxes  whether it draws a box
 */

export const SLACK = 5; // pixels: a press that moves less is a click, see pointer.js
const FASTER = 3; // times, than over the relief: there is much further to go

/**
 * Listens on what is zoomed; returns how to stop that.
 *
 * @param {Zoomed} zoomed
 */
export function watchMouse(zoomed) {
  const mouse = new Mouse(zoomed);
  return () => mouse.ends.abort();
}

class Mouse {
  ends = new AbortController();
  box = el("div", { class: "box", hidden: true });
  /** @type {Held | null} */
  held = null; // what a button holds

  /** @param {Zoomed} zoomed */
  constructor(zoomed) {
    this.zoomed = zoomed;
    zoomed.element.append(this.box);
    const how = { signal: this.ends.signal, passive: false };
    zoomed.host.addEventListener("wheel", (event) => this.wheel(event), how);
    zoomed.host.addEventListener("pointerdown", (event) => this.press(event), how);
    addEventListener("pointermove", (event) => this.drag(event), how);
    addEventListener("pointerup", (event) => this.drop(event), how);
    addEventListener("pointercancel", () => this.release(), how);
    addEventListener("keydown", ({ key }) => key === "Escape" && this.held && this.release(), how);
  }

  /** @param {PointerEvent | WheelEvent} event */
  takes(event) {
    return this.zoomed.takes?.(event) ?? true;
  }

  /**
   * @param {MouseEvent} event
   * @returns {Hand}
   */
  at({ clientX, clientY }) {
    const { left, top } = this.zoomed.element.getBoundingClientRect();
    return { at: [clientX - left, clientY - top], apart: 1 };
  }

  /** @param {WheelEvent} event */
  wheel(event) {
    if (!this.takes(event)) return;
    event.preventDefault();
    const camera = this.zoomed.camera();
    if (!camera) return;
    const at = this.at(event);
    this.zoomed.move(camera.pinched(camera.grip(), at, { ...at, apart: closerBy(event) ** FASTER }));
  }

  /** @param {PointerEvent} event */
  press(event) {
    const camera = this.zoomed.camera();
    if (event.button !== 0 || event.pointerType === "touch" || !camera || !this.takes(event)) return;
    const from = this.at(event);
    this.held = { from, to: from, grip: camera.grip(), id: event.pointerId, moved: false, boxes: event.shiftKey };
  }

  /** @param {PointerEvent} event */
  drag(event) {
    const { held, zoomed } = this;
    const camera = zoomed.camera();
    if (!held || !camera || event.pointerId !== held.id) return;
    held.to = this.at(event);
    held.moved ||= Math.hypot(held.to.at[0] - held.from.at[0], held.to.at[1] - held.from.at[1]) >= SLACK;
    if (!held.moved) return;
    put(zoomed.host, "data-held", !held.boxes);
    if (held.boxes) draw(this.box, held.from.at, held.to.at, camera.rect);
    else zoomed.move(camera.pinched(held.grip, held.from, held.to));
  }

  /** @param {PointerEvent} event */
  drop(event) {
    const { held, zoomed } = this;
    if (!held || event.pointerId !== held.id) return;
    const found = held.boxes && held.moved ? zoomed.camera()?.boxed(held.from.at, held.to.at) : null;
    this.release();
    if (found) zoomed.move(found);
  }

  release() {
    this.held = null;
    put(this.box, "hidden", true);
    put(this.zoomed.host, "data-held", false);
  }
}

/**
 * Lays the box between two pixels, as far as the ground goes.
 *
 * @param {HTMLElement} box
 * @param {number[]} a
 * @param {number[]} b
 * @param {Rect} ground
 */
function draw(box, [ax, ay], [bx, by], { left, top, right, bottom }) {
  const inside = (/** @type {number} */ value, /** @type {number} */ low, /** @type {number} */ high) =>
    Math.min(high, Math.max(low, value));
  const [xs, ys] = [[ax, bx].map((x) => inside(x, left, right)), [ay, by].map((y) => inside(y, top, bottom))];
  Object.assign(box.style, {
    left: `${Math.min(...xs)}px`,
    top: `${Math.min(...ys)}px`,
    width: `${Math.abs(xs[0] - xs[1])}px`,
    height: `${Math.abs(ys[0] - ys[1])}px`,
  });
  put(box, "hidden", false);
}
