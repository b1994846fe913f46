/** A mouse on the flat map: its wheel zooms about the pointer, a drag takes the map along. */

const SLACK = 5; // pixels: a press that moves less is a click, see pointer.js
const PER_PIXEL = 0.0025; // of the logarithm of the zoom, for what a wheel turns
const LINE = 30; // pixels, for wheels that count lines
const LARGEST = 120; // pixels that one turn counts at most
const FINGERS = 5; // a touchpad's pinch comes as a wheel that turns so much less

/** Listens on the host of a scene's flat map; returns how to stop that. */
export function watchMouse(scene, view) {
  const { host, camera } = view;
  const ends = new AbortController();
  const listen = (node, name, listener) => node.addEventListener(name, listener, { signal: ends.signal, passive: false });
  let held = null; // what a button holds: {from, grip, id, moved}
  const at = ({ clientX, clientY }) => {
    const { left, top } = scene.element.getBoundingClientRect();
    return { at: [clientX - left, clientY - top], apart: 1 };
  };
  listen(host, "wheel", (event) => {
    event.preventDefault();
    if (scene.camera !== camera) return;
    const turn = event.deltaY * (event.deltaMode ? LINE : 1) * (event.ctrlKey ? FINGERS : 1);
    const closer = Math.exp(-PER_PIXEL * Math.max(-LARGEST, Math.min(LARGEST, turn)));
    const here = at(event);
    view.move(camera.pinched(camera.grip(), here, { ...here, apart: closer }));
  });
  listen(host, "pointerdown", (event) => {
    if (event.button !== 0 || event.pointerType === "touch" || scene.camera !== camera) return;
    held = { from: at(event), grip: camera.grip(), id: event.pointerId, moved: false };
  });
  listen(window, "pointermove", (event) => {
    if (!held || event.pointerId !== held.id) return;
    const to = at(event);
    held.moved ||= Math.hypot(to.at[0] - held.from.at[0], to.at[1] - held.from.at[1]) >= SLACK;
    if (held.moved) view.move(camera.pinched(held.grip, held.from, to));
  });
  for (const name of ["pointerup", "pointercancel"]) listen(window, name, () => { held = null; });
  return () => ends.abort();
}
