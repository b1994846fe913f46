/** The hand on the rates: each dot is its lane's slider of what varies. */
import { POSITIONS, toValue } from "../panel/scale.js";
import { placeOf, rowOf } from "./rates_plot.js";

const REACH = 1.4; // em between a pointer and the dot that it takes
const FINGER = 1.6; // times as far

/**
 * Has dots dragged. Returns what ends that.
 *
 * @param {RaceView} view
 * @param {HTMLElement} board
 * @param {() => Plot | null} plotNow
 */
export function holdDots(view, board, plotNow) {
  const ends = new AbortController();
  let held = -1; // a lane
  const look = (/** @type {number} */ lane) => lane !== view.hovered && view.set({ hovered: lane }, { commit: false });
  /** @type {Record<string, (event: PointerEvent) => void>} */
  const acts = {
    pointerdown(event) {
      held = under(view, board, plotNow(), event);
      if (held < 0) return;
      event.preventDefault();
      board.setPointerCapture(event.pointerId);
      look(held);
    },
    pointermove(event) {
      const plot = plotNow();
      if (held >= 0 && plot) return moveTo(view, held, (placeIn(board, event).x - plot.left) / plot.width);
      const lane = under(view, board, plot, event);
      board.style.cursor = lane < 0 ? "" : "ew-resize";
      if (lane >= 0 || event.pointerType === "mouse") look(lane);
    },
    pointerup() {
      const { name } = rowOf(view);
      if (held >= 0) view.setHyper(held, name, view.spec.lanes[held].h[name] ?? 0, true);
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
 * @param {RaceView} view
 * @param {HTMLElement} board
 * @param {Plot | null} plot
 * @param {PointerEvent} event
 */
function under(view, board, plot, event) {
  if (!plot) return -1;
  const { x, y } = placeIn(board, event);
  const { name } = rowOf(view);
  const away = view.spec.lanes.map((lane, index) => {
    const dot = placeOf(view, plot, index);
    return lane.on && name in lane.h ? Math.hypot(dot.x - x, dot.y - y) : Infinity;
  });
  const nearest = Math.min(...away);
  const reach = REACH * plot.size * (event.pointerType === "touch" ? FINGER : 1);
  return nearest < reach ? away.indexOf(nearest) : -1;
}

/**
 * @param {RaceView} view
 * @param {number} lane
 * @param {number} share  of the axis
 */
function moveTo(view, lane, share) {
  const row = rowOf(view);
  view.setHyper(lane, row.name, toValue(row, Math.min(1, Math.max(0, share)) * POSITIONS), false);
}
