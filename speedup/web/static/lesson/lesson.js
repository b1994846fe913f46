/** What the stage is on the lesson page: a stage of either kind, and the lecture beside it. */
import { evenStep } from "../model/net.js";
import { network } from "../network/network.js";
import { surfaces } from "../race/surfaces.js";
import { go, own } from "./lesson_nav.js";

const KINDS = { surfaces, network };
const TOLD = {
  surfaces: tell(surfaces),
  network: tell({
    ...network,
    lastOf: (stage, index) => (stage.axis === "samples" ? evenStep(stage.run, index) : stage.run.spec.steps),
  }),
};

/** What the stage is on a page ("surfaces", "network" or "lesson") that shows a scene. */
export function kindOf(page, scene) {
  return page === "lesson" ? TOLD["dataset" in scene ? "network" : "surfaces"] : KINDS[page];
}

let lecture = null; // the module; loaded with the first scene

/** A kind as the lesson shows it. */
function tell(kind) {
  return {
    ...kind,
    async ready(stage, scene) {
      [lecture] = await Promise.all([import("./lecture.js"), kind.ready(stage, scene)]);
    },
    lesson: true,
    waits: true, // for a guess who wins
    styles: [...kind.styles, "lesson/pictures", "lesson/pictures_motion", "lesson/lesson"],
    looks: [...kind.looks, "at"],
    parts: [(stage) => lecture.createLecture(stage), ...kind.parts],
    defaults: own,
    keys: (stage) => ({
      ...kind.keys(stage),
      ArrowLeft: () => go(stage, -1),
      PageUp: () => go(stage, -1),
      ArrowRight: () => go(stage, 1),
      PageDown: () => go(stage, 1),
    }),
  };
}
