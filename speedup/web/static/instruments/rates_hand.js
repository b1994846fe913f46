/** The hand on the rates: each dot is its lane's slider of what varies. */
import { POSITIONS, toValue } from "../panel/scale.js";
import { placeOf, shownOf } from "./rates_plot.js";

/** @typedef {import("./rates_plot.js").Subject} Subject */

const REACH = 1.4; // em between a pointer and the dot that it takes
const FINGER = 1.6; // times as far

/**
 * Has dots dragged. Returns what ends that.
 *
 * @param {() => Subject} subject
 * @param {HTMLElement} board
 * @param {() => Plot | null} plotNow
 */
export function holdDots(subject, board, plotNow) {
  const ends = new AbortController();
  const { view } = subject();
  let held = -1; // a lane
  const look = (/** @type {number} */ lane) => lane !== view.hovered && view.set({ hovered: lane }, { commit: false });
  /** @type {Record<string, (event: PointerEvent) => void>} */
  const acts = {
    pointerdown(event) {
      held = under(subject(), board, plotNow(), event);
      if (held < 0) return;
      event.preventDefault();
      board.setPointerCapture(event.pointerId);
      look(held);
    },
    pointermove(event) {
      const plot = plotNow();
      if (held >= 0 && plot) return moveTo(subject(), held, (placeIn(board, event).x - plot.left) / plot.width);
      const lane = under(subject(), board, plot, event);
      board.style.cursor = lane < 0 ? "" : "ew-resize";
      if (lane >= 0 || event.pointerType === "mouse") look(lane);
    },
    pointerup() {
      const { source, row } = subject();
      if (held >= 0) source.move(held, row, source.valueOf(held, row) ?? 0, true);
      held = -1;
    },
    pointercancel: () => acts.pointerup(/** @type {never} */ (null)),
    pointerleave: () => held < 0 && look(-1),
  };
  for (const [name, act] of Object.entries(acts))
    board.addEventListener(name, /** @type {EventListener} */ (act), { signal: ends.signal });
  return () => ends.abort();
}

/**
 * @param {HTMLElement} board
 * @param {PointerEvent} event
 */
function placeIn(board, event) {
  const { left, top } = board.getBoundingClientRect();
  return { x: event.clientX - left, y: event.clientY - top };
}

/**
 * Finds the lane whose dot is under a pointer, -1 if none.
 *
 * @param {Subject} subject
 * @param {HTMLElement} board
 * @param {Plot | null} plot
 * @param {PointerEvent} event
 */
function under(subject, board, plot, event) {
  if (!plot) return -1;
  const { x, y } = placeIn(board, event);
  const away = shownOf(subject).map(({ index }) => {
    const dot = placeOf(subject, plot, index);
    return { index, far: Math.hypot(dot.x - x, dot.y - y) };
  });
  const reach = REACH * plot.size * (event.pointerType === "touch" ? FINGER : 1);
  const [nearest] = away.filter(({ far }) => far < reach).sort((a, b) => a.far - b.far);
  return nearest?.index ?? -1;
}

/**
 * @param {Subject} subject
 * @param {number} lane
 * @param {number} share  of the axis
 */
function moveTo({ source, row }, lane, share) {
  source.move(lane, row, toValue(row, Math.min(1, Math.max(0, share)) * POSITIONS), false);
}
