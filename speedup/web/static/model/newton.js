/** Newton's step: to where the loss would be lowest, were it as it is curved here. */
import { fields } from "./records.js";

/**
 * Computes -H⁻¹ g at a point of a surface, without noise; null where the Hessian is not positive definite: there is no lowest point then.
 *
 * @param {Kernels} kernels
 * @param {Pick<RaceSpec, "surface" | "params">} spec
 * @param {Point} point
 * @returns {Point | null}
 */
export function newtonStep(kernels, { surface, params }, [x, y]) {
  const { surfaces, records } = kernels.tables;
  const bends = new Float64Array(records.bend.length);
  kernels.call("bends", [bends, Float64Array.of(x, y, 0), kernels.record(surface, params), 0, surfaces[surface].index], [0]);
  const { dx, dy, dxx, dxy, dyy } = fields(records.bend, bends);
  const determinant = dxx * dyy - dxy * dxy;
  if (!(dxx > 0 && determinant > 0)) return null;
  return [(dxy * dy - dyy * dx) / determinant, (dxy * dx - dxx * dy) / determinant];
}
