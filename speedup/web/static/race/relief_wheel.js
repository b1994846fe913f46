/** The wheel over the relief: it takes the eye closer or away, by the same small part for each notch of any mouse. */

import { closerBy } from "../draw/wheel.js";

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
