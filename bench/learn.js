// Nanoseconds per step of a training in the browser: `batch` times the first `steps` steps of a spec's first lane,
// timed together, by the stage's own modules, as its worker calls them.
async ({ base, spec, inputs, targets, train, steps, batch }) => {
  const names = ["kernels", "learner", "net"];
  const [{ loadKernels }, { Learner, origin }, { initial, netOf, piecesOf }] = names.map((name) => speedup(`model/${name}.js`));
  const { tables } = await speedup("base/load.js").loadTables(base, "en");
  const kernels = await loadKernels(base, tables);
  const net = netOf(tables, spec);
  const job = {
    net,
    batch: spec.batch,
    seed: spec.seed,
    every: 2 ** 31 - 1,
    pieces: piecesOf(tables, spec, 0),
    optimizer: tables.optimizers[spec.lanes[0].optimizer].index,
    data: { inputs: Float64Array.from(inputs), targets: Float64Array.from(targets), train },
  };
  const start = origin(tables, initial(kernels, net, spec));
  const learners = Array.from({ length: batch }, () => new Learner(kernels, job));
  let loss = null;
  const begin = performance.now();
  for (const learner of learners) {
    learner.load(start);
    ({ loss } = learner.advance(steps));
  }
  const took = performance.now() - begin;
  return { ns: (1e6 * took) / (batch * steps), losses: [...loss] };
};
