/** A page that rests has threads stand by: an instrument that is opened then is there sooner. */
import { standBy } from "../model/stand_by.js";

const REST = 1000; // milliseconds without a frame

/**
 * Makes what has threads stand by once nothing has been drawn for a while, and no hand holds anything: {begin(), end()}.
 *
 * @param {View} view
 */
export function createRest(view) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  const end = () => clearTimeout(timer);
  const begin = () => {
    end();
    timer = setTimeout(() => document.hidden || view.dragging || standBy(view, view.kind.trial(view)), REST);
  };
  return { begin, end };
}
