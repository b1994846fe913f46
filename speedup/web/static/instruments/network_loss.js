/** What the loss chart of a training shows: a curve for each lane, and beneath them what it is made of. */
import { laneColour } from "../draw/format.js";
import { axisRange, curve, lastStep, niceStep } from "../draw/plot.js";
import { batchOf } from "../model/net.js";
import { records } from "../model/records.js";

const SMOOTH = 0.9; // how much less a batch weighs than the next one
const SETTLED = 1 / 25; // of the steps: what is before sets no scale of a linear axis
const WORST = 1.5; // times the first loss: neither does what flies apart
const ROOM = 1.15;

/** The model of `createPlot`. */
export function chart(stage) {
  const {
    run: { spec, lanes },
    scale,
  } = stage;
  const kind = kindOf(stage);
  const ends = lanes.map(({ index }) => stage.kind.lastOf(stage, index));
  const losses = lanes.map((lane, index) => shownLoss(stage, lane, kind).fill(NaN, ends[index] + 1));
  const on = losses.filter((loss, index) => stage.spec.lanes[index]?.on && !fliesApart(loss));
  const { task } = stage.tables.datasets[spec.dataset];
  const floor = task === "regression" && spec.noise > 0 ? spec.noise ** 2 : null;
  const range = scale === "log" ? axisRange(Float64Array.from(on.flatMap((one) => [...one])), 0) : linear(on, spec.steps, floor);
  const units = lanes.map((lane) => unitOf(stage, lane));
  const words = (key, values) => stage.words(`stage.network.${key}`, values);
  const waits = stage.axis === "seconds" && !stage.paces.of(0);
  return {
    ...range,
    losses,
    units,
    ends,
    steps: spec.steps,
    whole: stage.axis === "step" || stage.axis === "samples",
    name: words(`${kind}_loss`, { smooth: SMOOTH }),
    cut: words("cut"),
    below: waits ? "…" : words(`axes.${stage.axis}`),
    under: (pen, plot, shown) => under(stage, pen, plot, shown),
    mark: (pen, plot) => drawFloor(stage, pen, plot, floor),
  };
}

/** Which loss is drawn: the one chosen, if there is one; of many seeds that over all data. */
function kindOf({ curve: chosen, seeds, run: { spec } }) {
  if (seeds?.bands()) return "train";
  return chosen === "test" && spec.test === 0 ? "train" : chosen;
}

/** A lane's curve, a value for each step from 0 to the last; NaN where there is none yet. */
function shownLoss(stage, { loss, frames, at, end }, kind) {
  const {
    kernels,
    run: {
      training: { every, spec, first, measured },
    },
  } = stage;
  const values = new Float64Array(spec.steps + 1).fill(NaN);
  if (kind === "batch") {
    const out = new Float64Array(at);
    kernels.call("smooth", [out, loss.subarray(0, at), at, SMOOTH], [0]);
    values.set(out);
    if (at === spec.steps) values[at] = out[at - 1];
    return values;
  }
  const which = kind === "train" ? "train_loss" : "test_loss";
  values[0] = first[which];
  const straight = (from, to, next) => {
    // from one measurement to the next
    for (let i = from + 1; i < to; i++) values[i] = values[from] + ((next - values[from]) * (i - from)) / (to - from);
    values[to] = next;
  };
  for (const [frame, one] of records(measured, frames).entries()) {
    if ((frame + 1) * every <= at) straight(frame * every, (frame + 1) * every, one[which]);
  }
  if (end) straight(Math.min(spec.steps - 1, Math.floor(at / every) * every), spec.steps, end[which]);
  return values;
}

/** Whether a lane ends far above where it began: such a one sets no scale. */
function fliesApart(loss) {
  const last = lastStep(loss);
  return last >= 0 && loss[last] > WORST * loss[0];
}

/** From 0 up to what the lanes fall to after their first steps. */
function linear(losses, steps, floor) {
  const first = Math.max(...losses.map((loss) => loss[0]).filter(Number.isFinite), 0);
  let high = 1.5 * (floor ?? 0);
  for (const loss of losses) {
    for (let step = Math.ceil(steps * SETTLED); step <= steps; step++) {
      if (loss[step] > high && loss[step] <= WORST * first) high = loss[step];
    }
  }
  const top = (high || first || 1) * ROOM;
  const step = niceStep(top / 4);
  return { zero: null, low: 0, high: Math.ceil(top / step) * step };
}

/** How far a lane goes along the x axis with a step. */
function unitOf(stage, { index }) {
  const {
    axis,
    run: {
      spec,
      training: { data },
    },
  } = stage;
  const batches = Math.ceil(data.train / batchOf(spec, spec.lanes[index], data.train));
  if (axis === "epoch") return 1 / batches;
  if (axis === "samples") return data.train / batches;
  if (axis === "seconds") return stage.paces.of(index) ?? 1;
  return 1;
}

/** Bands of many seeds, the losses of single batches, and what lanes would be without changes. */
function under(stage, pen, plot, shown) {
  const {
    run: { training, lanes },
  } = stage;
  const kind = kindOf(stage);
  pen.save();
  pen.lineWidth = stage.projector.bold;
  for (const { index, alpha } of shown) {
    pen.strokeStyle = laneColour(stage, index);
    if (kind === "batch") {
      pen.globalAlpha = 0.22 * alpha;
      pen.setLineDash([]);
      pen.stroke(curve(lanes[index].loss, plot, index));
    }
    const ghost = training.ghosts[index];
    if (ghost) {
      pen.globalAlpha = 0.75 * alpha;
      pen.setLineDash([2, 3]);
      pen.stroke(curve(shownLoss(stage, ghost, kind), plot, index));
    }
  }
  drawBands(stage, pen, plot, shown);
  pen.restore();
}

/** The noise in the data: the losses' goal, so it is there before they are. */
function drawFloor(stage, pen, plot, floor) {
  if (floor === null || floor <= plot.low || floor >= plot.high) return;
  const { colours } = stage;
  pen.save();
  const y = Math.round(plot.y(floor)) + 0.5;
  pen.strokeStyle = pen.fillStyle = colours.text;
  pen.globalAlpha = stage.projector.on ? 1 : 0.7;
  pen.setLineDash([6, 4]);
  pen.lineWidth = stage.projector.bold;
  pen.beginPath();
  pen.moveTo(plot.left, y);
  pen.lineTo(plot.right, y);
  pen.stroke();
  pen.font = `${plot.size * 0.85}px ${plot.font}`;
  pen.textAlign = "left";
  pen.textBaseline = "bottom";
  pen.fillText(stage.words("stage.network.floor"), plot.left + plot.size * 0.4, y - 2);
  pen.restore();
}

/** From the tenth to the ninetieth percent of the seeds, for each lane, and their median. */
function drawBands(stage, pen, plot, shown) {
  const bands = stage.seeds?.bands();
  if (!bands) return;
  for (const { index, alpha } of shown) {
    const { steps, low, middle, high } = bands[index];
    const line = (values) => steps.map((step, i) => [plot.x(step, index), Math.min(1e4, Math.max(-1e4, plot.y(values[i])))]);
    pen.fillStyle = pen.strokeStyle = laneColour(stage, index);
    pen.setLineDash([]);
    pen.globalAlpha = 0.18 * alpha;
    pen.beginPath();
    [...line(high), ...line(low).reverse()].forEach((at) => pen.lineTo(...at));
    pen.fill();
    pen.globalAlpha = 0.9 * alpha;
    pen.lineWidth = 2.5;
    pen.beginPath();
    line(middle).forEach((at) => pen.lineTo(...at));
    pen.stroke();
  }
}
