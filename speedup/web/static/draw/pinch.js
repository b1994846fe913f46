/**
 * Two fingers on what one zooms: they zoom it around their middle and take it along. One finger is the page's, or the start's;
 * in relief it turns the surface when it goes sideways.
 */
import { oneByOne } from "../base/one_by_one.js";

/**
 * @typedef {import("./map_camera.js").Hand} Hand
 *
 * @typedef {object} Pinched  what is zoomed
 * @property {HTMLElement} element
 * @property {() => ((from: Hand, to: Hand) => unknown) | null} hold  takes hold of it: gives what moves it; null: it isn't shown
 * @property {() => void} caught  called once two fingers have it: they click nothing
 */

const SIDEWAYS = 6; // pixels that tell that a finger goes there
const APART = 24; // pixels: fingers closer together are no measure

/**
 * Listens on an element; returns how to stop that.
 *
 * @param {Pinched} pinched
 */
export function watchPinch({ element, hold, caught }) {
  const ends = new AbortController();
  /** @type {Touch | null} */
  let first = null; // where a single finger was laid down; null: it goes sideways
  /** @type {{from: Hand, apply: (to: Hand) => void} | null} */
  let grip = null; // where the fingers were when they were laid down
  const run = oneByOne();
  const start = (/** @type {TouchEvent} */ event) => {
    first = event.touches[0];
    const held = event.touches.length === 2 && hold();
    if (!held) return;
    event.preventDefault();
    event.stopPropagation();
    caught();
    const from = fingers(element, event);
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
    grip.apply(fingers(element, event));
  };
  const end = (/** @type {TouchEvent} */ event) => {
    if (event.touches.length < 2) grip = null;
  };
  const how = { capture: true, passive: false, signal: ends.signal };
  element.addEventListener("touchstart", start, how);
  element.addEventListener("touchmove", move, how);
  element.addEventListener("touchend", end, how);
  element.addEventListener("touchcancel", end, how);
  return () => ends.abort();
}

/**
 * Gives the middle of two fingers from an element's corner, and how far they are apart, in pixels.
 *
 * @param {HTMLElement} element
 * @param {TouchEvent} event
 */
function fingers(element, { touches: [a, b] }) {
  const { left, top } = element.getBoundingClientRect();
  const at = [(a.clientX + b.clientX) / 2 - left, (a.clientY + b.clientY) / 2 - top];
  return { at, apart: Math.max(APART, Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY)) };
}
