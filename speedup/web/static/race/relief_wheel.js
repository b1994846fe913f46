/** The wheel over the relief: it takes the eye closer or away, by the same small part for each notch of any mouse. */

/** @type {Record<number, number>} */
const PIXELS = { 1: 16, 2: 400 }; // of a line and of a page, as Firefox counts
const NOTCH = 120; // pixels, the most that counts of one event
const PINCHED = 8; // times: two fingers on a touchpad come as a wheel with Ctrl that turns little
const POWER = 0.0007; // of a pixel: a notch of 100 brings it closer by a fourteenth

/**
 * Tells how much closer one event of a wheel brings what is looked at: a factor between 0.92 and 1.09.
 *
 * @param {Pick<WheelEvent, "deltaY" | "deltaMode" | "ctrlKey">} event
 */
export function closerBy({ deltaY, deltaMode, ctrlKey }) {
  const pixels = deltaY * (PIXELS[deltaMode] ?? 1) * (ctrlKey ? PINCHED : 1);
  return Math.exp(-POWER * Math.min(NOTCH, Math.max(-NOTCH, pixels)));
}

/**
 * Listens on a map's element; returns how to stop that. The flat map has a wheel of its own.
 *
 * @param {import("./map.js").RaceMap} scene
 */
export function watchWheel(scene) {
  const ends = new AbortController();
  let closer = 1;
  let busy = false;
  const zoom = async () => {
    busy = true;
    while (closer !== 1 && scene.camera?.relief) {
      const relief = scene.views["3d"];
      const update = relief.camera.pinched(relief.camera.grip(), { apart: 1 }, { apart: closer });
      closer = 1;
      await relief.move(update);
    }
    closer = 1;
    busy = false;
  };
  const onwheel = (/** @type {WheelEvent} */ event) => {
    if (!scene.camera?.relief) return;
    event.preventDefault();
    event.stopPropagation(); // Plotly's own goes by the time since the last event
    closer *= closerBy(event);
    if (!busy) zoom();
  };
  scene.element.addEventListener("wheel", onwheel, { capture: true, passive: false, signal: ends.signal });
  return () => ends.abort();
}
