// Datasets, fetched once each: safetensors, that is a length, a header of JSON, then little-endian float64.

import { ask } from "../base/load.js";

const FIELDS = ["dataset", "samples", "noise", "test", "seed"];
const KEPT = 24;
const kept = new Map(); // query -> promise, or what it has given

/** The address of a spec's data. */
function address({ api, base }, spec) {
  const query = FIELDS.map((name) => `${name}=${spec[name]}`).join("&");
  return `${new URL("data", api)}?${query}&version=${base.match(/([^/]+)\/$/)[1]}`;
}

/** The data of a spec if they are here, else null: {inputs, targets, train (how many aren't held out), curve}. */
export function dataOf(stage, spec) {
  const found = kept.get(address(stage, spec));
  return found && !(found instanceof Promise) ? found : null;
}

/** Fetches them. Rejects if they can't be had. */
export async function fetchData(stage, spec) {
  const url = address(stage, spec);
  if (!kept.has(url)) {
    const promise = load(url);
    kept.set(url, promise);
    promise.then(
      (data) => kept.set(url, data),
      () => kept.delete(url),
    );
    if (kept.size > KEPT) kept.delete(kept.keys().next().value);
  }
  return kept.get(url);
}

async function load(url) {
  const tensors = readTensors(await (await ask(url)).arrayBuffer());
  return { ...tensors, train: tensors.train[0] };
}

/** {name: Float64Array} of a safetensors file. */
function readTensors(buffer) {
  const length = Number(new DataView(buffer).getBigUint64(0, true));
  const header = JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, 8, length)));
  const named = Object.entries(header).filter(([name]) => name !== "__metadata__");
  return Object.fromEntries(
    named.map(
      ([
        name,
        {
          data_offsets: [begin, end],
        },
      ]) => [name, new Float64Array(buffer.slice(8 + length + begin, 8 + length + end))],
    ),
  );
}
