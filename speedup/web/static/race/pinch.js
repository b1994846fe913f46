/**
 * Two fingers on the map: they zoom it around their middle and take it along. One finger is the page's, or the start's;
 * in relief it turns the surface when it goes sideways.
 */
import { oneByOne } from "../base/one_by_one.js";

/** @typedef {import("./map.js").RaceMap} RaceMap */

const SIDEWAYS = 6; // pixels that tell that a finger goes there
const APART = 24; // pixels: fingers closer together are no measure

/**
 * Listens on a map's element; returns how to stop that.
 *
 * @param {RaceMap} scene
 */
export function watchPinch(scene) {
  const ends = new AbortController();
  /** @type {Touch | null} */
  let first = null; // where a single finger was laid down; null: it goes sideways
  /** @type {{from: import("./map_camera.js").Hand, apply: (to: import("./map_camera.js").Hand) => void} | null} */
  let grip = null; // where the fingers were when they were laid down
  const run = oneByOne();
  const start = (/** @type {TouchEvent} */ event) => {
    first = event.touches[0];
    const { still } = scene;
    if (event.touches.length !== 2 || !still) return;
    event.preventDefault();
    event.stopPropagation();
    scene.pointer.pressed = null; // no click
    const from = fingers(scene, event);
    const held = still.hold();
    grip = { from, apply: (to) => run(() => held(from, to)) };
  };
  const move = (/** @type {TouchEvent} */ event) => {
    if (event.touches.length === 1 && first) {
      const [now] = event.touches;
      const [across, along] = [Math.abs(now.clientX - first.clientX), Math.abs(now.clientY - first.clientY)];
      if (across > Math.max(SIDEWAYS, along)) first = null;
      else event.stopPropagation(); // Plotly would turn the relief and keep the page from scrolling
    }
    if (!grip || event.touches.length !== 2) return;
    event.preventDefault();
    event.stopPropagation();
    grip.apply(fingers(scene, event));
  };
  const end = (/** @type {TouchEvent} */ event) => {
    if (event.touches.length < 2) grip = null;
  };
  const how = { capture: true, passive: false, signal: ends.signal };
  scene.element.addEventListener("touchstart", start, how);
  scene.element.addEventListener("touchmove", move, how);
  scene.element.addEventListener("touchend", end, how);
  scene.element.addEventListener("touchcancel", end, how);
  return () => ends.abort();
}

/**
 * Gives the middle of two fingers from the map's corner, and how far they are apart, in pixels.
 *
 * @param {RaceMap} scene
 * @param {TouchEvent} event
 */
function fingers({ element }, { touches: [a, b] }) {
  const { left, top } = element.getBoundingClientRect();
  const at = [(a.clientX + b.clientX) / 2 - left, (a.clientY + b.clientY) / 2 - top];
  return { at, apart: Math.max(APART, Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY)) };
}
