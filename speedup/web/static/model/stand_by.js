/** Threads that stand by while a page rests: an instrument that is opened then waits neither for them nor for its kernels. */
import { startThread } from "../base/load.js";

const MOST = 2; // threads: a picture of races has as many at least

/** @typedef {Pick<View, "kernels" | "base">} Place */

/** @type {{compiled: import("./kernels.js").Compiled, thread: Worker}[]} */
let all = [];

/**
 * Has threads stand by, as many as are missing. A browser compiles a kernel well only while it runs, so they run what may be asked.
 *
 * @param {Place} place
 * @param {object | null} trial  a message to a thread, see worker.js, of which nobody takes the answer
 */
export function standBy(place, trial) {
  const { compiled } = place.kernels;
  for (const one of all) if (one.compiled !== compiled) one.thread.terminate();
  all = all.filter((one) => one.compiled === compiled);
  while (all.length < MOST) {
    const thread = begin(place);
    if (trial) thread.postMessage({ ...trial, id: 0 });
    thread.onerror = () => {
      all = all.filter((one) => one.thread !== thread);
    };
    all.push({ compiled, thread });
  }
}

/**
 * Gives a thread that has kernels: one that stands by, or else a new one.
 *
 * @param {Place} place
 */
export function readyThread(place) {
  const found = all.find(({ compiled }) => compiled === place.kernels.compiled);
  all = all.filter((one) => one !== found);
  return found?.thread ?? begin(place);
}

/** @param {Place} place */
function begin({ base, kernels }) {
  const thread = startThread(base);
  thread.postMessage({ kind: "rest", id: 0, compiled: kernels.compiled });
  return thread;
}
