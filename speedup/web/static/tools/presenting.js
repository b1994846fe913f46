/** Whether this tab shows a list of scenes: kept in its own storage, so that it goes on after a reload. */

const NAME = "speedup shown"; // of the entry: the index of the scene

/**
 * Gives the index of the scene shown, null for none.
 *
 * @returns {number | null}
 */
export function shown() {
  try {
    const index = sessionStorage.getItem(NAME);
    return index === null ? null : Number(index);
  } catch {
    return null; // storage is forbidden
  }
}

/**
 * Sets it; null for none.
 *
 * @param {number | null} index
 */
export function setShown(index) {
  try {
    if (index === null) sessionStorage.removeItem(NAME);
    else sessionStorage.setItem(NAME, String(index));
  } catch {
    /* then a reload ends the show */
  }
}
