/** The numbers of a run as CSV (RFC 4180), one row a lane and step. The columns are named as in the library. */
import { inForce } from "../model/changes.js";

const ROWS = 20_000; // between two breaths of the page
const QUOTED = /[",\r\n]/;

/**
 * Writes a line. Numbers as the shortest text that gives the same float64 back; what there is none of is empty.
 *
 * @param {(string | number | null | undefined)[]} values
 */
function line(values) {
  const cells = values.map((value) => (value === null || value === undefined || Number.isNaN(value) ? "" : String(value)));
  return `${cells.map((cell) => (QUOTED.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(",")}\r\n`;
}

/**
 * Makes the file of a stage's run, a Blob. A lane's rows end before its first step that isn't finite. `progress(share)` is
 * told how far it is; rejects if the `signal` says so.
 *
 * @param {View} stage
 * @param {{progress: (share: number) => void, signal: AbortSignal}} work
 */
export async function csvOf(stage, { progress, signal }) {
  const { run } = stage;
  const { columns, rows, count } = stage.kind.table(run, stage.tables);
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
