// A thread that trains lanes, or computes pictures of outcomes, rates or curvatures, until another job comes. It keeps nothing between jobs.

import { felt } from "./felt.js";
import { instantiate } from "./kernels.js";
import { Learner, origin, UNMEASURED } from "./learner.js";
import { initial, measure } from "./net.js";
import { compute } from "./outcomes.js";
import { paces } from "./pace.js";
import { runOf } from "./rate_runs.js";
import { records } from "./records.js";
import { trainedAt } from "./trained_picture.js";

const SLICE = 12; // milliseconds of work between two messages: it then looks whether there is another job
const REPORT = 250; // milliseconds between two reports on many seeds

/**
 * @typedef {import("./learner.js").Job} Job
 * @typedef {import("./learner.js").Checkpoint} Checkpoint
 *
 * @typedef {{id: number, compiled: import("./kernels.js").Compiled}} Message  `compiled` with the first one only
 * @typedef {Message & {kind: "rest"}} Rest  it ends what it does
 * @typedef {Message & {kind: "train", lanes: {index: number, job: Job, from: Checkpoint, steps: number, save: number}[]}} Train
 * @typedef {Message & {kind: "step_times", lanes: {job: Job, from: Checkpoint}[]}} StepTimes
 * @typedef {Message & {kind: "outcomes", job: import("./outcomes.js").Job, pieces: number[]}} Outcomes
 * @typedef {Message & {kind: "felt", lanes: {index: number, job: Job, many: number, points: Point[]}[]}} Curvatures
 * @typedef {{step: number, from: Checkpoint, near: Float64Array | null}} Point
 * @typedef {Message & {kind: "rates", job: import("./rate_runs.js").Job, runs: import("./rate_runs.js").RunAt[]}} Rates
 * @typedef {Message & {kind: "trainings", job: import("./trained_picture.js").Job, runs: number[]}} Trainings
 * @typedef {Message & {kind: "seeds", lanes: {job: Job, steps: number}[], spec: TrainSpec, count: number}} Seeds
 */

/** @type {Promise<Kernels> | null} */
let kernels = null;
let latest = 0;
/** @type {() => Promise<unknown>} */
let breathe;

/** Makes this thread one that trains. */
export function start() {
  const pause = new MessageChannel();
  breathe = () =>
    new Promise((resolve) => {
      pause.port1.onmessage = resolve;
      pause.port2.postMessage(null);
    });
  addEventListener("message", answer);
}

/** @param {MessageEvent<Rest | Train | StepTimes | Seeds | Outcomes | Curvatures | Rates | Trainings>} event */
async function answer({ data: message }) {
  latest = message.id;
  try {
    kernels ??= instantiate(message.compiled);
    const ready = await kernels;
    if (message.id !== latest) return;
    if (message.kind === "train") await train(ready, message);
    else if (message.kind === "step_times") await stepTimes(ready, message);
    else if (message.kind === "outcomes") await outcomes(ready, message);
    else if (message.kind === "felt") await curvatures(ready, message);
    else if (message.kind === "rates") await manyRuns(ready, message, runOf);
    else if (message.kind === "trainings") await manyRuns(ready, message, trainedAt);
    else if (message.kind === "seeds") await manySeeds(ready, message);
  } catch (error) {
    postMessage({ id: message.id, error: String(error) });
  }
}

/**
 * Trains lanes up to `steps`, with a checkpoint every `save` steps, the least advanced first.
 *
 * @param {Kernels} ready
 * @param {Train} message
 */
async function train(ready, { id, lanes }) {
  const running = lanes.map(({ job, from, ...lane }) => {
    const learner = new Learner(ready, job);
    learner.load(from);
    return { ...lane, learner };
  });
  const unfinished = () => running.filter(({ learner, steps }) => learner.step < steps);
  while (unfinished().length) {
    const begin = performance.now();
    const found = [];
    do {
      const lane = unfinished().reduce((a, b) => (b.learner.step < a.learner.step ? b : a));
      found.push({ index: lane.index, ...lane.learner.further(lane) });
    } while (performance.now() - begin < SLICE && unfinished().length);
    postMessage({ id, found });
    await breathe();
    if (id !== latest) return;
  }
}

