/** A mouse on the flat map: its wheel zooms about the pointer, a drag takes the map along, with Shift it draws a box to look into. */
import { el, put } from "../base/dom.js";
import { closerBy } from "./relief_wheel.js";

/**
 * @typedef {import("./map_camera.js").Hand} Hand
 * @typedef {import("./map.js").RaceMap} RaceMap
 * @typedef {import("./flat_map.js").FlatMap} FlatMap
 *
 * @typedef {object} Held
 * @property {Hand} from
 * @property {Hand} to
 * @property {{window: number[]}} grip
 * @property {number} id  of the pointer
 * @property {boolean} moved
 * @property {boolean} boxes  whether it draws a box
 */

const SLACK = 5; // pixels: a press that moves less is a click, see pointer.js
const FASTER = 3; // times, than over the relief: there is much further to go

/**
 * Listens on the host of a flat map; returns how to stop that.
 *
 * @param {RaceMap} scene
 * @param {FlatMap} view
 */
export function watchMouse(scene, view) {
  const mouse = new Mouse(scene, view);
  return () => mouse.ends.abort();
}

class Mouse {
  ends = new AbortController();
  box = el("div", { class: "box", hidden: true });
  /** @type {Held | null} */
  held = null; // what a button holds

  /**
   * @param {RaceMap} scene
   * @param {FlatMap} view
   */
  constructor(scene, view) {
    this.scene = scene;
    this.view = view;
    scene.element.append(this.box);
    const how = { signal: this.ends.signal, passive: false };
    view.host.addEventListener("wheel", (event) => this.wheel(event), how);
    view.host.addEventListener("pointerdown", (event) => this.press(event), how);
    addEventListener("pointermove", (event) => this.drag(event), how);
    addEventListener("pointerup", (event) => this.drop(event), how);
    addEventListener("pointercancel", () => this.release(), how);
    addEventListener("keydown", ({ key }) => key === "Escape" && this.held && this.release(), how);
  }

  /** Whether it is the flat map that is shown. */
  get here() {
    return this.scene.camera === this.view.camera;
  }

  /**
   * @param {MouseEvent} event
   * @returns {Hand}
   */
  at({ clientX, clientY }) {
    const { left, top } = this.scene.element.getBoundingClientRect();
    return { at: [clientX - left, clientY - top], apart: 1 };
  }

  /** @param {WheelEvent} event */
  wheel(event) {
    event.preventDefault();
    if (!this.here) return;
    const { camera } = this.view;
    const at = this.at(event);
    this.view.move(camera.pinched(camera.grip(), at, { ...at, apart: closerBy(event) ** FASTER }));
  }

  /** @param {PointerEvent} event */
  press(event) {
    if (event.button !== 0 || event.pointerType === "touch" || !this.here) return;
    const from = this.at(event);
    const grip = this.view.camera.grip();
    this.held = { from, to: from, grip, id: event.pointerId, moved: false, boxes: event.shiftKey };
  }

  /** @param {PointerEvent} event */
  drag(event) {
    const { held, view } = this;
    if (!held || event.pointerId !== held.id) return;
    held.to = this.at(event);
    held.moved ||= Math.hypot(held.to.at[0] - held.from.at[0], held.to.at[1] - held.from.at[1]) >= SLACK;
    if (!held.moved) return;
    put(view.host, "data-held", !held.boxes);
    if (held.boxes) draw(this.box, held.from.at, held.to.at, view.camera.rect);
    else view.move(view.camera.pinched(held.grip, held.from, held.to));
  }

  /** @param {PointerEvent} event */
  drop(event) {
    const { held, view } = this;
    if (!held || event.pointerId !== held.id) return;
    const found = held.boxes && held.moved ? view.camera.boxed(held.from.at, held.to.at) : null;
    this.release();
    if (found) view.move(found);
  }

  release() {
    this.held = null;
    put(this.box, "hidden", true);
    put(this.view.host, "data-held", false);
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
