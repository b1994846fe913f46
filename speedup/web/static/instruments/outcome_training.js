/** The picture of outcomes of a training: which numbers of a lane may vary, how pixels are trained, what they mean in colours and words. */
import { laneLabel, number, plain } from "../draw/format.js";
import { penOf } from "../draw/canvas.js";
import { sizeFor } from "../model/trained_picture.js";
import { TrainedThreads } from "../model/trained_threads.js";
import { batchOf } from "../model/net.js";
import { baseOf } from "../model/training.js";
import { pairsOf, shareOfAll, valuesOfAll } from "./outcome_axes.js";
import { bestsOf } from "./outcome_best.js";
import { COLOURS, packed } from "./outcome_plot.js";

/**
 * @typedef {import("../model/trained_picture.js").TrainedPicture} TrainedPicture
 * @typedef {import("../model/trained_picture.js").Varied} Varied
 * @typedef {import("./outcome_axes.js").Subject} Subject
 */

const TONES = 256; // of the ramp

/**
 * Has a picture of trainings. What varies has its value from the start on; what changes later stays as it is.
 *
 * @param {TrainView} view
 * @returns {OutcomeSource}
 */
export function outcomesOfTraining(view) {
  const threads = new TrainedThreads(view);
  const range = () => rangeOf(view.run.training.first.train_loss, threads.best);
  const words = (/** @type {Under<"stage.outcomes">} */ name, values = {}) => view.words(`stage.outcomes.${name}`, values);
  return {
    threads,
    ...axesOfTraining(view),
    want(subject, moving) {
      const { run, spec } = view; // of a spec that is wanted there may be no run yet
      const { index } = subject;
      if (run.spec.lanes[index]?.optimizer !== spec.lanes[index].optimizer) return;
      threads.want(jobOf(view, subject), moving || view.dragging);
    },
    rest: () => threads.rest(),
    destroy: () => threads.close(),
    toneOf: (/** @type {TrainedPicture} */ { count }) => `${view.theme} ${count} ${range()}`,
    paint: (canvas, /** @type {TrainedPicture} */ picture) => paint(COLOURS[view.theme], canvas, picture, range()),
    fades: (/** @type {TrainedPicture} */ picture) => threads.outdated(picture),
    best(subject) {
      const { seen } = bestsOf(threads, subject);
      return seen && shareOfAll(subject, seen.values);
    },
    legend() {
      const [low, start] = range();
      const digits = low < 1e-4 ? 1 : 3; // a power of ten takes the room of two
      return [
        ["soon", words("lowest", { loss: number(low, digits) })],
        ["late", words("as_at_start", { loss: number(start) })],
        ["left", words("worse")],
        ["diverged", words("diverged")],
      ];
    },
    became(/** @type {TrainedPicture} */ { losses, diverged }, pixel) {
      const [loss, step] = [losses[pixel], diverged[pixel]];
      return step >= 0 ? view.words("stage.diverged", { step }) : view.words("stage.loss", { loss: number(loss) });
    },
    sums: (subject) => sums(view, threads, subject),
    progress: () => ({ share: threads.progress, running: !threads.stopped }),
    turn: () => (threads.stopped ? threads.goOn() : threads.stop()),
  };
}

/**
 * Gives what may vary of a training, what it is now, and what moves it.
 *
 * @param {TrainView} view
 * @returns {Pick<OutcomeSource, "pairs" | "rows" | "size" | "valuesOf" | "move">}
 */
function axesOfTraining(view) {
  const batch = /** @type {ParameterRow} */ (view.kind.batch?.(view));
  return {
    pairs: (lane) => pairsOf(view.tables.pairs.network, lane),
    rows(pair, { optimizer }) {
      const rows = [.../** @type {ParameterRow[]} */ (view.tables.optimizers[optimizer].hyperparameters), batch];
      return pair.split(",").map((name) => /** @type {ParameterRow} */ (rows.find((row) => row.name === name)));
    },
    size(pair, index) {
      const { run, spec } = view;
      const { data, net } = run.training;
      const middle = (data.train - 1) / Math.max(1, Math.log(data.train)); // of all batches along a logarithmic axis
      const samples = pair.endsWith("batch") ? middle : batchOf(spec, spec.lanes[index], data.train);
      return sizeFor(run.spec.steps * net.parameters * samples);
    },
    valuesOf: ({ index, axes }) => {
      const { spec } = view;
      const lane = spec.lanes[index];
      const own = Math.min(lane.batch ?? spec.batch, batch.high);
      return axes.map(({ name }) => (name === "batch" ? own : lane.h[/** @type {HyperparameterName} */ (name)]));
    },
    move: ({ index, axes }, values, commit) =>
      view.change(
        (spec) => {
          const lane = spec.lanes[index];
          axes.forEach(({ name }, i) => {
            if (name === "batch") lane.batch = values[i] === spec.batch ? null : values[i];
            else lane.h[/** @type {HyperparameterName} */ (name)] = values[i];
          });
        },
        { commit },
      ),
  };
}

