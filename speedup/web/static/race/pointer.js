/** The hand on the map: a click sets the start, a double click shows all again, what passes reads values. */
import { el, put } from "../base/dom.js";
import { plain } from "../draw/format.js";

const STILL = 5; // pixels: a press that moves less is a click
const AGAIN = 500; // milliseconds within which a second click makes a double one

/** @typedef {Pick<MouseEvent, "clientX" | "clientY">} On  the page, in pixels */

/** Listens on a map's element. `element` is the box with the values. */
export class Pointer {
  element = el("div", { class: "glance", hidden: true });
  /** @type {PointerEvent | null} */
  pressed = null;
  /** @type {{event: PointerEvent, start: Point} | null} */
  last = null; // click, and where the start was before it
  ends = new AbortController();

  /**
   * @param {RaceView} stage
   * @param {import("./map.js").RaceMap} scene
   */
  constructor(stage, scene) {
    this.stage = stage;
    this.scene = scene;
    const how = { signal: this.ends.signal, capture: true };
    const passes = (/** @type {PointerEvent} */ { pointerType, buttons }) => pointerType !== "touch" && buttons === 0;
    scene.element.addEventListener("pointermove", (event) => this.read(passes(event) ? event : null), how);
    scene.element.addEventListener("pointerleave", () => this.read(null), how);
    scene.element.addEventListener("pointerdown", (event) => this.press(event), how);
    // On the window: a press that drags the map may end beside it, and Plotly covers the page with a sheet meanwhile.
    addEventListener("pointerup", (event) => this.release(event), how);
  }

  /**
   * Finds what is under a pointer: {at: [px, py], place: [x, y]}, or null beside the map.
   *
   * @param {On} pointer
   */
  under({ clientX, clientY }) {
    const { camera, element } = this.scene;
    if (!camera) return null;
    const { left, top } = element.getBoundingClientRect();
    const at = /** @type {Point} */ ([clientX - left, clientY - top]);
    const { rect } = camera;
    if (at[0] < rect.left || at[0] > rect.right || at[1] < rect.top || at[1] > rect.bottom) return null;
    const place = camera.locate(...at);
    return place && { at, place };
  }

  /**
   * Shows the values under a pointer, none for null.
   *
   * @param {On | null} event
   */
  read(event) {
    const found = event && this.under(event);
    const { camera } = this.scene;
    put(this.element, "hidden", !found);
    if (!found || !camera) return;
    const { rect } = camera;
    put(this.element, "text", this.values(found.place));
    put(this.element, "data-side", found.at[0] > (rect.left + rect.right) / 2 ? "left" : "right");
    put(this.element, "data-end", found.at[1] > (rect.top + rect.bottom) / 2 ? "bottom" : "top");
    this.element.style.translate = `${found.at[0]}px ${found.at[1]}px`;
  }

  /**
   * Writes "x 1.25  y −0.5  loss 3.0625": the place as exact as a pixel can tell, the loss of just that place.
   *
   * @param {ArrayLike<number>} place
   */
  values(place) {
    const [x, y] = this.scene.exactly(place);
    const exact = (/** @type {number} */ value) => String(value).replace("-", "−"); // all its digits: zoomed in there are many
    const {
      spec: { surface, params },
      kernels,
      words,
    } = this.stage;
    const [loss] = kernels.values(surface, params, Float64Array.of(x, y));
    return `x ${exact(x)}  y ${exact(y)}  ${words("stage.loss", { loss: plain(loss) })}`;
  }

  /** @param {PointerEvent} event */
  press(event) {
    this.read(null);
    const onButton = event.target instanceof Element && event.target.closest("button");
    const free = !onButton || this.isSecond(event); // the first click has put the start's ring there
    this.pressed = event.button === 0 && event.isPrimary && free ? event : null;
  }

  /** @param {PointerEvent} event */
  release(event) {
    const { pressed } = this;
    this.pressed = null;
    if (pressed?.pointerId === event.pointerId && distance(event, pressed) < STILL) this.click(event);
  }

  /**
   * Tells whether it would make a double click of the last one.
   *
   * @param {PointerEvent} event
   */
  isSecond(event) {
    const { last } = this;
    return last && event.timeStamp - last.event.timeStamp < AGAIN && distance(event, last.event) < 2 * STILL;
  }

  /** @param {PointerEvent} event */
  click(event) {
    const { stage, scene, last } = this;
    if (last && this.isSecond(event) && scene.camera?.isMoved) {
      scene.still?.home();
      this.set(last.start); // the first of the two clicks has moved it
      this.last = null;
    } else {
      this.last = { event, start: stage.spec.start };
      const found = this.under(event);
      const { committed } = stage;
      if (found) this.set(scene.exactly(found.place));
      if (stage.committed !== committed) scene.notes.startMoved();
    }
  }

  /** @param {Point} start */
  set(start) {
    this.stage.change(
      (spec) => {
        spec.start = start;
      },
      { commit: true },
    );
  }

  destroy() {
    this.ends.abort();
  }
}

const distance = (/** @type {On} */ a, /** @type {On} */ b) => Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY);
