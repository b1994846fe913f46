// A thread that trains: lanes of one job after the other, until another job comes. It keeps nothing between jobs.

import { loadKernels } from "./kernels.js";
import { Learner, origin } from "./learner.js";
import { initial } from "./net.js";

const SLICE = 12; // milliseconds of work between two messages: it then looks whether there is another job
const REPORT = 250; // milliseconds between two reports on many seeds

let kernels = null;
let latest = 0;
const pause = new MessageChannel();
let resume = () => {};
pause.port1.onmessage = () => resume();
const breathe = () => new Promise((resolve) => {
  resume = resolve;
  pause.port2.postMessage(null);
});

onmessage = async ({ data: message }) => {
  latest = message.id;
  try {
    kernels ??= loadKernels(new URL("./", import.meta.url).href, message.tables);
    const ready = await kernels;
    if (message.id !== latest) return;
    await (message.kind === "seeds" ? manySeeds(ready, message) : train(ready, message));
  } catch (error) {
    postMessage({ id: message.id, error: String(error) });
  }
};

/** Trains lanes {index, job, from (a checkpoint), steps, save (every so many steps)}, the least advanced first. */
async function train(ready, { id, lanes }) {
  const running = lanes.map(({ job, from, ...lane }) => {
    const learner = new Learner(ready, job);
    learner.load(from);
    return { ...lane, learner, spent: 0 };
  });
  const unfinished = () => running.filter(({ learner, steps }) => learner.step < steps);
  while (unfinished().length) {
    const begin = performance.now();
    const found = [];
    do {
      const lane = unfinished().reduce((a, b) => (b.learner.step < a.learner.step ? b : a));
      found.push(further(lane));
    } while (performance.now() - begin < SLICE && unfinished().length);
    postMessage({ id, found });
    await breathe();
    if (id !== latest) return;
  }
}

/** A lane up to its next checkpoint: what it found on the way, and the checkpoint. */
function further({ index, learner, steps, save }) {
  const { step } = learner;
  const begin = performance.now();
  const found = learner.advance(Math.min(steps, (Math.floor(step / save) + 1) * save) - step);
  const took = performance.now() - begin;
  return { index, step, ...found, took, mark: learner.save() };
}

/** Trains all lanes from `count` seeds: the training's loss at every frame, a seed after the other, and progress. */
async function manySeeds(ready, { id, lanes, spec, count }) {
  let last = performance.now();
  let found = [];
  for (let k = 0; k < count; k++) {
    const seed = spec.seed + k;
    found.push(lanes.map(({ job, steps }) => {
      const learner = new Learner(ready, { ...job, seed });
      learner.load(origin(initial(ready, job.net, { ...spec, seed })));
      const { frames } = learner.advance(steps);
      return frames.filter((_, i) => i % 4 === 0);
    }));
    if (performance.now() - last < REPORT && k + 1 < count) continue;
    postMessage({ id, seeds: found, finished: k + 1 === count });
    [found, last] = [[], performance.now()];
    await breathe();
    if (id !== latest) return;
  }
}
