/**
 * Two fingers on the map: they zoom it around their middle and take it along. One finger is the page's, or the start's;
 * in relief it turns the surface when it goes sideways.
 */

const SIDEWAYS = 6; // pixels that tell that a finger goes there
const APART = 24; // pixels: fingers closer together are no measure

/** Listens on a scene's element; returns how to stop that. */
export function watchPinch(scene) {
  const ends = new AbortController();
  let first = null; // where a single finger was laid down; null: it goes sideways
  let grip = null; // where the fingers were when they were laid down
  let busy = false;
  let next = null;
  const apply = async (update) => {
    next = update;
    while (!busy && next) {
      const now = next;
      next = null;
      busy = true;
      await scene.still?.move(now);
      busy = false;
    }
  };
  const start = (event) => {
    first = event.touches[0];
    if (event.touches.length !== 2 || !scene.camera) return;
    event.preventDefault();
    event.stopPropagation();
    scene.pointer.pressed = null; // no click
    grip = { from: fingers(scene, event), ...scene.camera.grip() };
  };
  const move = (event) => {
    if (event.touches.length === 1 && first) {
      const [across, along] = ["clientX", "clientY"].map((axis) => Math.abs(event.touches[0][axis] - first[axis]));
      if (across > Math.max(SIDEWAYS, along)) first = null;
      else event.stopPropagation(); // Plotly would turn the relief and keep the page from scrolling
    }
    if (!grip || event.touches.length !== 2) return;
    event.preventDefault();
    event.stopPropagation();
    apply(scene.camera.pinched(grip, grip.from, fingers(scene, event)));
  };
  const end = (event) => {
    if (event.touches.length < 2) grip = null;
  };
  const listeners = { touchstart: start, touchmove: move, touchend: end, touchcancel: end };
  for (const [name, listener] of Object.entries(listeners)) {
    scene.element.addEventListener(name, listener, { capture: true, passive: false, signal: ends.signal });
  }
  return () => ends.abort();
}

/** {at: [x, y], their middle from the map's corner, apart}, in pixels. */
function fingers({ element }, { touches: [a, b] }) {
  const { left, top } = element.getBoundingClientRect();
  const at = [(a.clientX + b.clientX) / 2 - left, (a.clientY + b.clientY) / 2 - top];
  return { at, apart: Math.max(APART, Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY)) };
}
