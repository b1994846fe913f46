/** Gives run(work): one after the other is done; of those that come meanwhile only the last. None of them may reject. */
export function oneByOne() {
  let busy = false;
  /** @type {(() => unknown) | null} */
  let next = null;
  return async (/** @type {() => unknown} */ work) => {
    next = work;
    while (!busy && next) {
      const now = next;
      next = null;
      busy = true;
      await now();
      busy = false;
    }
  };
}
