/** Whether this tab shows a list of scenes: kept in its own storage, so that it goes on after a reload. */

const NAME = "speedup shown"; // of the entry: the index of the scene

/** The index of the scene shown, null for none. */
export function shown() {
  try {
    return sessionStorage.getItem(NAME);
  } catch {
    return null; // storage is forbidden
  }
}

/** Sets it; null for none. */
export function setShown(index) {
  try {
    if (index === null) sessionStorage.removeItem(NAME);
    else sessionStorage.setItem(NAME, index);
  } catch {
    /* then a reload ends the show */
  }
}
