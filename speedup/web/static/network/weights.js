/** The weights that are looked at. */

const FAST = 5; // steps a frame: from this speed on weights between two checkpoints cost more than anyone sees of them

/**
 * Gives the lane that is looked at: the one pointed at, else the one chosen.
 *
 * @param {Pick<TrainView, "hovered" | "chosen" | "run" | "spec">} view
 */
export function laneOf({ hovered, chosen, run, spec }) {
  const wanted = hovered < 0 ? chosen : hovered;
  return run.lanes[wanted] && spec.lanes[wanted] ? wanted : 0;
}

/**
 * Tells whether it runs so fast that at a step the weights of the checkpoint before do.
 *
 * @param {Pick<TrainView, "clock" | "run">} view
 * @param {number} step
 */
export const isRough = ({ clock, run }, step) => clock.playing && clock.speed >= FAST && step < run.done;

/**
 * Gives the weights of a lane at a playhead; those of the last checkpoint while it runs fast. Asked again they are at hand.
 *
 * @param {TrainView} view
 * @param {number} index  the lane
 * @param {number} t
 */
export function weightsAt(view, index, t) {
  const step = Math.min(Math.floor(t), view.run.done, view.kind.lastOf(view, index));
  return view.run.training.weights(index, step, isRough(view, step));
}
