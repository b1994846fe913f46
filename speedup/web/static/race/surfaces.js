/** What the stage is on the surfaces page: a race over a map. */
import { createInstruments, nextPanel } from "../instruments/instruments.js";
import { createLimit } from "../instruments/limit.js";
import { createChart } from "../instruments/loss.js";
import { outcomesOfRace, trialOfRace } from "../instruments/outcome_race.js";
import { ZOOMS } from "../instruments/outcome_sight.js";
import { createOutcomes } from "../instruments/outcomes.js";
import { createRates } from "../instruments/rates.js";
import { sourceOfRace } from "../instruments/rates_source.js";
import { createStep } from "../instruments/step.js";
import { number, plain } from "../draw/format.js";
import { createLanes } from "../panel/lanes.js";
import { axisRange } from "../draw/plot.js";
import { createScene } from "./map.js";
import { closerTo, settled } from "../draw/map_camera.js";
import { fingerprint, hyper, newSpec, standing, tidy } from "../model/race_spec.js";
import { createPull } from "../panel/pull.js";
import { createTransport } from "../panel/transport.js";
import { table } from "./table.js";

/** @type {Kind<RaceSpec, Race>} */
export const surfaces = {
  name: "surfaces",
  shows: (scene) => "surface" in scene,
  looks: ["view", "chosen", "window", "camera", "panel", "against", "measure", "pair", "region", "laid", "lower"], // of a scene what is no part of the run
  parts: [createScene, createTransport, createPull, createChart, createInstruments, createLanes],
  instruments: {
    step: createStep,
    limit: createLimit,
    rates: (view) => createRates(view, sourceOfRace(view)),
    map: (view) => createOutcomes(view, outcomesOfRace(view)),
  },
  trial: trialOfRace,
  rate: 40, // steps a second at speed 1: the 300 steps of a race take 7.5 seconds
  speeds: () => [0.25, 0.5, 1, 2, 4, 8].map((speed) => ({ speed, text: `${speed}×` })),
  fingerprint,
  tidy,
  controls: ({ tables, spec }) => tables.surfaces[spec.surface].parameters,
  keys: (stage) => ({
    v: () => stage.set({ view: stage.view === "2d" ? "3d" : "2d" }),
    i: () => stage.set({ panel: nextPanel(stage) }),
    ...Object.fromEntries(Object.entries(ZOOMS).map(([key, closer]) => [key, () => zoom(stage, closer)])),
  }),
  /** What a run needs besides the kernels: nothing. */
  ready: () => true,
  run: (stage, spec) => stage.kernels.race(spec),
  /** Whether another scene begins anew instead of going on at the playhead. */
  moved: (before, after) => before.surface !== after.surface,
  /** What "reset all" gives: the surface's own start and lanes. */
  defaults: (stage) => newSpec(stage.tables, stage.spec.surface),
  lane: (stage, optimizer) => ({ optimizer, h: hyper(stage.tables, stage.spec.surface, optimizer), on: true }),
  hyper: (stage, lane, name) => stage.spec.lanes[lane].h[name],
  setHyper(spec, lane, name, value) {
    spec.lanes[lane].h[name] = value;
    return true;
  },
  lastOf: (stage) => stage.run.spec.steps,
  chart,
  status,
  sentence,
  about,
  subject: ({ run }) => run.spec.surface,
  title: ({ run, words }) => words(`surfaces.${run.spec.surface}.label`),
  facts,
  layout: () => "map",
  table,
  walked,
};

/**
 * Looks closer at the middle of the flat map, or of the picture of outcomes while that is pointed at.
 *
 * @param {RaceView} stage
 * @param {number} closer
 */
function zoom(stage, closer) {
  const { domain } = stage.tables.surfaces[stage.spec.surface];
  if (stage.shared.zoom?.(closer)) return;
  if (stage.view === "3d" && closer === 0) stage.set({ camera: null });
  if (stage.view === "2d") stage.set({ window: closer ? settled(closerTo(stage.window, domain, closer), domain) : null });
}

/**
 * Gives what the loss chart shows.
 *
 * @param {RaceView} stage
 * @returns {ChartModel}
 */
