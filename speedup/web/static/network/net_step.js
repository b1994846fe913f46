/** One update of a net's weight, taken apart: what each line of the kernel comes to; and how far each layer goes. */
import { el, grow, put } from "../base/dom.js";
import { createDiffers } from "../base/differs.js";
import { laneLabel, number } from "../draw/format.js";
import { createSheet } from "../instruments/step_sheet.js";
import { NetAnatomy } from "../model/net_anatomy.js";
import { NetPast } from "../model/net_past.js";
import { nameOf, pickedOf } from "./picked.js";
import { isRough, laneOf } from "./weights.js";

const DIGITS = 4;
const BUDGET = 3; // milliseconds a frame for what was

/**
 * Makes the instrument.
 *
 * @param {TrainView} view
 * @returns {Instrument}
 */
export function createNetStep(view) {
  const { element, sync, show, destroy } = createSheet(view, 1);
  const layers = createLayers(view);
  element.append(layers.element);
  const [differs, differsLook, differsWeight] = [createDiffers(), createDiffers(), createDiffers()];
  const past = createPast(view, sync);
  /** @type {NetAnatomy | null} */
  let anatomy = null; // of the update that is shown; null where there is none
  let values = new Float64Array();
  const frame = () => {
    if (view.panel !== "step") return;
    const { index, step, rough, last } = updateShown(view);
    const lane = view.run.training.lanes[index];
    if (differs(lane, step, rough)) {
      anatomy = step < 0 ? null : new NetAnatomy(view.run.training, index, step, rough);
      layers.show(anatomy);
    }
    if (differsLook(lane, rough, view.theme)) sync();
    const weight = pickedOf(view);
    if (differsWeight(anatomy, weight) && anatomy) values = anatomy.lines(weight);
    const all = past(index, weight, last + 1);
    const one = {
      last,
      from: () => [anatomy?.before.params[weight] ?? NaN],
      gradient: () => [anatomy?.gradients[weight] ?? NaN],
      line: (/** @type {number} */ at, /** @type {number} */ of) => [of === step ? values[at] : (all?.line(at, of) ?? NaN)],
    };
    show({ index, step, anatomy: one, heads: [`w ${weight + 1}`] });
  };
  return { element, sync, frame, say: () => say(view, anatomy), destroy };
}

/**
 * Gives the lane whose update is shown; the step from which it goes, at the end the last there was, -1 if there was none;
 * whether that is only about where the playhead is, as weights are while it runs fast; and the last step that there will be.
 *
 * @param {TrainView} view
 */
function updateShown(view) {
  const { run, spec, step: playhead } = view;
  const index = laneOf(view);
  const { diverged } = run.lanes[index];
  const last = (diverged < 0 ? spec.steps : diverged) - 1;
  const step = Math.min(Math.floor(playhead), run.done, last);
  return { index, step, rough: isRough(view, step), last };
}

/**
 * Makes what gives a weight's updates so far, a little more of them each frame once the training is there; null until then. It
 * says when all are known.
 *
 * @param {TrainView} view
 * @param {() => void} known
 */
function createPast(view, known) {
  const differs = createDiffers();
  /** @type {NetPast | null} */
  let past = null;
  return (/** @type {number} */ index, /** @type {number} */ weight, /** @type {number} */ updates) => {
    const { run } = view;
    if (run.done < run.spec.steps || updates < 1 || view.dragging) return null;
    if (differs(run.training.lanes[index], weight, updates)) {
      past = new NetPast(run.training, index, weight, updates);
      known(); // what was drawn is another weight's
    }
    if (past?.whole === false) {
      if (past.work(performance.now() + BUDGET)) known();
      else view.redraw();
    }
    return past;
  };
}

/**
 * Makes the table of layers: how long the gradient is, and how far its weights go, all together.
 *
 * @param {TrainView} view
 */
function createLayers(view) {
  const body = el("tbody");
  const titles = [view.words("stage.anatomy.layers"), "‖g‖", "‖Δw‖"].map((text) => el("th", { scope: "col" }, text));
  const element = el("table", { "data-part": "layers" }, el("thead", null, el("tr", null, titles)), body);
  const line = () => el("tr", null, el("th", { scope: "row" }), el("td"), el("td"));
  const show = (/** @type {NetAnatomy | null} */ anatomy) => {
    const norms = anatomy?.norms() ?? [];
    grow(body, norms.length, line).forEach((row, layer) => {
      const { gradient, move } = norms[layer];
      const [head, ...cells] = row.children;
      put(head, "text", view.words("stage.anatomy.layer", { layer: layer + 1 }));
      [gradient, move].forEach((one, i) => put(cells[i], "text", number(one, DIGITS)));
    });
  };
  return { element, show };
}

/**
 * Says in words where the update leads.
 *
 * @param {TrainView} view
 * @param {NetAnatomy | null} anatomy
 */
function say(view, anatomy) {
  const { words, run } = view;
  const index = laneOf(view);
  const lane = laneLabel(view, index);
  if (!anatomy) return words("stage.anatomy.nowhere", { lane });
  const [{ step }, { diverged }, weight] = [anatomy, run.lanes[index], pickedOf(view)];
  const move = anatomy.move(weight);
  const values = { lane, step, next: step + 1, weight: nameOf(view, weight), move: number(move, 3) };
  if (diverged === step + 1) return words("stage.anatomy.over", values);
  return words("stage.anatomy.weight_moves", values);
}
