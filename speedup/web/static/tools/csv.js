/** The numbers of a run as CSV (RFC 4180), one row a lane and step. The columns are named as in the library. */
import { inForce } from "../model/changes.js";
import { batchOf } from "../model/net.js";

const ROWS = 20_000; // between two breaths of the page
const QUOTED = /[",\r\n]/;

/** A line. Numbers as the shortest text that gives the same float64 back; what there is none of is empty. */
function line(values) {
  const cells = values.map((value) => (value === null || value === undefined || Number.isNaN(value) ? "" : String(value)));
  return `${cells.map((cell) => (QUOTED.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(",")}\r\n`;
}

/**
 * The file of a stage's run as a Blob. A lane's rows end before its first step that isn't finite. `progress(share)` is
 * told how far it is; rejects if the `signal` says so.
 */
export async function csvOf(stage, { progress, signal }) {
  const { run } = stage;
  const { columns, rows, count } = run.training ? trainingRows(run) : raceRows(run);
  const names = stage.tables.hyperparameters.filter((name) => run.spec.lanes.some(({ h }) => name in h));
  const parts = [line(["lane", "optimizer", ...names, ...columns])];
  let [text, done] = ["", 0];
  for (const [index, step, values] of rows) {
    const h = inForce(run.spec, index, step);
    text += line([index + 1, run.lanes[index].optimizer, ...names.map((name) => h[name]), ...values]);
    if (++done % ROWS) continue;
    parts.push(text);
    text = "";
    progress(done / count);
    await new Promise((resolve) => setTimeout(resolve));
    signal.throwIfAborted();
  }
  return new Blob([...parts, text], { type: "text/csv;charset=utf-8" });
}

function raceRows({ spec, lanes }) {
  function* rows() {
    for (const [index, { path }] of lanes.entries()) {
      for (let step = 0; step <= spec.steps; step++) {
        const place = [...path.subarray(3 * step, 3 * step + 3)];
        if (!place.every(Number.isFinite)) break;
        yield [index, step, [step, ...place]];
      }
    }
  }
  return { columns: ["step", "x", "y", "loss"], rows: rows(), count: lanes.length * (spec.steps + 1) };
}

/**
 * The batch's loss after as many steps, and, at steps where they were taken, the measurements over all samples. The last
 * row has no batch: nothing is learned from it any more.
 */
function trainingRows({ spec, lanes, training }) {
  const {
    data,
    every,
    kernels: { tables },
  } = training;
  const classes = tables.datasets[spec.dataset].task === "classification"; // only of them accuracy means something
  const tested = data.train < data.targets.length;
  const kept = tables.records.measured.filter(
    (name) => (classes || name.endsWith("loss")) && (tested || name.startsWith("train")),
  );
  function* rows() {
    for (const [index, { loss, diverged }] of lanes.entries()) {
      const batch = batchOf(spec, spec.lanes[index], data.train);
      const last = diverged < 0 ? spec.steps : diverged - 1;
      for (let step = 0; step <= last; step++) {
        const taken = step % every === 0 || step === spec.steps ? training.measuredAt(index, step) : {};
        const measured = kept.map((name) => (Number.isFinite(taken[name]) ? taken[name] : null));
        yield [index, step, [batch, step, loss[step] ?? null, ...measured]];
      }
    }
  }
  const columns = ["batch", "step", "batch_loss", ...kept];
  return { columns, rows: rows(), count: lanes.length * (spec.steps + 1) };
}
