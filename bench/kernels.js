// Nanoseconds per step of a kernel in the browser: `batch` races of `steps` steps, timed together. The memory
// is laid out by the stage's own kernels.js; then its module is called without the copying done besides.
async ({ base, arrays, numbers, batch, steps }) => {
  const { tables } = await speedup("base/load.js").loadTables(base, "en");
  const kernels = await speedup("model/kernels.js").loadKernels(base, tables);
  const filled = arrays.map((values) => Float64Array.from(values));
  kernels.call("race", [...filled, ...numbers], []);
  const { heap } = tables.memory;
  let top = heap + 16; // as in Kernels.call: after Numba's return value and exception
  const addresses = filled.map(({ byteLength }) => (top += byteLength) - byteLength);
  const begin = performance.now();
  for (let i = 0; i < batch; i += 1) kernels.entries.race(heap, heap + 8, ...addresses, ...numbers);
  const took = performance.now() - begin;
  const end = new Float64Array(kernels.memory.buffer, addresses[0], filled[0].length).slice(-3);
  return { ns: (1e6 * took) / (batch * steps), end: [...end] };
};
