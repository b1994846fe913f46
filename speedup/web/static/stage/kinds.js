/** The kinds of stages: what one is about on a page. Another kind is registered here. */
import { told } from "../lesson/lesson.js";
import { evenStep } from "../model/net.js";
import { network } from "../network/network.js";
import { surfaces } from "../race/surfaces.js";

/** @type {Kind[]} */
const KINDS = [surfaces, network];
const toldNetwork = told({
  ...network,
  lastOf: (/** @type {TrainView} */ { axis, run }, lane) => (axis === "samples" ? evenStep(run, lane) : run.spec.steps),
});
/** @type {Map<Kind, Kind>} */
const TOLD = new Map().set(surfaces, told(surfaces)).set(network, toldNetwork);

/**
 * Tells which kind shows a scene on a page.
 *
 * @param {PageName} page
 * @param {Scene} scene
 * @returns {Kind}
 */
export function kindOf(page, scene) {
  const kind = KINDS.find((one) => one.shows(scene)) ?? KINDS[0];
  return page === "lesson" ? (TOLD.get(kind) ?? kind) : kind;
}
