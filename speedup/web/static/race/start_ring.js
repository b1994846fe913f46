/** The start: a ring that asks to be dragged. */
import { el, put, svg } from "../base/dom.js";

const NUDGE = 0.01; // of the map, for an arrow key; with shift a tenth of it
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowDown: [0, -1], ArrowUp: [0, 1] };
const HAND =
  "M7 14V7.5a1.5 1.5 0 0 1 3 0V12 5.5a1.5 1.5 0 0 1 3 0V12 6.5a1.5 1.5 0 0 1 3 0V12.5 9a1.5 1.5 0 0 1 3 0" +
  "v6a6 6 0 0 1-6 6h-1.5a6 6 0 0 1-4.6-2.2L3.6 15a1.6 1.6 0 0 1 2.4-2.1Z";

let known = false; // it has been dragged in this page: it need not ask any more

/** The ring of a scene's start, `element`. */
export class Start {
  constructor(stage, scene) {
    const hand = svg("path", { d: HAND, class: "hand", transform: "translate(5 6) scale(0.95)" });
    const rings = [svg("circle", { r: 15, class: "halo" }), svg("circle", { r: 15, class: "ring" })];
    this.element = el(
      "button",
      {
        type: "button",
        class: "start",
        hidden: true,
        onpointerdown: (event) => this.hold(event),
        onpointermove: (event) => this.grip && this.drag(event),
        onlostpointercapture: () => this.release(),
        onkeydown: (event) => this.nudge(event),
      },
      svg("svg", { viewBox: "-24 -24 48 48", "aria-hidden": "true" }, rings, hand),
    );
    Object.assign(this, { stage, scene, at: null, grip: null });
  }

  sync() {
    put(this.element, "aria-label", this.stage.words("stage.start_handle"));
    put(this.element, "data-known", known);
  }

  /** What is written beside it. */
  get text() {
    return this.stage.words(known ? "stage.start" : "stage.drag_start");
  }

  /** Puts it at a pixel; null hides it. */
  place(at) {
    put(this.element, "hidden", at === null && !this.grip); // a hidden element would lose the pointer
    this.at = at ?? this.at;
    if (at) this.element.style.translate = `${at[0]}px ${at[1]}px`;
  }

  hold(event) {
    if (event.button !== 0 || !event.isPrimary) return;
    const { left, top } = this.scene.element.getBoundingClientRect();
    this.grip = [event.clientX - left - this.at[0], event.clientY - top - this.at[1]];
    this.element.setPointerCapture(event.pointerId);
    put(this.element, "data-held", true);
  }

  /** Follows the pointer, along the map's border where that is beyond. */
  drag(event) {
    const { camera, element, pointer } = this.scene;
    if (!camera) return;
    const { left, top } = element.getBoundingClientRect();
    const inside = (value, low, high) => Math.min(high, Math.max(low, value));
    const px = inside(event.clientX - left - this.grip[0], camera.rect.left, camera.rect.right);
    const py = inside(event.clientY - top - this.grip[1], camera.rect.top, camera.rect.bottom);
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

  nudge(event) {
    const arrow = ARROWS[event.key];
    const { camera } = this.scene;
    if (!arrow || !camera) return;
    event.preventDefault();
    event.stopPropagation(); // while it has the focus, arrows move it and not the playhead
    const by = event.shiftKey ? NUDGE / 10 : NUDGE;
    const { tables, spec } = this.stage;
    const sides = camera.sides ?? tables.surfaces[spec.surface].domain.map(([low, high]) => high - low);
    this.move(this.scene.exactly(spec.start.map((value, axis) => value + arrow[axis] * by * sides[axis])), true);
  }

  move(start, commit) {
    this.stage.change(
      (spec) => {
        spec.start = start;
      },
      { commit },
    );
  }
}
