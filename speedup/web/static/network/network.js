/** What the stage is on the network page: lanes that train copies of one network. */
import { createInstruments, nextPanel } from "../instruments/instruments.js";
import { createChart } from "../instruments/loss.js";
import { outcomesOfTraining } from "../instruments/outcome_training.js";
import { ZOOMS } from "../instruments/outcome_sight.js";
import { createOutcomes } from "../instruments/outcomes.js";
import { createTrainLimit, trialOfTraining } from "../instruments/train_limit.js";
import { createRates } from "../instruments/rates.js";
import { sourceOfTraining } from "../instruments/rates_training.js";
import { Trainer } from "../model/trainer.js";
import { dataOf, fetchData } from "../model/data.js";
import { createFit } from "./fit.js";
import { hyper, setHyper } from "./held.js";
import { number } from "../draw/format.js";
import { createLanes } from "../panel/lanes.js";
import { createLooks } from "./chart_options.js";
import { batchOf } from "../model/net.js";
import { chart } from "../instruments/network_loss.js";
import { createNetStep } from "./net_step.js";
import { createNetView } from "./net_view.js";
import { hash } from "../model/race_spec.js";
import { StepTimes } from "../model/step_times.js";
import { baseOf } from "../model/training.js";
import { SeedRuns } from "./seed_runs.js";
import { createSeeds } from "./seeds.js";
import { createPull } from "../panel/pull.js";
import { createTransport } from "../panel/transport.js";
import { facts, sentence } from "./facts.js";
import { table } from "./table.js";

const NONE = /** @type {ParameterRow[]} */ ([]); // always the same
const FRAME_RATE = 60;
const WATCHED = 8; // seconds that a training takes at most at the speed it begins with
const SPEEDS = [0.1, 0.25, 0.5, 1, 2, 5, 10, 20, 50, 100]; // steps a frame

/** @type {Kind<TrainSpec, TrainRun, TrainShared>} */
export const network = {
  name: "network",
  shows: (scene) => "dataset" in scene,
  looks: ["curve", "axis", "scale", "turn", "chosen", "panel", "against", "pair", "region", "weight", "lower", "directions"],
  parts: [
    createFit,
    createNetView,
    createTransport,
    createPull,
    createChart,
    createInstruments,
    createSeeds,
    createLooks,
    createLanes,
  ],
  instruments: {
    step: createNetStep,
    limit: createTrainLimit,
    rates: (view) => createRates(view, sourceOfTraining(view)),
    map: (view) => createOutcomes(view, outcomesOfTraining(view)),
  },
  trial: trialOfTraining,
  rate: FRAME_RATE,
  speeds: (view) => SPEEDS.map((speed) => ({ speed, text: view.words("stage.network.per_frame", { speed }) })),
  controls: () => NONE,
  keys: (view) => ({
    i: () => view.set({ panel: nextPanel(view) }),
    ...Object.fromEntries(Object.entries(ZOOMS).map(([key, closer]) => [key, () => view.shared.zoom?.(closer)])),
  }),
  fingerprint,
  tidy,
  ready: (view, spec) => fetchData(view, spec),
  run,
  share: (view) => ({ trainer: new Trainer(view), stepTimes: new StepTimes(view), seeds: new SeedRuns(view), held: null }),
  moved: (before, after) =>
    baseOf(before) !== baseOf(after) ||
    before.lanes.map(({ optimizer }) => optimizer).join() !== after.lanes.map(({ optimizer }) => optimizer).join(),
  begin(view, spec) {
    const enough = SPEEDS.find((speed) => spec.steps <= WATCHED * FRAME_RATE * speed) ?? SPEEDS.at(-1);
    view.clock.set({ speed: enough });
  },
  defaults: (view) => ({ lanes: view.tables.chapter.map((optimizer) => lane(view, optimizer)), changes: [] }),
  lane,
  batch,
  hyper,
  setHyper,
  letGo: (/** @type {TrainView} */ { shared }) => {
    shared.held = null;
  },
  cleared: (spec, index) => clear(spec, index),
  removed: (spec, index) => {
    clear(spec, index);
    spec.changes = spec.changes.map(([step, at, ...rest]) => [step, at > index ? at - 1 : at, ...rest]);
  },
  fair,
  lastOf: (view) => view.run.spec.steps,
  chart,
  status,
  sentence,
  subject: ({ run }) => run.spec.dataset,
  title: ({ run, words }) => words(`datasets.${run.spec.dataset}.label`),
  facts,
  layout: ({ run, tables }) => (tables.datasets[run.spec.dataset].domain.length === 1 ? "curves" : "planes"),
  table,
  about: () => /** @type {const} */ (["loss", "out", "rate"]).map((key) => [key, {}]),
  leave: ({ shared }) => {
    for (const one of [shared.trainer, shared.stepTimes, shared.seeds]) one.close();
  },
};