/**
 * Computes pieces of a picture, one after the other.
 *
 * @param {Kernels} ready
 * @param {Outcomes} message
 */
async function outcomes(ready, { id, job, pieces }) {
  for (let done = 0; done < pieces.length; ) {
    const begin = performance.now();
    const found = [];
    do found.push(compute(ready, job, pieces[done++]));
    while (performance.now() - begin < SLICE && done < pieces.length);
    postMessage({ id, found });
    await breathe();
    if (id !== latest) return;
  }
}

/**
 * Trains runs, one after the other.
 *
 * @template Job, At, Found
 * @param {Kernels} ready
 * @param {{id: number, job: Job, runs: At[]}} message
 * @param {(ready: Kernels, job: Job, at: At, goOn: () => Promise<boolean>) => Promise<Found | null>} train
 */
async function manyRuns(ready, { id, job, runs }, train) {
  let begin = performance.now();
  /** @type {Found[]} */
  let found = [];
  const goOn = async () => {
    if (performance.now() - begin < SLICE) return true;
    if (found.length) postMessage({ id, found });
    found = [];
    await breathe();
    begin = performance.now();
    return id === latest;
  };
  for (const at of runs) {
    const one = await train(ready, job, at, goOn);
    if (!one) return;
    found.push(one);
    if (!(await goOn())) return;
  }
  if (found.length) postMessage({ id, found });
}

/**
 * Measures the curvature that optimizers feel at points of lanes, in their order, each from where the one before it came to.
 *
 * @param {Kernels} ready
 * @param {Curvatures} message
 */
async function curvatures(ready, { id, lanes }) {
  let begin = performance.now();
  /** @type {import("./felt_thread.js").Found[]} */
  let found = [];
  for (const { index, job, many, points } of lanes) {
    const learner = new Learner(ready, { ...job, every: UNMEASURED });
    let last = null;
    for (const { step, from, near } of points) {
      if (learner.step < from.step || learner.step > step) learner.load(from);
      learner.advance(step - learner.step);
      const work = felt(ready, learner, near ?? last, many);
      let next = work.next();
      for (; !next.done; next = work.next()) {
        if (performance.now() - begin < SLICE) continue;
        postMessage({ id, found });
        await breathe();
        if (id !== latest) return;
        [found, begin] = [[], performance.now()];
      }
      last = next.value.vector;
      found.push({ index, step, ...next.value });
    }
  }
  postMessage({ id, found, finished: true });
}

/**
 * Measures the milliseconds that a step of each lane takes.
 *
 * @param {Kernels} ready
 * @param {StepTimes} message
 */
async function stepTimes(ready, { id, lanes }) {
  const works = lanes.map(({ job, from }) => {
    const learner = new Learner(ready, { ...job, every: UNMEASURED, pieces: job.pieces.slice(0, 1) });
    return (/** @type {number} */ steps) => {
      learner.load(from);
      learner.advance(steps);
    };
  });
  const times = await paces(works, async () => {
    await breathe();
    return id === latest;
  });
  if (times) postMessage({ id, found: times });
}

/**
 * Trains all lanes from `count` seeds: the training's loss at every measurement and at the end, seed by seed, and progress.
 *
 * @param {Kernels} ready
 * @param {Seeds} message
 */
async function manySeeds(ready, { id, lanes, spec, count }) {
  let last = performance.now();
  /** @type {(Float64Array | number[])[][]} */
  let found = []; // of each seed, of each lane
  for (let k = 0; k < count; k++) {
    const seed = spec.seed + k;
    found.push(
      lanes.map(({ job, steps }) => {
        const learner = new Learner(ready, { ...job, seed });
        learner.load(origin(ready.tables, initial(ready, job.net, { ...spec, seed })));
        const { measurements } = learner.advance(steps);
        const losses = records(ready.tables.records.measured, measurements).map((one) => one.train_loss);
        return steps % job.every === 0 ? losses : [...losses, measure(ready, job.net, learner.params, job.data).train_loss];
      }),
    );
    if (performance.now() - last < REPORT && k + 1 < count) continue;
    postMessage({ id, found, finished: k + 1 === count });
    [found, last] = [[], performance.now()];
    await breathe();
    if (id !== latest) return;
  }
}
