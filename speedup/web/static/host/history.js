/**
 * One entry of the browser's history for each thing seen. Streamlit enters a page and its query one after the other, in
 * either order, as far apart as the server is slow: Back must not lead to the entry between, which nobody has seen.
 */
let seen = true; // whether the stage has had a scene since the entry was made

/** Notes that the stage is handed what the entry is about. */
export function see() {
  seen = true;
}

/**
 * Enters an address that the stage itself goes to.
 *
 * @param {string} address
 */
export function enter(address) {
  history.pushState({}, "", address);
  seen = true;
}

/** Has what is entered take the place of an entry that nobody has seen. */
export function watchHistory() {
  history.pushState = (...entry) => {
    if (new URL(String(entry[2]), location.href).href === location.href) return; // written again, to be sure
    const { pushState, replaceState } = History.prototype; // the browser's own, also for a newer copy of this module
    (seen ? pushState : replaceState).apply(history, entry);
    seen = false;
  };
  addEventListener("popstate", see, true); // where Back leads to is an entry that was seen
}
