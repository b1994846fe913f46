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
  const element = el("div", { class: "pull", role: "separator", tabindex: 0, "aria-orientation": "horizontal" });
  const label = view.words("stage.pull");
  for (const [name, value] of Object.entries({
    "aria-label": label,
    title: label,
    "aria-valuemin": LEAST,
    "aria-valuemax": MOST,
  }))
    element.setAttribute(name, String(value));
  const board = () => /** @type {HTMLElement} */ (element.parentElement).getBoundingClientRect();
  const share = () => {
    const [{ bottom, height }, grip] = [board(), element.getBoundingClientRect()];
    return (100 * (bottom - (grip.top + grip.bottom) / 2)) / height; // it lies over the edge
  };
  const tell = () => put(element, "aria-valuenow", String(Math.round(Math.min(MOST, Math.max(LEAST, share())))));
  const pull = (/** @type {number | null} */ percent) => {
    if (percent === null) root.style.removeProperty("--lower");
    else root.style.setProperty("--lower", `${Math.min(MOST, Math.max(LEAST, percent))}%`);
    tell();
  };
  element.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    element.setPointerCapture(event.pointerId);
  });
  element.addEventListener("pointermove", (event) => {
    const { bottom, height } = board();
    if (element.hasPointerCapture(event.pointerId)) pull((100 * (bottom - event.clientY)) / height);
  });
  element.addEventListener("dblclick", () => pull(null));
  element.addEventListener("focus", tell);
  element.addEventListener("keydown", (event) => {
    const by = { ArrowUp: BY_KEY, ArrowDown: -BY_KEY }[event.key];
    if (!by) return;
    event.preventDefault();
    event.stopPropagation();
    pull(share() + by);
  });
  put(element, "aria-valuenow", String(LEAST)); // told anew as soon as it has the focus: to measure it here would cost a layout
  const destroy = () => {
    root.style.removeProperty("--lower");
    element.remove();
  };
  return { element, sync() {}, frame() {}, destroy };
}
