/** What computes at leisure rests while nobody sees the page: it would take the processor's time from whatever is seen instead. */

/**
 * Has it rest, and go on from what is known once the page is seen again. Gives what ends that.
 *
 * @param {Pick<View, "refresh">} view
 * @param {() => void} rest  synchronising has it go on
 */
export function restUnseen(view, rest) {
  const changed = () => (document.hidden ? rest() : view.refresh());
  document.addEventListener("visibilitychange", changed);
  return () => document.removeEventListener("visibilitychange", changed);
}
