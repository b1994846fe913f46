import { plain } from "../draw/format.js";

/**
 * Gives what belongs to a training besides the lanes, in words.
 *
 * @param {TrainView} view
 */
export function facts({ run: { spec, training }, words }) {
  const add = (/** @type {Word} */ key, /** @type {number} */ value) => `${words(key)} ${plain(value)}`;
  const activation = words(/** @type {Word} */ (`network.activations.${spec.activation}`));
  const noise = spec.noise > 0 ? [add("network.noise", spec.noise)] : [];
  return [
    training.net.sizes.join(" – "),
    activation,
    add("network.samples", spec.samples),
    add("network.batch", spec.batch),
    ...noise,
  ];
}
