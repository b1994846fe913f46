/** A mouse on the flat map: its wheel zooms about the pointer, a drag takes the map along, with Shift it draws a box to look into. */
import { el, put } from "../base/dom.js";
import { closerBy } from "./relief_wheel.js";

const SLACK = 5; // pixels: a press that moves less is a click, see pointer.js
const FASTER = 3; // times, than over the relief: there is much further to go

/** Listens on the host of a scene's flat map; returns how to stop that. */
export function watchMouse(scene, view) {
  const { host, camera } = view;
  const ends = new AbortController();
  const listen = (node, name, listener) => node.addEventListener(name, listener, { signal: ends.signal, passive: false });
  const box = el("div", { class: "box", hidden: true });
  scene.element.append(box);
  let held = null; // what a button holds: {from, to, grip, id, moved, boxes}
  const at = ({ clientX, clientY }) => {
    const { left, top } = scene.element.getBoundingClientRect();
    return { at: [clientX - left, clientY - top], apart: 1 };
  };
  listen(host, "wheel", (event) => {
    event.preventDefault();
    if (scene.camera !== camera) return;
    const here = at(event);
    view.move(camera.pinched(camera.grip(), here, { ...here, apart: closerBy(event) ** FASTER }));
  });
  listen(host, "pointerdown", (event) => {
    if (event.button !== 0 || event.pointerType === "touch" || scene.camera !== camera) return;
    held = { from: at(event), to: null, grip: camera.grip(), id: event.pointerId, moved: false, boxes: event.shiftKey };
  });
  listen(window, "pointermove", (event) => {
    if (!held || event.pointerId !== held.id) return;
    held.to = at(event);
    held.moved ||= Math.hypot(held.to.at[0] - held.from.at[0], held.to.at[1] - held.from.at[1]) >= SLACK;
    if (!held.moved) return;
    put(host, "data-held", !held.boxes);
    if (held.boxes) draw(box, held.from.at, held.to.at, camera.rect);
    else view.move(camera.pinched(held.grip, held.from, held.to));
  });
  const release = () => {
    held = null;
    put(box, "hidden", true);
    put(host, "data-held", false);
  };
  listen(window, "pointerup", (event) => {
    if (event.pointerId !== held?.id) return;
    const found = held.boxes && held.moved ? camera.boxed(held.from.at, held.to.at) : null;
    release();
    if (found) view.move(found);
  });
  listen(window, "pointercancel", release);
  listen(window, "keydown", ({ key }) => key === "Escape" && held && release());
  return () => ends.abort();
}

/** Lays the box between two pixels, as far as the ground goes. */
function draw(box, [ax, ay], [bx, by], { left, top, right, bottom }) {
  const inside = (value, low, high) => Math.min(high, Math.max(low, value));
  const [xs, ys] = [[ax, bx].map((x) => inside(x, left, right)), [ay, by].map((y) => inside(y, top, bottom))];
  Object.assign(box.style, {
    left: `${Math.min(...xs)}px`,
    top: `${Math.min(...ys)}px`,
    width: `${Math.abs(xs[0] - xs[1])}px`,
    height: `${Math.abs(ys[0] - ys[1])}px`,
  });
  put(box, "hidden", false);
}
