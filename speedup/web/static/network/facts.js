/** A training in words. */
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

/**
 * Says what is trained on what.
 *
 * @param {TrainView} view
 */
export function sentence({ run, words }) {
  const { spec } = run;
  const { samples, noise, batch: size, steps, seed, hidden, activation } = spec;
  const data = words(`datasets.${spec.dataset}.label`);
  const shape = hidden.length ? hidden.join(" + ") : "0";
  return words("stage.summary.training", {
    data,
    samples,
    noise: plain(noise),
    hidden: shape,
    activation: words(/** @type {Word} */ (`network.activations.${activation}`)),
    batch: size,
    steps,
    seed,
  });
}