/**
 * Gives what is to be computed, with a key.
 *
 * @param {Pick<TrainView, "run">} view
 * @param {Subject} subject
 * @returns {import("../model/trained_threads.js").Wanted}
 */
export function jobOf({ run: { spec, training } }, subject) {
  const { index, pair, axes, window } = subject;
  const { optimizer, h, batch = null } = spec.lanes[index];
  const names = axes.map(({ name }) => /** @type {Varied} */ (name));
  const still = Object.entries({ ...h, batch }).filter(([name]) => !names.includes(/** @type {Varied} */ (name)));
  const changes = spec.changes.flatMap(([step, lane, ...change]) => (lane === index ? [[step, ...change]] : []));
  const kind = JSON.stringify([baseOf(spec), spec.steps, optimizer, pair, still, changes]);
  const job = () => ({ spec, data: training.data, index, names, window, values: valuesOfAll(subject) });
  return { key: `${kind} ${window}`, kind, job };
}

/**
 * Gives the losses between which colours differ: the lowest that is known, and the one at the start.
 *
 * @param {number} start
 * @param {TrainedPicture | null} best
 * @returns {[low: number, start: number]}
 */
function rangeOf(start, best) {
  const low = best ? best.losses[best.best] : start;
  return [Math.min(low, start), start];
}

/**
 * Paints all that is known of a picture: each pixel by itself, or by the nearest before it. Gives 0: no share of it is told.
 *
 * @param {typeof COLOURS.light} colours
 * @param {HTMLCanvasElement} canvas
 * @param {TrainedPicture} picture
 * @param {[low: number, start: number]} range
 */
export function paint(colours, canvas, picture, [low, start]) {
  const [width, height] = picture.size;
  Object.assign(canvas, { width, height });
  const pen = penOf(canvas);
  const image = pen.createImageData(width, height);
  const pixels = new Uint32Array(image.data.buffer);
  const { soon, late } = colours;
  const ramp = Array.from({ length: TONES }, (_, k) =>
    packed(/** @type {Rgb} */ (soon.map((one, i) => Math.round(one + (k / (TONES - 1)) * (late[i] - one))))),
  );
  const [worse, diverged] = [packed(colours.left), packed(colours.diverged)];
  for (let i = 0; i < pixels.length; i++) {
    const known = picture.nearest(i % width, Math.floor(i / width));
    if (known < 0) continue; // nothing
    const loss = picture.losses[known];
    pixels[i] = !Number.isFinite(loss) ? diverged : loss > start ? worse : ramp[toneAt(loss, low, start)];
  }
  pen.putImageData(image, 0, 0);
  return 0;
}

/** @typedef {import("../draw/shades.js").Rgb} Rgb */

/**
 * Gives which colour of the ramp a loss has: as far from one to the next as their ratio.
 *
 * @param {number} loss
 * @param {number} low
 * @param {number} start
 */
export function toneAt(loss, low, start) {
  const least = Math.max(low, start * 1e-12); // of no loss at all there is no logarithm
  if (!(least < start)) return TONES - 1;
  const share = Math.log(Math.max(loss, least) / least) / Math.log(start / least);
  return Math.round(share * (TONES - 1));
}

/** Says what the lane comes to as it is now. @param {TrainView} view @param {Subject} subject */
const here = (view, { index }) =>
  view.words("stage.outcomes.here", { status: view.kind.status(view, view.run.lanes[index], view.run.spec.steps).text });

/**
 * Says what the picture tells, the most telling first: there may be room for no more.
 *
 * @param {TrainView} view
 * @param {TrainedThreads} threads
 * @param {Subject} subject
 */
function sums(view, threads, subject) {
  const { picture, best, progress, stopped } = threads;
  if (!picture) return [];
  const lane = laneLabel(view, subject.index);
  const share = { share: Math.floor(100 * progress) };
  const lost = Math.ceil((100 * picture.lost) / picture.count);
  const { known, seen } = bestsOf(threads, subject);
  const say = (
    /** @type {"best" | "best_seen" | "outside"} */ word,
    /** @type {NonNullable<typeof known>} */ { values, loss },
  ) => {
    const [across, up] = values.map((value, i) => `${subject.axes[i].symbol} ${plain(value)}`);
    return view.words(`stage.outcomes.${word}`, { lane, across, up, loss: number(loss) });
  };
  const [columns, rows] = picture.size;
  return [
    threads.outdated(picture) && view.words("stage.rate.outdated"),
    progress < 1 && view.words(stopped ? "stage.outcomes.stopped" : "stage.rate.share", share),
    seen
      ? say(seen === known ? "best" : "best_seen", seen)
      : progress === 1 && !known && view.words("stage.outcomes.none", { lane }),
    known && seen !== known && say("outside", known),
    view.run.training.lanes[subject.index]?.end && here(view, subject),
    best && picture.lost > 0 && progress === 1 && view.words("stage.outcomes.lost", { share: lost }),
    view.words("stage.outcomes.budget", { columns, rows, steps: view.run.spec.steps }),
    view.spec.changes.some(([, index]) => index === subject.index) && view.words("stage.rate.changes"),
  ].filter((part) => typeof part === "string");
}
