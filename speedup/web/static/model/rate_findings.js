/** What a curve of the rates tells: where it is best, how wide around that it is as good, and from where on it diverges. */

const NEAR = 0.1; // how much worse than the best is as good

/**
 * @typedef {[first: number, last: number]} Range  places of values, both of them in it
 *
 * @typedef {{losses: Float64Array, arrived: ArrayLike<number>, diverged: ArrayLike<number>}} Ends  of runs, see rate_sweep.js
 *
 * @typedef {object} Scale  what counts
 * @property {Looks["measure"]} measure
 * @property {number} from  the loss from which others are counted: the minimum; of a surface without one, the start's
 */

/**
 * Gives what is drawn of every run: its loss at the end, or the step of its arrival, Infinity for one that never arrives; NaN where it
 * has diverged, or isn't computed yet.
 *
 * @param {Ends} ends
 * @param {Looks["measure"]} measure
 */
export function heightsOf({ losses, arrived, diverged }, measure) {
  if (measure === "loss") return losses;
  const stepOf = (/** @type {number} */ step) => (step < 0 ? Infinity : step);
  return losses.map((loss, i) => (diverged[i] >= 0 || Number.isNaN(loss) ? NaN : stepOf(arrived[i])));
}

/**
 * Tells what a curve says: the place of the best value, -1 for none; the range around it that is as good, null without a best; the
 * range around it where the lane arrives and does not diverge later, null if the best doesn't; the place from where on it diverges,
 * -1 for none.
 *
 * As good is what is at most a tenth worse, a loss being counted from `scale.from`. But where the best arrives, all that arrive have as
 * good a loss: it is near nothing then, and one a thousand times as large is too.
 *
 * @param {Ends} ends
 * @param {Scale} scale
 * @returns {{best: number, good: Range | null, arrives: Range | null, diverges: number}}
 */
export function findings(ends, { measure, from }) {
  const heights = heightsOf(ends, measure);
  const best = heights.reduce((at, height, i) => (height < (heights[at] ?? Infinity) ? i : at), -1);
  const diverges = heights.findIndex((_, i) => i > best && ends.diverged[i] >= 0);
  if (best < 0) return { best, good: null, arrives: null, diverges };
  const least = heights[best];
  const room = NEAR * Math.abs(measure === "loss" ? least - from : least);
  const stays = (/** @type {number} */ i) => ends.arrived[i] >= 0 && ends.diverged[i] < 0;
  const arrives = stays(best) ? around(ends, best, stays) : null;
  const near = () => around(ends, best, (i) => heights[i] - least <= room);
  return { best, good: measure === "loss" && arrives ? arrives : near(), arrives, diverges };
}

/**
 * Gives the range around a place in which something holds, at every place that is computed.
 *
 * @param {Ends} ends
 * @param {number} place
 * @param {(place: number) => boolean} holds
 * @returns {Range}
 */
function around({ losses, diverged }, place, holds) {
  const known = [...losses.keys()].filter((i) => !Number.isNaN(losses[i]) || diverged[i] >= 0);
  const reach = (/** @type {number[]} */ places) => {
    const broken = places.findIndex((i) => !holds(i));
    return (broken < 0 ? places.at(-1) : places[broken - 1]) ?? place;
  };
  return [reach(known.filter((i) => i < place).reverse()), reach(known.filter((i) => i > place))];
}
