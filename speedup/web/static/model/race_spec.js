// Specs: what a new one holds, and a name for the run of one.

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
