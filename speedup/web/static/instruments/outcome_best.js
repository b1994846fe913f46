/** Where in the picture of outcomes of a training the best is. */
import { shareOfAll, valuesAt } from "./outcome_axes.js";

/**
 * @typedef {import("../model/trained_picture.js").TrainedPicture} TrainedPicture
 * @typedef {import("./outcome_axes.js").Subject} Subject
 * @typedef {{loss: number, values: number[]}} Best
 */

/**
 * Gives the best that is known, and the best of what is seen: the same one, unless it lies outside. Null as long as there is none.
 *
 * @param {import("../model/trained_threads.js").TrainedThreads} threads
 * @param {Subject} subject
 * @returns {{known: Best | null, seen: Best | null}}
 */
export function bestsOf(threads, subject) {
  const { best, picture } = threads;
  const known = best && bestOf(subject, best);
  const own = picture && picture.best >= 0 && !threads.outdated(picture) ? bestOf(subject, picture) : null;
  const isSeen = (/** @type {Best | null} */ one) =>
    one && shareOfAll(subject, one.values).every((share) => share >= 0 && share <= 1);
  return { known, seen: [known, own].find(isSeen) ?? null };
}

/**
 * Gives the best of a picture, which may be of another part than the one that is seen.
 *
 * @param {Subject} subject
 * @param {TrainedPicture} picture
 * @returns {Best}
 */
function bestOf({ axes }, { size, job, losses, best }) {
  const at = [best % size[0], size[1] - 1 - Math.floor(best / size[0])];
  return { loss: losses[best], values: valuesAt({ axes, size, window: /** @type {number[]} */ (job.window) }, at) };
}
