/**
 * Gives what a race is in numbers: a row for each lane and step, {columns, rows, count}; a lane's end before its first step that isn't finite.
 *
 * @param {Race} run
 * @returns {NumbersOfRun}
 */
export function table({ spec, lanes }) {
  function* rows() {
    for (const [index, { path }] of lanes.entries()) {
      for (let step = 0; step <= spec.steps; step++) {
        const place = [...path.subarray(3 * step, 3 * step + 3)];
        if (!place.every(Number.isFinite)) break;
        yield/** @type {NumbersOfStep} */ ([index, step, [step, ...place]]);
      }
    }
  }
  return { columns: ["step", "x", "y", "loss"], rows: rows(), count: lanes.length * (spec.steps + 1) };
}
