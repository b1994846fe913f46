/**
 * How long a step of some kinds of work takes.
 *
 * A browser compiles a kernel twice: quickly first, well only while it is already running, and on a busy machine that takes
 * as long as it likes. So all kinds take turns, until none of them becomes quicker any more: then each has been measured as
 * the same compiler left it, and in a moment in which nobody else was computing.
 */

const STRETCH = 6; // milliseconds over which the pace of one kind is taken
const STILL = 5; // rounds without a gain until it is believed
const GAIN = 0.95; // what counts as one
const ROUNDS = 60; // at most

/**
 * Gives the milliseconds that a step of each kind takes, or null if `goesOn` said no between two rounds.
 *
 * @param {((steps: number) => void)[]} works  each does so many steps
 * @param {() => Promise<boolean>} goesOn
 * @param {() => number} now  milliseconds
 */
export async function paces(works, goesOn, now = () => performance.now()) {
  const stretch = (/** @type {(steps: number) => void} */ work, /** @type {number} */ steps) => {
    const begin = now();
    work(steps);
    return (now() - begin) / steps;
  };
  const least = works.map((work) => stretch(work, 100));
  for (let round = 0, still = 0; round < ROUNDS && still < STILL; round += 1) {
    const found = works.map((work, i) =>
      stretch(work, Math.ceil(Math.min(1e4, Math.max(10, STRETCH / Math.max(1e-4, least[i]))))),
    );
    still = found.some((time, i) => time < GAIN * least[i]) ? 0 : still + 1;
    for (const [i, time] of found.entries()) least[i] = Math.min(least[i], time);
    if (!(await goesOn())) return null;
  }
  return least;
}
