/** What the stage is on the lesson page: a stage of either kind, and the lecture beside it. */
import { createLecture } from "./lecture.js";
import { network } from "./network.js";
import { surfaces } from "./surfaces.js";
import { go, own } from "./telling.js";

const KINDS = { surfaces, network };
const TOLD = { surfaces: tell(surfaces), network: tell(network) };

/** What the stage is on a page ("surfaces", "network" or "lesson") that shows a scene. */
export function kindOf(page, scene) {
  return page === "lesson" ? TOLD["dataset" in scene ? "network" : "surfaces"] : KINDS[page];
}

/** A kind as the lesson shows it. */
function tell(kind) {
  return {
    ...kind,
    lesson: true,
    waits: true, // for a guess who wins
    styles: [...kind.styles, "pictures", "pictures_motion", "lesson"],
    looks: [...kind.looks, "at"],
    parts: [createLecture, ...kind.parts],
    defaults: own,
    keys: (stage) => ({
      ...kind.keys(stage),
      ArrowLeft: () => go(stage, -1), PageUp: () => go(stage, -1),
      ArrowRight: () => go(stage, 1), PageDown: () => go(stage, 1),
    }),
  };
}
