/** The lesson's scenes: which one is told, and how to get to another. */

/** The spec of the scene as it is told. */
export function own(stage) {
  const spec = structuredClone(stage.tables.lesson[stage.at].scene);
  for (const name of stage.kind.looks) delete spec[name];
  return spec;
}

/** The names of all scenes, in their order. */
export const names = (stage) => Object.keys(stage.tables.lesson);

/** The JSON of a scene as it is told. */
export const told = (stage, at) => ({ ...stage.tables.lesson[at].scene, at });

/** Whether the stage shows the scene as it is told. */
export const isOwn = (stage) => stage.kind.fingerprint(stage.spec, true) === stage.kind.fingerprint(own(stage), true);

/** Turns over to the next scene (by 1) or the one before (by -1); from the last one nowhere. */
export function go(stage, by) {
  const all = names(stage);
  const to = all[all.indexOf(stage.next?.at ?? stage.at) + by];
  if (to) turn(stage, told(stage, to));
}

/** Shows another scene as soon as what it needs is there; of several asked for, the last. */
export async function turn(stage, scene) {
  stage.next = scene;
  try {
    await stage.prepare(scene);
  } catch {
    stage.notice.show("notice.no_data", true);
    stage.next = null;
    return;
  }
  if (stage.next !== scene || stage.gone) return;
  stage.next = null;
  stage.adopt(structuredClone(scene));
  stage.commits.schedule();
}

/** {page, query}: where what is shown is to be found on the page of its kind. The address must hold what was changed last. */
export function addressOf(stage) {
  const { query } = stage.host.place();
  if (stage.kind.lesson) query.delete("scene");
  const told = stage.kind.lesson && !query.size;
  return { page: stage.kind.name, query: told ? stage.tables.lesson[stage.at].query : String(query) };
}

/**
 * What was asked at the scene told and what came of it: {at, guess (a lane, or -1), answer, open}. `answer`, once it is
 * known, {best (a lane, or -1), told (by the run that the lesson tells of), label}: it is of the run that was seen then,
 * whatever is tried later. `open`: the outcome of what is to be tried is told. Another language changes none of it.
 */
export function askingOf(stage) {
  if (stage.asking?.at !== stage.at) stage.asking = { at: stage.at, guess: -1, answer: null, open: false };
  return stage.asking;
}

/** Scrolls the lecture, not the page, as far as it takes to see one of its parts. */
export function bringIntoSight(element) {
  const room = element.closest(".asking");
  const hidden = element.getBoundingClientRect().bottom - room.getBoundingClientRect().bottom;
  if (room.scrollHeight > room.clientHeight && hidden > 0) room.scrollBy({ top: hidden + 8, behavior: "smooth" });
}
