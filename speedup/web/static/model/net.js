/** A network as the kernels read it, and what they make of it; the counterpart of Net in Python. */
import { inForce, stepsOf } from "./changes.js";
import { scratch } from "./kernels.js";
import { record } from "./records.js";

/** {sizes, parameters, record, act, delta} of the net of a spec. */
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

/** The weights that every lane of a spec starts from. */
export function initial(kernels, net, spec) {
  const params = new Float64Array(net.parameters);
  kernels.call("initialise", [params, net.record, kernels.tables.network.inits.indexOf(spec.init), spec.seed], [0]);
  return params;
}

/** What the net says of inputs (n, 1 or 2): values, or probabilities of class 1. */
export function predict(kernels, net, params, inputs) {
  const n = inputs.length / net.sizes[0];
  const out = new Float64Array(n);
  kernels.call("predict", [out, params, net.record, inputs, n, scratch(net.act)], [0]);
  return out;
}

/** What every unit computes of inputs: (units, n), inputs first. */
export function units(kernels, net, params, inputs) {
  const n = inputs.length / net.sizes[0];
  const out = new Float64Array(net.total * n);
  kernels.call("units", [out, params, net.record, inputs, n, scratch(net.act)], [0]);
  return out;
}

/** {train_loss, train_accuracy, test_loss, test_accuracy} over all samples. */
export function measure(kernels, net, params, { inputs, targets, train }) {
  const of = (begin, end) => {
    const out = new Float64Array(2);
    const room = [scratch(net.act), scratch(net.delta)];
    kernels.call("evaluate", [out, params, net.record, inputs, targets, begin, end, ...room], [0]);
    return out;
  };
  const [train_loss, train_accuracy] = of(0, train);
  const [test_loss, test_accuracy] = of(train, targets.length);
  return { train_loss, train_accuracy, test_loss, test_accuracy };
}

/** The batch of a lane: its own or the spec's, but no more than there is. */
export const batchOf = (spec, lane, train) => Math.min(lane.batch ?? spec.batch, train);

/** The step of a lane by which it has seen as many samples as every lane of a run sees. */
export const evenStep = ({ spec, lanes }, index) =>
  Math.floor((spec.steps * Math.min(...lanes.map(({ batch }) => batch))) / lanes[index].batch);

/** [{step, h}]: the hyperparameters of a lane from each step at which they change, as the kernels read them. */
export function piecesOf(tables, spec, index, changes = spec.changes) {
  const own = { lanes: spec.lanes, changes };
  const row = (values) => Float64Array.from(tables.hyperparameters, (name) => values[name] ?? 0);
  return stepsOf(own, index).map((step) => ({ step, h: row(inForce(own, index, step)) }));
}
