/** Steps at which a curvature was measured: the one next to a step, and what lies between them. */

/**
 * Gives the vector of the point that is next to a step.
 *
 * @param {import("./felt_thread.js").Points} points
 * @param {number} step
 */
export function nearest(points, step) {
  const [at] = [...points.keys()].sort((a, b) => Math.abs(a - step) - Math.abs(b - step));
  return points.get(at)?.vector ?? null;
}

/**
 * Gives a number for every step, between two points as a logarithmic axis has it straight, where there is one.
 *
 * @param {number[][]} points  [step, value]
 * @param {number} steps
 */
export function straight(points, steps) {
  const values = new Float64Array(steps + 1).fill(NaN);
  points.forEach(([step, value], i) => {
    if (step > steps) return;
    const [from, begin] = points[i - 1] ?? [step, value];
    const way =
      begin > 0 && value > 0
        ? (/** @type {number} */ part) => begin * (value / begin) ** part
        : (/** @type {number} */ part) => begin + (value - begin) * part;
    for (let at = from + 1; at < step; at++) values[at] = way((at - from) / (step - from));
    values[step] = value;
  });
  return values;
}
