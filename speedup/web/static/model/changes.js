/** Hyperparameters changed while a network trains: [step, lane, name, value], each in force from its step on. */

/** @typedef {{lanes: LaneSpec[], changes?: Change[]}} Changed  a spec, with changes where its kind has them */

/**
 * Gives the hyperparameters of a lane of a spec that are in force at a step: {name: value}.
 *
 * @param {Changed} spec
 * @param {number} index
 * @param {number} step
 * @returns {Hyperparameters}
 */
export function inForce({ lanes, changes = [] }, index, step) {
  const h = { ...lanes[index].h };
  for (const [at, lane, name, value] of inOrder(changes)) if (lane === index && at <= step && name in h) h[name] = value;
  return h;
}

/**
 * Gives the steps from which a lane has other hyperparameters than before, 0 among them.
 *
 * @param {Changed} spec
 * @param {number} index
 */
export function stepsOf({ lanes, changes = [] }, index) {
  const own = inOrder(changes).filter(([, lane, name]) => lane === index && name in lanes[index].h);
  return [...new Set([0, ...own.map(([step]) => step)])];
}

/** @param {Change[]} changes */
const inOrder = (changes) => changes.toSorted((a, b) => a[0] - b[0]);

/**
 * Changes a hyperparameter of a lane at a step, "here", from it on, or from the "start"; at the end of the run, from which
 * nothing follows, what is in force there. Says whether it could: `most` changes are the limit.
 *
 * @param {TrainSpec} spec
 * @param {{index: number, name: HyperparameterName, value: number, step: number, from: Looks["turn"], most: number}} how
 */
export function changeAt(spec, { index, name, value, step, from, most }) {
  const alike = (/** @type {Change} */ [at, lane, what]) => lane === index && what === name && at <= step;
  const last = inOrder(spec.changes.filter(alike)).at(-1);
  if (from === "start") {
    spec.changes = spec.changes.filter((change) => !alike(change)); // they would keep it from being in force here
    spec.lanes[index].h[name] = value;
  } else if (last && (last[0] === step || step >= spec.steps)) last[3] = value;
  else if (step === 0 || step >= spec.steps) spec.lanes[index].h[name] = value;
  else if (spec.changes.length < most) spec.changes.push([step, index, name, value]);
  else return false;
  return true;
}

/**
 * Gives all values that a hyperparameter of a lane has during a run, in their order, each with the step it is in force from.
 *
 * @param {{lanes: LaneSpec[], changes?: Change[]}} spec
 * @param {number} index
 * @param {HyperparameterName} name
 */
export function valuesOf({ lanes, changes = [] }, index, name) {
  const own = inOrder(changes).filter(([, lane, what]) => lane === index && what === name);
  return [{ step: 0, value: lanes[index].h[name] }, ...own.map(([step, , , value]) => ({ step, value }))];
}
