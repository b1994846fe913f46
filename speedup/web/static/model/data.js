// Datasets, fetched once each: safetensors, that is a length, a header of JSON, then little-endian float64.

import { ask } from "../base/load.js";

/**
 * @typedef {object} Data  the samples of a dataset, those of the test last
 * @property {Float64Array} inputs  of each sample one or two
 * @property {Float64Array} targets
 * @property {number} train  how many samples aren't held out
 * @property {Float64Array} [curve]  x, y, … of what the samples were drawn around, where that is a curve
 *
 * @typedef {Pick<View, "api" | "base">} Source
 */

/** @type {("dataset" | "samples" | "noise" | "test" | "seed")[]} */
const FIELDS = ["dataset", "samples", "noise", "test", "seed"];
const KEPT = 24;
/** @type {Map<string, Data | Promise<Data>>} */
const kept = new Map(); // address -> a promise, or what it has given

/**
 * Gives the address of a spec's data.
 *
 * @param {Source} source
 * @param {TrainSpec} spec
 */
function address({ api, base }, spec) {
  const query = FIELDS.map((name) => `${name}=${spec[name]}`).join("&");
  const [, version] = base.match(/([^/]+)\/$/) ?? [];
  return `${new URL("data", api)}?${query}&version=${version}`;
}

/**
 * Gives the data of a spec if they are here, else null.
 *
 * @param {Source} source
 * @param {TrainSpec} spec
 */
export function dataOf(source, spec) {
  const found = kept.get(address(source, spec));
  return found && !(found instanceof Promise) ? found : null;
}

/**
 * Fetches them. Rejects if they can't be had.
 *
 * @param {Source} source
 * @param {TrainSpec} spec
 * @returns {Promise<Data>}
 */
export async function fetchData(source, spec) {
  const url = address(source, spec);
  const before = kept.get(url);
  if (before) return before;
  const promise = load(url);
  kept.set(url, promise);
  promise.then(
    (data) => kept.set(url, data),
    () => kept.delete(url),
  );
  const [oldest] = kept.keys();
  if (kept.size > KEPT) kept.delete(oldest);
  return promise;
}

/**
 * @param {string} url
 * @returns {Promise<Data>}
 */
async function load(url) {
  const { inputs, targets, train, curve } = readTensors(await (await ask(url)).arrayBuffer());
  return { inputs, targets, train: train[0], curve };
}

/**
 * Reads the tensors of a safetensors file.
 *
 * @param {ArrayBuffer} buffer
 * @returns {Record<string, Float64Array>}
 */
function readTensors(buffer) {
  const length = Number(new DataView(buffer).getBigUint64(0, true));
  /** @type {Record<string, {data_offsets: [number, number]}>} */
  const header = JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, 8, length)));
  const named = Object.entries(header).filter(([name]) => name !== "__metadata__");
  const part = (/** @type {[number, number]} */ [begin, end]) =>
    new Float64Array(buffer.slice(8 + length + begin, 8 + length + end));
  return Object.fromEntries(named.map(([name, { data_offsets }]) => [name, part(data_offsets)]));
}
