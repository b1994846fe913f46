// Specs: what a new one holds, a name for the run of one, and how its lanes stand.
import { fields } from "./records.js";

/**
 * Gives all hyperparameters of an optimizer: its defaults, with the learning rate of the surface.
 *
 * @param {Tables} tables
 * @param {SurfaceName} surface
 * @param {OptimizerName} optimizer
 * @returns {Hyperparameters}
 */
export function hyper(tables, surface, optimizer) {
  const h = Object.fromEntries(tables.optimizers[optimizer].hyperparameters.map((row) => [row.name, row.default]));
  return { .../** @type {Hyperparameters} */ (h), lr: tables.surfaces[surface].lr[optimizer] };
}

/**
 * Gives the start, parameters and lanes that a surface opens with.
 *
 * @param {Tables} tables
 * @param {SurfaceName} surface
 * @returns {Pick<RaceSpec, "start" | "params" | "lanes">}
 */
export function newSpec(tables, surface) {
  const { start, parameters } = tables.surfaces[surface];
  const lanes = tables.chapter.map((optimizer) => ({ optimizer, h: hyper(tables, surface, optimizer), on: true }));
  return { start: [...start], params: Object.fromEntries(parameters.map((row) => [row.name, row.default])), lanes };
}

/**
 * Keeps the start inside the map.
 *
 * @param {RaceSpec} spec
 * @param {Tables} tables
 */
export function tidy(spec, tables) {
  const { domain } = tables.surfaces[spec.surface];
  const inside = (/** @type {number} */ value, /** @type {Span} */ [low, high]) => Math.max(low, Math.min(high, value));
  const [x, y] = spec.start;
  spec.start = [inside(x, domain[0]), inside(y, domain[1])];
}

/**
 * Gives a short hash of the race that a spec describes; with `all`, of what is on and off too.
 *
 * @param {RaceSpec} spec
 */
export function fingerprint(spec, all = false) {
  const { surface, params, start, steps, noise, seed, lanes } = spec;
  const shown = lanes.map(({ optimizer, h, on }) => [optimizer, Object.entries(h).sort(), ...(all ? [on] : [])]);
  return hash([surface, Object.entries(params).sort(), start, steps, noise, seed, shown]);
}

/**
 * Gives a short hash (FNV-1a) of what JSON can hold.
 *
 * @param {unknown} value
 */
export function hash(value) {
  const text = JSON.stringify(value);
  let code = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) code = Math.imul(code ^ text.charCodeAt(i), 0x01000193);
  return (code >>> 0).toString(36);
}

/**
 * Gives the arguments of the entry `race` for one lane, see race.py.
 *
 * @param {Kernels} kernels
 * @param {Omit<RaceSpec, "lanes">} spec
 * @param {Pick<LaneSpec, "optimizer" | "h">} lane
 * @param {import("./kernels.js").Argument} path  x, y and loss of every step
 * @param {Float64Array} events
 * @returns {import("./kernels.js").Argument[]}
 */
export function raceArguments(kernels, { surface, params, start: [x, y], noise, steps, seed }, { optimizer, h }, path, events) {
  const { hyperparameters, surfaces, optimizers } = kernels.tables;
  const hyper = Float64Array.from(hyperparameters, (name) => h[name] ?? 0);
  const [ground, number] = [surfaces[surface].index, optimizers[optimizer].index];
  return [path, events, hyper, kernels.record(surface, params), x, y, noise, steps, ground, number, seed];
}

/**
 * Gives what the kernel says of a race.
 *
 * @param {Tables} tables
 * @param {ArrayLike<number>} events
 */
export function eventsOf({ records }, events) {
  const { arrived, left, diverged, zero, inside } = fields(records.events, events);
  return { arrived, left, diverged, zero: zero === 1, inside: inside === 1 };
}

/**
 * Finds how a lane stands by a step, a row of `tables.statuses`, and since when.
 *
 * @param {Tables} tables
 * @param {Pick<RaceSpec, "surface" | "steps">} spec
 * @param {ReturnType<typeof eventsOf>} lane
 * @param {number} step
 */
export function standing({ statuses, surfaces }, { surface, steps }, lane, step) {
  const { zero, inside } = lane;
  /** @type {Record<string, boolean>} */
  const facts = { zero, inside, ended: step >= steps, minima: surfaces[surface].minima.length > 0 };
  const since = (/** @type {StatusRow} */ { event }) => (event ? lane[event] : 0);
  const holds = (/** @type {StatusRow} */ row) =>
    since(row) >= 0 && since(row) <= step && Object.keys(row.facts).every((name) => facts[name] === row.facts[name]);
  const row = /** @type {StatusRow} */ (statuses.find(holds));
  return { row, since: since(row) };
}
