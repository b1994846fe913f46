/** A grip between the map and what stands under it, which is pulled taller or lower; a double click brings it back. */
import { el, put } from "../base/dom.js";

const [LEAST, MOST] = [15, 60]; // percent of the board's height
const BY_KEY = 3;

/**
 * @param {View} view
 * @returns {Part}
 */
export function createPull(view) {
  const { root } = view;
  const label = view.words("stage.pull");
  const element = el("div", {
    ...{ class: "pull", role: "separator", tabindex: 0, title: label },
    ...{ "aria-label": label, "aria-orientation": "horizontal", "aria-valuemin": LEAST, "aria-valuemax": MOST },
  });
  const share = () => Number.parseFloat(getComputedStyle(root).getPropertyValue("--lower"));
  const tell = () => put(element, "aria-valuenow", String(Math.round(share())));
  const pull = (/** @type {number} */ percent) => {
    root.style.setProperty("--lower", `${Math.min(MOST, Math.max(LEAST, percent))}%`);
    tell();
  };
  element.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    element.setPointerCapture(event.pointerId);
  });
  element.addEventListener("pointermove", (event) => {
    if (!element.hasPointerCapture(event.pointerId)) return;
    const { bottom, height } = /** @type {HTMLElement} */ (element.parentElement).getBoundingClientRect();
    pull((100 * (bottom - event.clientY)) / height);
  });
  element.addEventListener("dblclick", () => {
    root.style.removeProperty("--lower");
    tell();
  });
  element.addEventListener("keydown", (event) => {
    const by = { ArrowUp: BY_KEY, ArrowDown: -BY_KEY }[event.key];
    if (!by) return;
    event.preventDefault();
    event.stopPropagation();
    pull(share() + by);
  });
  let told = ""; // for what the height was told: an instrument, and the projector, have their own
  const sync = () => {
    const now = `${view.panel} ${view.projector.on}`;
    if (now !== told) tell();
    told = now;
  };
  const destroy = () => {
    root.style.removeProperty("--lower");
    element.remove();
  };
  return { element, sync, frame() {}, destroy };
}
