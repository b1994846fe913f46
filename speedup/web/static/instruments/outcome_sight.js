/** What is seen of the picture of outcomes: all of it, or the part that one has zoomed into. The stage has the region, in values. */
import { MapCamera } from "../draw/map_camera.js";
import { regionOf, seenThrough } from "./outcome_axes.js";

export const ZOOMS = { "+": 2, "=": 2, "-": 0.5, 0: 0 }; // how much closer a key looks; 0: at all, in 3D as at first
const REST = 200; // milliseconds after which the region is part of the link

/** @typedef {import("./outcome_axes.js").Subject} Subject */

export class Sight {
  camera = new MapCamera();
  /** @type {Subject | null} */
  subject = null; // as it is seen
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  timer;
  moving = false;

  /**
   * @param {View} view
   * @param {() => void} changed  called after each move
   */
  constructor(view, changed) {
    this.view = view;
    this.changed = changed;
  }

  /**
   * Looks at a subject as the link has it, or as a hand is moving it. Gives it as it is seen.
   *
   * @param {Subject | null} subject  null: it isn't shown
   */
  show(subject) {
    if (subject?.pair !== this.subject?.pair) this.rest();
    this.subject = subject && this.moving ? seenThrough(subject, this.camera.window) : subject;
    const { camera } = this;
    if (!this.subject) return null;
    const { axes, window } = this.subject;
    const [across, up] = axes.map(({ measure }) => measure);
    camera.show([across.ends, up.ends], window, camera.rect, [across.size, up.size]);
    return this.subject;
  }

  /** @param {{left: number, top: number, width: number, height: number} | null} place  where it is drawn */
  lay(place) {
    if (!place) return;
    const { left, top, width, height } = place;
    this.camera.rect = { left, top, right: left + width, bottom: top + height };
  }

  /**
   * Looks at a window; the link follows once it rests. A region is one of a certain pair: that goes with it.
   *
   * @param {import("../draw/map_camera.js").Window} window
   */
  move(window) {
    const { view, subject } = this;
    if (!subject) return;
    this.camera.look(window);
    this.moving = true;
    const { pair, axes } = subject;
    const about = view.kind.subject(view);
    view.set({ pair, region: regionOf(axes, window) }, { commit: false });
    this.changed();
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.rest();
      if (view.kind.subject(view) === about && this.subject?.pair === pair) view.set({ pair, region: regionOf(axes, window) });
    }, REST);
  }

  /**
   * Looks closer at the middle; 0: at all of it.
   *
   * @param {number} closer
   */
  zoom(closer) {
    const { camera } = this;
    this.move(closer ? camera.closer(closer) : camera.home);
    return true;
  }

  /** Holds it as it is: gives what moves it for a hand, from one place to another. */
  hold() {
    if (!this.subject) return null;
    const grip = this.camera.grip();
    return (/** @type {import("../draw/map_camera.js").Hand} */ from, /** @type {import("../draw/map_camera.js").Hand} */ to) =>
      this.move(this.camera.pinched(grip, from, to));
  }

  rest() {
    clearTimeout(this.timer);
    this.moving = false;
  }
}
