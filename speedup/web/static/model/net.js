/** A network as the kernels read it, and what they make of it; the counterpart of Net in Python. */
import { inForce, stepsOf } from "./changes.js";
import { scratch } from "./kernels.js";
import { record } from "./records.js";

/**
 * @typedef {object} Net
 * @property {number[]} sizes  units of each layer, the inputs first
 * @property {number} parameters  how many
 * @property {Float64Array} record  what kernels read of it
 * @property {number} total  units of all layers
 * @property {number} act  room that the kernels need for a tile's activations, in numbers
 * @property {number} delta  the same for its gradients
 *
 * @typedef {{step: number, h: Float64Array}} Piece  hyperparameters as kernels read them, and the step they are in force from
 */

/**
 * Describes the net of a spec.
 *
 * @param {Tables} tables
 * @param {Pick<TrainSpec, "dataset" | "hidden" | "activation">} spec
 * @returns {Net}
 */
export function netOf(tables, { dataset, hidden, activation }) {
  const { task, domain } = tables.datasets[dataset];
  const { activations, tasks, tile } = tables.network;
  const sizes = [domain.length, ...hidden, 1];
  const parameters = sizes.slice(1).reduce((sum, outs, i) => sum + (sizes[i] + 1) * outs, 0);
  const head = { layers: sizes.length - 1, activation: activations.indexOf(activation), task: tasks.indexOf(task) };
  const numbers = Float64Array.of(...record(tables.records.net, head), ...sizes);
  const total = sizes.reduce((sum, units) => sum + units, 0);
  return { sizes, parameters, record: numbers, total, act: total * tile, delta: (2 * Math.max(...sizes) + 1) * tile };
}

/**
 * Draws the weights that every lane of a spec starts from.
 *
 * @param {Kernels} kernels
 * @param {Net} net
 * @param {Pick<TrainSpec, "init" | "seed">} spec
 */
export function initial(kernels, net, spec) {
  const params = new Float64Array(net.parameters);
  kernels.call("initialise", [params, net.record, kernels.tables.network.inits.indexOf(spec.init), spec.seed], [0]);
  return params;
}

/**
 * Gives what the net says of inputs (n, 1 or 2): values, or probabilities of class 1.
 *
 * @param {Kernels} kernels
 * @param {Net} net
 * @param {Float64Array} params
 * @param {Float64Array} inputs
 */
export function predict(kernels, net, params, inputs) {
  const n = inputs.length / net.sizes[0];
  const out = new Float64Array(n);
  kernels.call("predict", [out, params, net.record, inputs, n, scratch(net.act)], [0]);
  return out;
}

/**
 * Gives what every unit computes of inputs: (units, n), inputs first.
 *
 * @param {Kernels} kernels
 * @param {Net} net
 * @param {Float64Array} params
 * @param {Float64Array} inputs
 */
export function units(kernels, net, params, inputs) {
  const n = inputs.length / net.sizes[0];
  const out = new Float64Array(net.total * n);
  kernels.call("units", [out, params, net.record, inputs, n, scratch(net.act)], [0]);
  return out;
}

/**
 * Measures what a net does over all samples.
 *
 * @param {Kernels} kernels
 * @param {Net} net
 * @param {Float64Array} params
 * @param {import("./data.js").Data} data
 * @returns {Measured}
 */
export function measure(kernels, net, params, { inputs, targets, train }) {
  const of = (/** @type {number} */ begin, /** @type {number} */ end) => {
    const out = new Float64Array(2);
    const room = [scratch(net.act), scratch(net.delta)];
    kernels.call("evaluate", [out, params, net.record, inputs, targets, begin, end, ...room], [0]);
    return out;
  };
  const [train_loss, train_accuracy] = of(0, train);
  const [test_loss, test_accuracy] = of(train, targets.length);
  return { train_loss, train_accuracy, test_loss, test_accuracy };
}

/**
 * Gives the batch of a lane: its own or the spec's, but no more than there is.
 *
 * @param {Pick<TrainSpec, "batch">} spec
 * @param {{batch?: number | null}} lane
 * @param {number} train  how many samples aren't held out
 */
export const batchOf = (spec, lane, train) => Math.min(lane.batch ?? spec.batch, train);

/**
 * Gives the step of a lane by which it has seen as many samples as every lane of a run sees.
 *
 * @param {Pick<TrainRun, "spec" | "lanes">} run
 * @param {number} index
 */
export const evenStep = ({ spec, lanes }, index) =>
  Math.floor((spec.steps * Math.min(...lanes.map(({ batch }) => batch))) / lanes[index].batch);

/**
 * Gives the hyperparameters of a lane from each step at which they change.
 *
 * @param {Tables} tables
 * @param {TrainSpec} spec
 * @param {number} index
 * @returns {Piece[]}
 */
export function piecesOf(tables, spec, index, changes = spec.changes) {
  const own = { lanes: spec.lanes, changes };
  const row = (/** @type {Hyperparameters} */ values) => Float64Array.from(tables.hyperparameters, (name) => values[name] ?? 0);
  return stepsOf(own, index).map((step) => ({ step, h: row(inForce(own, index, step)) }));
}

/**
 * Gives the piece in force at a step; the first one begins before all of them.
 *
 * @param {Piece[]} pieces
 * @param {number} step
 */
export const pieceAt = (pieces, step) => pieces.findLast((piece) => piece.step <= step) ?? pieces[0];

/**
 * Gives the first step at which two schedules of hyperparameters differ, Infinity for never.
 *
 * @param {Piece[]} a
 * @param {Piece[]} b
 */
export function divergence(a, b) {
  const steps = [...new Set([...a, ...b].map(({ step }) => step))].sort((one, other) => one - other);
  const differ = (/** @type {number} */ step) => {
    const [one, other] = [a, b].map((pieces) => pieceAt(pieces, step).h);
    return one.some((value, i) => value !== other[i]);
  };
  return steps.find(differ) ?? Infinity;
}
