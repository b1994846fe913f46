/** The weight whose update is shown: which it is, what it is called, and a slider that picks it. */
import { el, put } from "../base/dom.js";
import { steepest, whereIs } from "../model/net_anatomy.js";

const INPUTS = ["x", "y"];

/** @type {WeakMap<ArrayLike<number>, number>} */
const known = new WeakMap(); // by the weights that a training starts from

/**
 * Gives the one that was picked, else the one at which the loss is steepest at the start.
 *
 * @param {Pick<TrainView, "run" | "weight">} view
 */
export function pickedOf({ run: { training }, weight }) {
  if (weight !== null && weight < training.net.parameters) return weight;
  const found = known.get(training.start) ?? steepest(training);
  known.set(training.start, found);
  return found;
}

/**
 * Says in words which weight it is.
 *
 * @param {TrainView} view
 * @param {number} weight
 */
export function nameOf({ words, run }, weight) {
  const { sizes } = run.training.net;
  const { layer, i, j } = whereIs(sizes, weight);
  const unit = (/** @type {number} */ number) => words("stage.network.unit", { number: number + 1 });
  const to = layer + 2 === sizes.length ? words("stage.network.output") : unit(j);
  if (i === undefined) return words("stage.network.bias", { layer: layer + 1, to });
  const from = layer === 0 ? words("stage.network.input", { name: INPUTS[i] }) : unit(i);
  return words("stage.network.weight", { layer: layer + 1, from, to });
}

/**
 * Makes a slider over all weights, for who has no mouse to point with, shown while an update is.
 *
 * @param {TrainView} view
 */
export function createPicker(view) {
  const pick = (/** @type {Event} */ { type }) => view.set({ weight: input.valueAsNumber - 1 }, { commit: type === "change" });
  const label = view.words("stage.network.pick");
  const input = el("input", { type: "range", min: 1, step: 1, "aria-label": label, oninput: pick, onchange: pick });
  const element = el("div", { class: "track pick" }, input);
  const sync = () => {
    put(element, "hidden", view.panel !== "step");
    if (view.panel !== "step") return;
    const [weight, { parameters }] = [pickedOf(view), view.run.training.net];
    put(input, "max", parameters);
    put(input, "aria-valuetext", nameOf(view, weight));
    put(element, "--at", parameters > 1 ? weight / (parameters - 1) : 0);
    if (input.valueAsNumber !== weight + 1) input.value = String(weight + 1);
  };
  return { element, sync };
}
