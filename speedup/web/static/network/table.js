import { batchOf } from "../model/net.js";

/**
 * Gives what a training is in numbers: the batch's loss after as many steps, and, at steps where they were taken, the
 * measurements over all samples. A lane's last row has no batch: nothing is learned from it any more.
 *
 * @param {TrainRun} run
 * @param {Tables} tables
 * @returns {NumbersOfRun}
 */
export function table({ spec, lanes, training }, tables) {
  const { data, every } = training;
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
        /** @type {Partial<Record<string, number>>} */
        const taken = step % every === 0 || step === spec.steps ? { ...training.measuredAt(index, step) } : {};
        const measured = kept.map((name) => (Number.isFinite(taken[name]) ? taken[name] : null));
        yield/** @type {NumbersOfStep} */ ([index, step, [batch, step, loss[step] ?? null, ...measured]]);
      }
    }
  }
  const columns = ["batch", "step", "batch_loss", ...kept];
  return { columns, rows: rows(), count: lanes.length * (spec.steps + 1) };
}
