/** What a kind of stage is on the lesson page: what it is elsewhere, and the lecture beside it. */
import { go, own } from "./lesson_nav.js";
import { Telling } from "./telling.js";

/** @typedef {Kind<Spec, Run, LessonShared>} LessonKind */

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
    looks: [...kind.looks.filter((name) => name !== "panel"), "at"], // what instruments show would answer the question
    parts: [(view) => lecture.createLecture(view), ...kind.parts],
    defaults: own,
    keys: (view) => ({
      ...keysOf(kind, view),
      ArrowLeft: () => go(view, -1),
      PageUp: () => go(view, -1),
      ArrowRight: () => go(view, 1),
      PageDown: () => go(view, 1),
    }),
  };
}

/**
 * Gives the keys of a kind; its instruments wait until the question is answered.
 *
 * @param {Kind} kind
 * @param {LessonView} view
 */
function keysOf(kind, view) {
  const { i, ...keys } = kind.keys(view);
  return i ? { ...keys, i: () => view.veiled || i() } : keys;
}
