/** The lesson's scenes: which one is told, and how to get to another. */

/**
 * Gives the spec of the scene as it is told.
 *
 * @param {LessonView} view
 */
export function own(view) {
  const spec = structuredClone(view.tables.lesson[view.at].scene);
  for (const name of view.kind.looks) delete spec[name];
  return /** @type {Spec} */ (spec);
}

/**
 * Gives the names of all scenes, in their order.
 *
 * @param {LessonView} view
 */
export const names = (view) => Object.keys(view.tables.lesson);

/**
 * Gives a scene as it is told.
 *
 * @param {LessonView} view
 * @param {string} at  its name
 * @returns {Scene}
 */
export const told = (view, at) => ({ ...view.tables.lesson[at].scene, at });

/**
 * Tells whether the stage shows the scene as it is told.
 *
 * @param {LessonView} view
 */
export const isOwn = (view) => view.kind.fingerprint(view.spec, true) === view.kind.fingerprint(own(view), true);

/**
 * Goes to the next scene (by 1) or the one before (by -1); from the last one nowhere.
 *
 * @param {LessonView} view
 * @param {1 | -1} by
 */
export function go(view, by) {
  const all = names(view);
  const to = all[all.indexOf(view.shared.telling.next?.at ?? view.at) + by];
  if (to) open(view, told(view, to));
}

/**
 * Shows another scene as soon as what it needs is there; of several asked for, the last.
 *
 * @param {LessonView} view
 * @param {Scene} scene
 */
export async function open(view, scene) {
  const { telling } = view.shared;
  telling.next = scene;
  try {
    await view.prepare(scene);
  } catch {
    view.notice.show("notice.no_data", true);
    telling.next = null;
    return;
  }
  if (telling.next !== scene || view.gone) return;
  telling.next = null;
  view.adopt(structuredClone(scene));
  view.commits.schedule();
}

/**
 * Says where what is shown is to be found on the page of its kind. The address must hold what was changed last.
 *
 * @param {View} view
 */
export function addressOf(view) {
  const { query } = view.host.place();
  if (view.kind.lesson) query.delete("scene");
  const told = view.kind.lesson && !query.size;
  return { page: view.kind.name, query: told ? view.tables.lesson[view.at].query : String(query) };
}

/**
 * Scrolls the lecture, not the page, as far as it takes to see one of its parts.
 *
 * @param {Element} element
 */
export function bringIntoSight(element) {
  const room = element.closest(".asking");
  if (!room) return;
  const hidden = element.getBoundingClientRect().bottom - room.getBoundingClientRect().bottom;
  if (room.scrollHeight > room.clientHeight && hidden > 0) room.scrollBy({ top: hidden + 8, behavior: "smooth" });
}
