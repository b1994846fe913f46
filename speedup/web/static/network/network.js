/** What the stage is on the network page: lanes that train copies of one network. */
import { inForce, turnAt } from "../model/changes.js";
import { createChart } from "../instruments/loss.js";
import { Coach } from "../model/trainer.js";
import { dataOf, fetchData } from "../model/data.js";
import { createFit } from "./fit.js";
import { number, plain } from "../draw/format.js";
import { createLanes } from "../panel/lanes.js";
import { createLooks } from "./chart_options.js";
import { batchOf } from "../model/net.js";
import { chart } from "../instruments/network_loss.js";
import { createNetView } from "./net_view.js";
import { hash } from "../model/race_spec.js";
import { Paces } from "../model/step_times.js";
import { baseOf } from "../model/training.js";
import { createSeeds } from "./seeds.js";
import { createTransport } from "../panel/transport.js";

const FRAME_RATE = 60;
const WATCHED = 8; // seconds that a training takes at most at the speed it begins with
const SPEEDS = [0.1, 0.25, 0.5, 1, 2, 5, 10, 20, 50, 100]; // steps a frame

export const network = {
  name: "network",
  styles: ["network/network"],
  looks: ["curve", "axis", "scale", "turn", "chosen"],
  parts: [createFit, createNetView, createTransport, createChart, createSeeds, createLooks, createLanes],
  rate: FRAME_RATE,
  speeds: (stage) => SPEEDS.map((speed) => ({ speed, text: stage.words("stage.network.per_frame", { speed }) })),
  controls: () => NONE,
  keys: () => ({}),
  fingerprint,
  tidy,
  ready: (stage, spec) => fetchData(stage, spec),
  run,
  moved: (before, after) =>
    baseOf(before) !== baseOf(after) ||
    before.lanes.map(({ optimizer }) => optimizer).join() !== after.lanes.map(({ optimizer }) => optimizer).join(),
  begin(stage, spec) {
    const enough = SPEEDS.find((speed) => spec.steps <= WATCHED * FRAME_RATE * speed) ?? SPEEDS.at(-1);
    stage.clock.set({ speed: enough });
  },
  defaults: (stage) => ({ lanes: stage.tables.chapter.map((optimizer) => lane(stage, optimizer)), changes: [] }),
  lane,
  batch,
  hyper,
  turn,
  cleared: (spec, index) => {
    spec.changes = spec.changes.filter(([, at]) => at !== index);
  },
  removed: (spec, index) => {
    network.cleared(spec, index);
    spec.changes = spec.changes.map(([step, at, ...rest]) => [step, at - (at > index), ...rest]);
  },
  fair,
  /** The last step of a lane that is shown. */
  lastOf: (stage) => stage.run.spec.steps,
  chart,
  status,
  sentence,
  about: () => ["loss", "out", "rate"].map((key) => [key, {}]),
  leave: (stage) => {
    for (const part of [stage.shared.trainer, stage.shared.paces, stage.shared.seeds]) part?.close();
    Object.assign(stage.shared, { trainer: null, paces: null, seeds: null });
  },
};
const NONE = [];

function run(stage, spec) {
  const data = dataOf(stage, spec);
  if (!data) {
    // by undo only, when many others have been looked at since
    fetchData(stage, spec).then(
      () => stage.compute(stage.spec),
      () => stage.notice.show("notice.no_data", true),
    );
    return null;
  }
  stage.shared.trainer ??= new Coach(stage);
  stage.shared.paces ??= new Paces(stage);
  return stage.shared.trainer.want(spec, data);
}

function lane({ tables }, optimizer) {
  return { optimizer, h: { ...tables.optimizers[optimizer].train }, batch: null, on: true };
}

/** What the lanes have in common, in words, and whether that is all. */
function fair({
  run: {
    spec,
    training: { data },
  },
  words,
}) {
  const sizes = new Set(spec.lanes.map((own) => batchOf(spec, own, data.train)));
  const same = sizes.size === 1;
  return {
    same,
    text: same ? words("stage.network.same") : words("stage.network.other_batches", { sizes: [...sizes].join(", ") }),
  };
}

/** The row of a lane's own batch, as of a hyperparameter. */
function batch(stage) {
  const title = stage.words("stage.network.batch");
  return {
    name: "batch",
    symbol: title,
    scale: "log",
    low: 1,
    whole: true,
    get high() {
      return stage.run.training.data.train;
    },
  };
}

/** The value in force at the playhead; while its own slider is held, at the step that it is turned at. */
function hyper(stage, index, name) {
  return inForce(stage.spec, index, isHeld(stage, index, name) ? stage.turned.step : stepOf(stage))[name];
}

const stepOf = ({ clock, spec }) => Math.min(Math.floor(clock.t), spec.steps);
const isHeld = ({ dragging, turned }, index, name) => dragging && turned?.index === index && turned.name === name;

/** A slider is moved: while it is held the step stays the one it began at. Says whether one more change was possible. */
function turn(spec, index, name, value, stage) {
  if (!isHeld(stage, index, name)) stage.turned = { index, name, step: stepOf(stage), from: stage.turn };
  return turnAt(spec, { ...stage.turned, value, most: stage.tables.network.most_changes });
}

function tidy(spec, tables) {
  const known = (index, name) => tables.optimizers[spec.lanes[index].optimizer].hyperparameters.some((row) => row.name === name);
  spec.changes = spec.changes.filter(([step, index, name]) => step < spec.steps && spec.lanes[index] && known(index, name));
  spec.changes.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
}

/** A short hash of the training that a spec describes; with `all`, of what is on and off too. */
function fingerprint(spec, all = false) {
  const lanes = spec.lanes.map(({ optimizer, h, batch, on }) => [
    optimizer,
    Object.entries(h).sort(),
    batch ?? null,
    ...(all ? [on] : []),
  ]);
  return hash([baseOf(spec), spec.steps, lanes, spec.changes]);
}

/** What is trained on what, in words. */
function sentence({ run: { spec }, words }) {
  const { samples, noise, batch: size, steps, seed, hidden, activation } = spec;
  const data = words(`datasets.${spec.dataset}.label`);
  const shape = hidden.length ? hidden.join(" + ") : "0";
  return words("stage.summary.training", {
    data,
    samples,
    noise: plain(noise),
    hidden: shape,
    activation: words(`network.activations.${activation}`),
    batch: size,
    steps,
    seed,
  });
}

/** How a lane does at playhead t: the loss over all data when it was last measured. */
function status(stage, { index, diverged }, t) {
  const { training, spec } = stage.run;
  const step = Math.min(Math.floor(t), stage.kind.lastOf(stage, index));
  if (diverged >= 0 && diverged <= step) {
    return { kind: "diverged", text: stage.words("stage.diverged", { step: diverged }), brief: `✕ ${diverged}` };
  }
  const { train_loss: loss, train_accuracy: accuracy } = training.measuredAt(index, step);
  const brief = number(loss);
  const text = stage.words("stage.loss", { loss: brief });
  const { task } = stage.tables.datasets[spec.dataset];
  const share = task === "classification" ? ` · ${(100 * accuracy).toFixed(0)} %` : "";
  return {
    kind: t >= spec.steps ? "going" : "running",
    text: text + share,
    brief: brief + share,
    hint: stage.words("stage.network.over_all"),
  };
}
