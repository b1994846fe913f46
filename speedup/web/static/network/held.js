/** The hyperparameter whose slider is held: at which step of a training it changes. */
import { changeAt, inForce } from "../model/changes.js";

/**
 * Gives the value in force at the playhead; while its own slider is held, at the step that it is changed at.
 *
 * @param {TrainView} view
 * @param {number} index
 * @param {HyperparameterName} name
 */
export function hyper(view, index, name) {
  const held = heldOf(view, index, name);
  return inForce(view.spec, index, held ? held.step : stepOf(view))[name];
}

/** @param {TrainView} view */
const stepOf = ({ clock, spec }) => Math.min(Math.floor(clock.t), spec.steps);

/**
 * Gives how a hyperparameter is being changed; null while its slider isn't held.
 *
 * @param {TrainView} view
 * @param {number} index
 * @param {HyperparameterName} name
 */
function heldOf({ dragging, shared }, index, name) {
  const { held } = shared;
  return dragging && held?.index === index && held.name === name ? held : null;
}

/**
 * Tells whether a slider means "from the start" whatever was chosen: as the cross of the picture of outcomes, which it moves.
 *
 * @param {Pick<TrainView, "panel">} view
 */
export const meansStart = ({ panel }) => panel === "map";

/**
 * Moves a slider: while it is held the step stays the one it began at. Says whether one more change was possible.
 *
 * @param {TrainSpec} spec
 * @param {number} index
 * @param {HyperparameterName} name
 * @param {number} value
 * @param {TrainView} view
 */
export function setHyper(spec, index, name, value, view) {
  const how = heldOf(view, index, name) ?? { index, name, step: stepOf(view), from: meansStart(view) ? "start" : view.turn };
  view.shared.held = how;
  return changeAt(spec, { ...how, value, most: view.tables.network.most_changes });
}
