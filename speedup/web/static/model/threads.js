/** Threads that compute parts of one thing side by side. */
import { startThread } from "../base/load.js";

const [FEWEST, MOST] = [1, 2]; // the page and the rest of the machine need a core, too

/**
 * Opens as many as the machine has room for, and hands them the kernels.
 *
 * @template Answer
 * @param {Pick<View, "kernels" | "base">} view
 * @param {{kind: string, [empty: string]: unknown}} nothing  a job of theirs with nothing to do
 * @param {{take: (answer: Answer) => void, fail: () => void}} owner  is given what they answer, and told if one breaks
 */
export function openThreads({ kernels, base }, nothing, owner) {
  const count = Math.min(MOST, Math.max(FEWEST, navigator.hardwareConcurrency - 1));
  const threads = Array.from({ length: count }, () => startThread(base));
  for (const thread of threads) {
    thread.onmessage = ({ data }) => owner.take(data);
    thread.onerror = () => owner.fail();
    thread.postMessage({ ...nothing, id: 0, compiled: kernels.compiled });
  }
  return threads;
}
