/** The weights that are looked at. */

const FAST = 5; // steps a frame: from this speed on weights between two checkpoints cost more than anyone sees of them

/**
 * Gives the weights of a lane at a playhead; those of the last checkpoint while it runs fast. Asked again they are at hand.
 *
 * @param {TrainView} view
 * @param {number} index  the lane
 * @param {number} t
 */
export function weightsAt(view, index, t) {
  const { training, done } = view.run;
  const { playing, speed } = view.clock;
  const step = Math.min(Math.floor(t), done, view.kind.lastOf(view, index));
  return training.weights(index, step, playing && speed >= FAST && step < done);
}