function chart(stage) {
  const {
    run: { spec, lanes },
    tables,
  } = stage;
  const { minimum } = tables.surfaces[spec.surface];
  const range = axisRange(onTheMap(stage), typeof minimum === "number" ? minimum : null);
  const name = stage.words(range.zero === null ? "stage.loss_axis" : "stage.log_axis");
  const cut = stage.words("stage.beyond");
  return {
    ...range,
    name,
    cut,
    whole: true,
    steps: spec.steps,
    units: lanes.map(() => 1),
    losses: lanes.map(({ loss }) => loss),
  };
}

/**
 * Tells what is raced over, in words.
 *
 * @param {RaceView} stage
 */
function sentence({ run: { spec }, tables, words }) {
  const {
    start: [x, y],
    surface,
    steps,
    noise,
    seed,
  } = spec;
  const params = tables.surfaces[surface].parameters.map(({ name }) =>
    words("stage.summary.setting", {
      name: words(/** @type {Word} */ (`stage.parameters.${name}`)),
      value: plain(spec.params[name]),
    }),
  );
  const where = [words(`surfaces.${surface}.label`), ...params].join(words("stage.summary.comma"));
  return words("stage.summary.race", { where, x: plain(x), y: plain(y), steps, noise: plain(noise), seed });
}

/**
 * Gives what belongs to a race besides the lanes, in words.
 *
 * @param {RaceView} view
 */
function facts({ run: { spec }, tables, words }) {
  const params = tables.surfaces[spec.surface].parameters.map(
    ({ name }) => `${words(/** @type {Word} */ (`stage.parameters.${name}`))} ${plain(spec.params[name])}`,
  );
  return spec.noise > 0 ? [...params, `${words("page.noise")} ${plain(spec.noise)}`] : params;
}

/**
 * Gives losses of the lanes shown, each up to where it leaves the map: what blows up out there sets no scale.
 *
 * @param {RaceView} stage
 */
function onTheMap({ run, spec }) {
  const losses = new Float64Array(run.lanes.length * (run.spec.steps + 1));
  let count = 0;
  run.lanes.forEach(({ loss, left, diverged }, index) => {
    if (!spec.lanes[index]?.on) return;
    const end = Math.min(loss.length, ...[left, diverged].filter((event) => event >= 0));
    losses.set(loss.subarray(0, end), count);
    count += end;
  });
  return losses.subarray(0, count);
}

/**
 * Tells how a lane stands at playhead t.
 *
 * @param {RaceView} stage
 * @param {RaceLane} lane
 * @param {number} t
 * @returns {Status}
 */
function status({ run, tables, words }, lane, t) {
  const step = Math.min(Math.floor(t), run.spec.steps);
  const { row, since } = standing(tables, run.spec, lane, step);
  const values = { step: since, loss: number(lane.loss[step]) };
  return {
    kind: row.kind,
    text: words(`stage.${row.word}`, values),
    brief: row.event ? `${row.sign} ${values.step}` : values.loss,
  };
}

/**
 * Lists what there is to be explained: [key of [stage.about], what its sentence speaks of].
 *
 * @param {RaceView} view
 * @returns {[key: AboutKey, values: Record<string, string | number>][]}
 */
function about({ tables, spec }) {
  const { minima, radius, escaped } = tables.surfaces[spec.surface];
  /** @type {[key: AboutKey, values: Record<string, string | number>][]} */
  const goal = [minima.length ? ["arrived", { radius: plain(radius) }] : ["escaped", { loss: plain(escaped) }]];
  return [...goal, ["left", {}], ["diverged", {}], ["going", {}], ["rates", {}]];
}

/**
 * Measures the length of a lane's path up to a step, or up to where it ends.
 *
 * @param {RaceLane} lane
 * @param {number} step
 */
function walked({ path }, step) {
  let length = 0;
  for (let i = 3; i <= 3 * step && Number.isFinite(path[i] + path[i + 1]); i += 3)
    length += Math.hypot(path[i] - path[i - 3], path[i + 1] - path[i - 2]);
  return length;
}
