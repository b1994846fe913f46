/** A grip between the map and what stands under it, which is pulled taller or lower; a double click brings it back. */
import { el, put } from "../base/dom.js";

const BY_KEY = 3; // percent of the board's height

/**
 * @param {View} view
 * @returns {Part}
 */
export function createPull(view) {
  const { root } = view;
  const [least, most] = view.tables.lower;
  const label = view.words("stage.pull");
  const element = el("div", {
    ...{ class: "pull", role: "separator", tabindex: 0, title: label },
    ...{ "aria-label": label, "aria-orientation": "horizontal", "aria-valuemin": least, "aria-valuemax": most },
  });
  const share = () => Number.parseFloat(getComputedStyle(root).getPropertyValue("--lower"));
  let told = ""; // for what the height was told: an instrument, and the projector, have their own
  const sync = () => {
    const { lower } = view;
    const now = `${lower} ${view.panel} ${view.projector.on}`;
    if (now === told) return;
    told = now;
    if (lower === null) root.style.removeProperty("--lower");
    else root.style.setProperty("--lower", `${lower}%`);
    put(element, "aria-valuenow", String(Math.round(share())));
  };
  /** @param {number | null} percent  of the board's height, null: as at first */
  const pull = (percent, commit = true) => {
    const lower = percent === null ? null : Math.round(Math.min(most, Math.max(least, percent)));
    view.set({ lower }, { commit });
    sync(); // before anything is drawn at the height before
  };
  holdGrip(element, pull);
  element.addEventListener("dblclick", () => pull(null));
  element.addEventListener("keydown", (event) => {
    const by = { ArrowUp: BY_KEY, ArrowDown: -BY_KEY }[event.key];
    if (!by) return;
    event.preventDefault();
    event.stopPropagation();
    pull(share() + by);
  });
  const destroy = () => {
    root.style.removeProperty("--lower");
    element.remove();
  };
  return { element, sync, frame() {}, destroy };
}

/**
 * Has the grip dragged.
 *
 * @param {HTMLElement} element
 * @param {(percent: number, commit?: boolean) => void} pull
 */
function holdGrip(element, pull) {
  let held = NaN; // the percentage under the hand, NaN before it moves
  element.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    held = NaN;
    element.setPointerCapture(event.pointerId);
  });
  element.addEventListener("pointermove", (event) => {
    if (!element.hasPointerCapture(event.pointerId)) return;
    const { bottom, height } = /** @type {HTMLElement} */ (element.parentElement).getBoundingClientRect();
    held = (100 * (bottom - event.clientY)) / height;
    pull(held, false);
  });
  element.addEventListener("lostpointercapture", () => Number.isNaN(held) || pull(held));
}
