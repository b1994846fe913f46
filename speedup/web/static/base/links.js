/** Links of scenes: relative to the app, so that they hold under every host and path. */
import { inPlayer } from "./address.js";

const PATIENCE = 4000; // milliseconds; only the server can write the link of what was just changed
/** @type {Record<string, (view: View<any>) => [string, string]>} page -> the field that alone says its default scene */
const ALONE = {
  surfaces: ({ spec }) => ["surface", spec.surface],
  network: ({ spec }) => ["dataset", spec.dataset],
  lesson: ({ at }) => ["scene", at],
};
const LOOPBACK = /^(localhost|.*\.localhost|127(\.\d+){3}|0\.0\.0\.0|\[::1?\])$/; // nobody else gets here by these
/** @type {Record<string, string>} */
const LEGIBLE = { "%2C": ",", "%3A": ":", "%2F": "/" }; // as links may have them: shorter, so the QR code is coarser

/**
 * Gives the folder that the app's pages are in, as an address that ends in a slash.
 *
 * @param {View} stage
 */
export const home = (stage) => new URL("../../", stage.base).href;

/**
 * The link of the scene on the stage: "?surface=…", "network?dataset=…". Without a language: whoever opens it adds one.
 * Null if the server, which writes links, is away.
 *
 * @param {View} stage
 */
export async function sceneLink(stage) {
  if (!(await settled(stage))) return null;
  const { page, query } = stage.host.place();
  if (!query.size && page in ALONE) query.set(...ALONE[page](stage)); // a page without a query means: what I had there last
  return `${page === "surfaces" ? "" : page}?${legible(query)}`;
}

/**
 * Tells where the app shows a scene, relative to its folder.
 *
 * @param {string} page
 * @param {string} query
 */
export const inApp = (page, query) => `${page === "surfaces" ? "" : page}${query && "?"}${query}`;

/**
 * Tells where the scene of a link that `sceneLink` gave is shown, in a language: by the host, unless another `path` is given.
 *
 * @param {View} stage
 * @param {string} relative
 */
export function speaking(stage, relative, path = stage.host.path) {
  const [page, search] = relative.split("?");
  const query = new URLSearchParams(search);
  query.set("lang", stage.lang);
  return path(page || "surfaces", legible(query));
}

/**
 * Gives the link for others, as it is everywhere handed out: {link, null while the server can't tell; place, see
 * `whereabouts`}. It opens the player, which is there at once on any phone.
 *
 * @param {View} stage
 */
export async function sharedLink(stage) {
  const [relative, place] = await Promise.all([sceneLink(stage), whereabouts(stage)]);
  return { place, link: relative === null ? null : (place?.address ?? home(stage)) + speaking(stage, relative, inPlayer) };
}

/**
 * Where others find the app: {everywhere (whether the server lets them in), address (null for none), guessed}: as this page
 * was opened, or else as the server knows. Null if that doesn't answer.
 *
 * @param {View} stage
 * @returns {Promise<{everywhere: boolean, address: string | null, guessed?: boolean} | null>}
 */
async function whereabouts(stage) {
  if (!LOOPBACK.test(location.hostname)) return { everywhere: true, address: home(stage) };
  try {
    const { everywhere, address } = await (await fetch(`${stage.api}address`, { cache: "no-store" })).json();
    return { everywhere, address: address && `${address}/`, guessed: true };
  } catch {
    return null;
  }
}

/** @param {URLSearchParams} query */
const legible = (query) => String(query).replace(/%2C|%3A|%2F/g, (code) => LEGIBLE[code]);

/**
 * Tells whether the server has all changes; false if it hasn't after a while.
 *
 * @param {View} stage
 * @returns {Promise<boolean>}
 */
export async function settled(stage) {
  let timer = 0;
  const late = /** @type {Promise<boolean>} */ (
    new Promise((resolve) => {
      timer = setTimeout(resolve, PATIENCE, false);
    })
  );
  const done = await Promise.race([stage.commits.settled().then(() => true), late]);
  clearTimeout(timer);
  return done;
}
