/** The lesson page's kinds of stage: a race or a training, and the lecture beside it. */
import { evenStep } from "../model/net.js";
import { network } from "../network/network.js";
import { surfaces } from "../race/surfaces.js";
import { go, own } from "./lesson_nav.js";
import { Telling } from "./telling.js";

/** @typedef {Kind<Spec, Run, LessonShared>} LessonKind */

/** @type {Kind[]} */
const KINDS = [surfaces, network];
/** @type {Map<Kind, Kind>} */
const TOLD = new Map([
  [surfaces, told(surfaces)],
  [
    network,
    told({
      ...network,
      lastOf: (/** @type {TrainView} */ { axis, run }, lane) => (axis === "samples" ? evenStep(run, lane) : run.spec.steps),
    }),
  ],
]);

/**
 * Gives the kind of stage on a page that shows a scene.
 *
 * @param {string} page  "surfaces", "network" or "lesson"
 * @param {Scene} scene
 * @returns {Kind}
 */
export function kindOf(page, scene) {
  const kind = KINDS.find((one) => one.shows(scene)) ?? KINDS[0];
  return page === "lesson" ? (TOLD.get(kind) ?? kind) : kind;
}

/** @type {typeof import("./lecture.js")} */
let lecture; // loaded with the first scene

/**
 * Gives a kind as the lesson shows it.
 *
 * @param {Kind} kind
 * @returns {LessonKind}
 */
export function told(kind) {
  return {
    ...kind,
    share: (view) => ({ ...kind.share?.(view), telling: new Telling() }),
    async ready(view, scene) {
      [lecture] = await Promise.all([import("./lecture.js"), kind.ready(view, scene)]);
    },
    lesson: true,
    waits: true, // for a guess who wins
    styles: [...kind.styles, "lesson/pictures", "lesson/pictures_motion", "lesson/lesson"],
    looks: [...kind.looks, "at"],
    parts: [(view) => lecture.createLecture(view), ...kind.parts],
    defaults: own,
    keys: (view) => ({
      ...kind.keys(view),
      ArrowLeft: () => go(view, -1),
      PageUp: () => go(view, -1),
      ArrowRight: () => go(view, 1),
      PageDown: () => go(view, 1),
    }),
  };
}
