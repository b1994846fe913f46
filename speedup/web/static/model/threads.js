/** Threads that compute parts of one thing side by side. */
import { startThread } from "../base/load.js";

/**
 * Gives how many a machine has room for: the page and all else need a core, too.
 *
 * @param {number} cores
 * @param {[fewest: number, most: number]} bounds
 */
export const roomFor = (cores, [fewest, most]) => Math.min(most, Math.max(fewest, cores - 1));

/**
 * Opens as many as the machine has room for, and hands them the kernels.
 *
 * @template Answer
 * @param {Pick<View, "kernels" | "base">} view
 * @param {[fewest: number, most: number]} bounds  of how many
 * @param {{kind: string, [empty: string]: unknown}} nothing  a job of theirs with nothing to do
 * @param {{take: (answer: Answer) => void, fail: () => void}} owner  is given what they answer, and told if one breaks
 */
export function openThreads({ kernels, base }, bounds, nothing, owner) {
  const count = roomFor(navigator.hardwareConcurrency, bounds);
  const threads = Array.from({ length: count }, () => startThread(base));
  for (const thread of threads) {
    thread.onmessage = ({ data }) => owner.take(data);
    thread.onerror = () => owner.fail();
    thread.postMessage({ ...nothing, id: 0, compiled: kernels.compiled });
  }
  return threads;
}

/**
 * Tells whether a thread's answer is one to what was asked last, and gives its owner word if the thread could not do it.
 *
 * @param {{id: number, fail: () => void}} owner
 * @param {{id: number, error?: string}} answer
 */
export function isNews(owner, { id, error }) {
  if (id !== owner.id) return false;
  if (error) owner.fail();
  return !error;
}
