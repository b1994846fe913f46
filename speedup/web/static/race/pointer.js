/** The hand on the map: a click sets the start, a double click shows all again, what passes reads values. */
import { el, put } from "../base/dom.js";
import { plain } from "../draw/format.js";

const STILL = 5; // pixels: a press that moves less is a click
const AGAIN = 500; // milliseconds within which a second click makes a double one

/** Listens on a scene's element. `element` is the box with the values. */
export class Pointer {
  constructor(stage, scene) {
    this.element = el("div", { class: "glance", hidden: true });
    Object.assign(this, { stage, scene, pressed: null, last: null, ends: new AbortController() });
    const options = { signal: this.ends.signal, capture: true };
    const listen = (node, name, listener) => node.addEventListener(name, listener, options);
    const passes = ({ pointerType, buttons }) => pointerType !== "touch" && buttons === 0;
    listen(scene.element, "pointermove", (event) => this.read(passes(event) ? event : null));
    listen(scene.element, "pointerleave", () => this.read(null));
    listen(scene.element, "pointerdown", (event) => this.press(event));
    // On the window: a press that drags the map may end beside it, and Plotly covers the page with a sheet meanwhile.
    listen(window, "pointerup", (event) => this.release(event));
  }

  /** What is under a pointer: {at: [px, py], place: [x, y]}, or null beside the map. */
  under({ clientX, clientY }) {
    const { camera, element } = this.scene;
    if (!camera) return null;
    const { left, top } = element.getBoundingClientRect();
    const at = [clientX - left, clientY - top];
    const { rect } = camera;
    if (at[0] < rect.left || at[0] > rect.right || at[1] < rect.top || at[1] > rect.bottom) return null;
    const place = camera.locate(...at);
    return place && { at, place };
  }

  /** Shows the values under a pointer, none for null. */
  read(event) {
    const found = event && this.under(event);
    put(this.element, "hidden", !found);
    if (!found) return;
    const { rect } = this.scene.camera;
    put(this.element, "text", this.values(found.place));
    put(this.element, "data-side", found.at[0] > (rect.left + rect.right) / 2 ? "left" : "right");
    put(this.element, "data-end", found.at[1] > (rect.top + rect.bottom) / 2 ? "bottom" : "top");
    this.element.style.translate = `${found.at[0]}px ${found.at[1]}px`;
  }

  /** "x 1.25  y −0.5  loss 3.0625": the place as exact as a pixel can tell, the loss of just that place. */
  values(place) {
    const [x, y] = this.scene.exactly(place);
    const exact = (value) => String(value).replace("-", "−"); // all its digits: zoomed in there are many
    const {
      spec: { surface, params },
      kernels,
      words,
    } = this.stage;
    const [loss] = kernels.values(surface, params, Float64Array.of(x, y));
    return `x ${exact(x)}  y ${exact(y)}  ${words("stage.loss", { loss: plain(loss) })}`;
  }

  press(event) {
    this.read(null);
    const free = !event.target.closest("button") || this.isSecond(event); // the first click has put the start's ring there
    this.pressed = event.button === 0 && event.isPrimary && free ? event : null;
  }

  release(event) {
    const { pressed } = this;
    this.pressed = null;
    if (pressed?.pointerId === event.pointerId && distance(event, pressed) < STILL) this.click(event);
  }

  /** Whether it would make a double click of the last one. */
  isSecond(event) {
    const { last } = this;
    return last && event.timeStamp - last.event.timeStamp < AGAIN && distance(event, last.event) < 2 * STILL;
  }

  click(event) {
    const { stage, scene, last } = this;
    if (this.isSecond(event) && scene.camera?.isMoved) {
      scene.still.home();
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

const distance = (a, b) => Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY);
