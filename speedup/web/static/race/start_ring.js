/** The start: a ring that asks to be dragged. */
import { el, put, svg } from "../base/dom.js";

const NUDGE = 0.01; // of the map, for an arrow key; with shift a tenth of it
/** @type {Record<string, Point>} */
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowDown: [0, -1], ArrowUp: [0, 1] };
const HAND =
  "M7 14V7.5a1.5 1.5 0 0 1 3 0V12 5.5a1.5 1.5 0 0 1 3 0V12 6.5a1.5 1.5 0 0 1 3 0V12.5 9a1.5 1.5 0 0 1 3 0" +
  "v6a6 6 0 0 1-6 6h-1.5a6 6 0 0 1-4.6-2.2L3.6 15a1.6 1.6 0 0 1 2.4-2.1Z";

let known = false; // it has been dragged in this page: it need not ask any more

/** The ring of a scene's start, `element`. */
export class StartRing {
  /** @type {Point} */
  at = [0, 0]; // the pixel that it stands at
  /** @type {Point | null} */
  grip = null; // where it is held, from its middle

  /**
   * @param {RaceView} stage
   * @param {import("./map.js").RaceMap} scene
   */
  constructor(stage, scene) {
    this.stage = stage;
    this.scene = scene;
    const hand = svg("path", { d: HAND, class: "hand", transform: "translate(5 6) scale(0.95)" });
    const rings = [svg("circle", { r: 15, class: "halo" }), svg("circle", { r: 15, class: "ring" })];
    this.element = el(
      "button",
      {
        type: "button",
        class: "start",
        hidden: true,
        onpointerdown: (/** @type {PointerEvent} */ event) => this.hold(event),
        onpointermove: (/** @type {PointerEvent} */ event) => this.drag(event),
        onlostpointercapture: () => this.release(),
        onkeydown: (/** @type {KeyboardEvent} */ event) => this.nudge(event),
      },
      svg("svg", { viewBox: "-24 -24 48 48", "aria-hidden": "true" }, rings, hand),
    );
  }

  sync() {
    put(this.element, "aria-label", this.stage.words("stage.start_handle"));
    put(this.element, "data-known", known);
  }

  /** What is written beside it. */
  get text() {
    return this.stage.words(known ? "stage.start" : "stage.drag_start");
  }

  /**
   * Puts it at a pixel; null hides it.
   *
   * @param {Point | null} at
   */
  place(at) {
    put(this.element, "hidden", at === null && !this.grip); // a hidden element would lose the pointer
    this.at = at ?? this.at;
    if (at) this.element.style.translate = `${at[0]}px ${at[1]}px`;
  }

  /** @param {PointerEvent} event */
  hold(event) {
    if (event.button !== 0 || !event.isPrimary) return;
    const { left, top } = this.scene.element.getBoundingClientRect();
    this.grip = [event.clientX - left - this.at[0], event.clientY - top - this.at[1]];
    this.element.setPointerCapture(event.pointerId);
    put(this.element, "data-held", true);
  }

  /**
   * Follows the pointer, along the map's border where that is beyond.
   *
   * @param {PointerEvent} event
   */
  drag(event) {
    const { camera, element, pointer } = this.scene;
    const { grip } = this;
    if (!camera || !grip) return;
    const { left, top } = element.getBoundingClientRect();
    const inside = (/** @type {number} */ value, /** @type {number} */ low, /** @type {number} */ high) =>
      Math.min(high, Math.max(low, value));
    const px = inside(event.clientX - left - grip[0], camera.rect.left, camera.rect.right);
    const py = inside(event.clientY - top - grip[1], camera.rect.top, camera.rect.bottom);
    const place = camera.locate(px, py);
    if (!place) return; // beside the relief: it stays where it was
    known = true;
    this.move(this.scene.exactly(place), false);
    pointer.read({ clientX: px + left, clientY: py + top });
  }

  release() {
    if (!this.grip) return;
    this.grip = null;
    put(this.element, "data-held", null);
    this.scene.pointer.read(null);
    this.move(this.stage.spec.start, true);
  }

  /** @param {KeyboardEvent} event */
  nudge(event) {
    const arrow = ARROWS[event.key];
    const { camera } = this.scene;
    if (!arrow || !camera) return;
    event.preventDefault();
    event.stopPropagation(); // while it has the focus, arrows move it and not the playhead
    const by = event.shiftKey ? NUDGE / 10 : NUDGE;
    const { tables, spec } = this.stage;
    const sides = !camera.relief ? camera.sides : tables.surfaces[spec.surface].domain.map(([low, high]) => high - low);
    const [x, y] = spec.start;
    this.move(this.scene.exactly([x + arrow[0] * by * sides[0], y + arrow[1] * by * sides[1]]), true);
  }

  /**
   * @param {Point} start
   * @param {boolean} commit
   */
  move(start, commit) {
    this.stage.change(
      (spec) => {
        spec.start = start;
      },
      { commit },
    );
  }
}
