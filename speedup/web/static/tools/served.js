/** What the server makes of a scene. */
import { sharedLink } from "../base/links.js";
import { addressOf } from "../lesson/lesson_nav.js";

const PATIENCE = 3000; // milliseconds for the address to follow; a picture then goes without

const named = (/** @type {string} */ name, /** @type {string} */ message) => Object.assign(new Error(message), { name });

/**
 * Waits until the address is the scene's; rejects if that can't be, after a while or by the `signal`.
 *
 * @param {View} stage
 * @param {AbortSignal} signal
 * @returns {Promise<void>}
 */
function settled(stage, signal) {
  return new Promise((resolve, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason));
    setTimeout(() => reject(named("NoServer", "")), PATIENCE);
    stage.commits.settled().then(resolve);
  });
}

/**
 * Gives the scene's address; empty while it can't follow the scene, and where there is none.
 *
 * @param {View} stage
 */
export async function linkOf(stage) {
  return (stage.host.offline ? null : (await sharedLink(stage)).link) ?? "";
}

/**
 * Has the server make a file of the scene.
 *
 * @param {View} stage
 * @param {{signal: AbortSignal}} work
 * @param {"python" | "page"} route
 * @param {Record<string, string>} more
 */
export async function served(stage, { signal }, route, more) {
  await settled(stage, signal);
  const { page, query } = route === "page" && stage.kind.lesson ? { page: "lesson", query: lessonOf(stage) } : addressOf(stage);
  const asked = new URLSearchParams({ page, ...more });
  for (const [name, value] of new URLSearchParams(query)) asked.append(name, value);
  const response = await fetch(`${stage.api}${route}?${asked}`, { signal }).catch((error) => {
    throw signal.aborted ? error : named("NoServer", "");
  });
  if (response.ok) return response.blob();
  const answer = await response.json().catch(() => ({}));
  throw named("Refused", answer.error ?? `${response.status}`);
}

/**
 * Gives the query of what the lesson shows.
 *
 * @param {View} stage
 */
function lessonOf(stage) {
  const { query } = stage.host.place();
  if (!query.has("scene")) query.set("scene", stage.at); // a bare address
  return String(query);
}
