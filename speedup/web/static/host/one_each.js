/** One of something for each of Streamlit's elements, as long as that is in the page. */

/** @type {WeakMap<object, unknown>} */
const kept = new WeakMap(); // by element

/**
 * Gives an element's own, made by its first call, and what Streamlit is to be given to end it. That comes when the element has
 * gone, but also after each call that another one overtakes, even before the other has come: then nothing ends.
 *
 * @template T
 * @param {{isConnected: boolean}} element
 * @param {() => T} make
 * @param {(one: T) => void} destroy
 * @returns {[one: T, end: () => void]}
 */
export function oneOf(element, make, destroy) {
  const one = /** @type {T} */ (kept.get(element) ?? make());
  kept.set(element, one);
  const end = () => {
    if (!element.isConnected && kept.delete(element)) destroy(one);
  };
  return [one, end];
}