/** @param {TrainSpec} spec @param {number} index */
function clear(spec, index) {
  spec.changes = spec.changes.filter(([, at]) => at !== index);
}

/** @param {TrainView} view @param {TrainSpec} spec */
function run(view, spec) {
  const data = dataOf(view, spec);
  if (!data) {
    // by undo only, when many others have been looked at since
    fetchData(view, spec).then(
      () => view.compute(view.spec),
      () => view.notice.show("notice.no_data", true),
    );
    return null;
  }
  return view.shared.trainer.want(spec, data);
}

/** @param {TrainView} view @param {OptimizerName} optimizer */
function lane({ tables }, optimizer) {
  return { optimizer, h: { ...tables.optimizers[optimizer].train }, batch: null, on: true };
}

/**
 * Says what the lanes have in common, and whether that is all.
 *
 * @param {TrainView} view
 */
function fair({ run, words }) {
  const { spec, training } = run;
  const { data } = training;
  const sizes = new Set(spec.lanes.map((own) => batchOf(spec, own, data.train)));
  const same = sizes.size === 1;
  return {
    same,
    text: same ? words("stage.network.same") : words("stage.network.other_batches", { sizes: [...sizes].join(", ") }),
  };
}

/**
 * Gives the row of a lane's own batch, as of a hyperparameter.
 *
 * @param {TrainView} view
 * @returns {ParameterRow}
 */
function batch(view) {
  const symbol = view.words("stage.network.batch");
  return {
    name: "batch",
    symbol,
    scale: "log",
    default: 1,
    low: 1,
    floor: 1,
    main: false,
    whole: true,
    get high() {
      return view.run.training.data.train;
    },
  };
}

/** @param {TrainSpec} spec @param {Tables} tables */
function tidy(spec, tables) {
  const known = (/** @type {number} */ index, /** @type {string} */ name) =>
    tables.optimizers[spec.lanes[index].optimizer].hyperparameters.some((row) => row.name === name);
  spec.changes = spec.changes.filter(([step, index, name]) => step < spec.steps && spec.lanes[index] && known(index, name));
  spec.changes.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
}

/**
 * Gives a short hash of the training that a spec describes; with `all`, of what is on and off too.
 *
 * @param {TrainSpec} spec
 */
function fingerprint(spec, all = false) {
  const lanes = spec.lanes.map(({ optimizer, h, batch, on }) => [
    optimizer,
    Object.entries(h).sort(),
    batch ?? null,
    ...(all ? [on] : []),
  ]);
  return hash([baseOf(spec), spec.steps, lanes, spec.changes]);
}

/**
 * Says how a lane does at playhead t: the loss over all data when it was last measured.
 *
 * @param {TrainView} view
 * @param {TrainLane} lane
 * @param {number} t
 * @returns {Status}
 */
function status(view, { index, diverged }, t) {
  const { training, spec } = view.run;
  const step = Math.min(Math.floor(t), view.kind.lastOf(view, index));
  if (diverged >= 0 && diverged <= step) {
    return { kind: "diverged", text: view.words("stage.diverged", { step: diverged }), brief: `✕ ${diverged}` };
  }
  const { train_loss: loss, train_accuracy: accuracy } = training.measuredAt(index, step);
  const brief = number(loss);
  const text = view.words("stage.loss", { loss: brief });
  const { task } = view.tables.datasets[spec.dataset];
  const share = task === "classification" ? ` · ${(100 * accuracy).toFixed(0)} %` : "";
  return {
    kind: t >= spec.steps ? "going" : "running",
    text: text + share,
    brief: brief + share,
    hint: view.words("stage.network.over_all"),
  };
}
