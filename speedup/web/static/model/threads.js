/** Threads that compute parts of one thing side by side, and know what was asked last. */
import { readyThread } from "./stand_by.js";

/**
 * What has a thing computed: it is given what comes, and told if a thread breaks; then there is none any more.
 *
 * @typedef {{take: (answer: any) => void, fail: () => void}} Owner
 */

/**
 * Gives how many a machine has room for: the page and all else need a core, too.
 *
 * @param {number} cores
 * @param {[fewest: number, most: number]} bounds
 */
export const roomFor = (cores, [fewest, most]) => Math.min(most, Math.max(fewest, cores - 1));

/** They are there from the first question on. */
export class Threads {
  /** @type {Worker[]} */
  #threads = [];
  #id = 0; // of the latest message
  #kind;
  #owner;
  #view;

  /**
   * @param {Pick<View, "kernels" | "base">} view
   * @param {string} kind  of what they compute, see worker.js
   * @param {Owner} owner
   * @param {[fewest: number, most: number]} [bounds]  of how many
   */
  constructor(view, kind, owner, bounds = [1, 1]) {
    this.count = roomFor(navigator.hardwareConcurrency, bounds);
    this.#view = view;
    this.#kind = kind;
    this.#owner = owner;
  }

  /**
   * Has them do this instead of what they do.
   *
   * @param {(nth: number) => object} shareOf  gives what the nth of them has to do
   */
  ask(shareOf) {
    if (!this.#threads.length) this.#open();
    this.#post((nth) => ({ ...shareOf(nth), kind: this.#kind }));
  }

  /** Ends what they do. What they answer to it is nobody's. */
  rest() {
    this.#post(() => ({ kind: "rest" }));
  }

  /** Ends them. */
  close() {
    for (const thread of this.#threads) thread.terminate();
    this.#threads = [];
  }

  #open() {
    this.#threads = Array.from({ length: this.count }, () => readyThread(this.#view));
    for (const thread of this.#threads) {
      thread.onmessage = ({ data }) => this.#take(data);
      thread.onerror = () => this.#fail();
    }
  }

  /** @param {(nth: number) => object} messageOf */
  #post(messageOf) {
    this.#id += 1;
    this.#threads.forEach((thread, nth) => thread.postMessage({ ...messageOf(nth), id: this.#id }));
  }

  /** @param {{id: number, error?: string}} answer */
  #take(answer) {
    if (answer.id !== this.#id) return;
    if (answer.error) this.#fail();
    else this.#owner.take(answer);
  }

  #fail() {
    this.close();
    this.#owner.fail();
  }
}

/**
 * Gives what the nth of some threads has to do: they take turns, so that what comes first in a list is done first.
 *
 * @template One
 * @param {One[]} all
 * @param {number} nth
 * @param {number} count  of threads
 */
export const turnOf = (all, nth, count) => all.filter((_, k) => k % count === nth);
