/** How far a wheel brings what is looked at: by the same small part for each notch of any mouse. */

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
