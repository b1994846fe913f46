/** Links of scenes: relative to the app, so that they hold under every host and path. */

const PATIENCE = 4000; // milliseconds; only the server can write the link of what was just changed
const ALONE = {
  // page -> the field that alone says its default scene
  surfaces: ({ spec }) => ["surface", spec.surface],
  network: ({ spec }) => ["dataset", spec.dataset],
  lesson: ({ at }) => ["scene", at],
};
const LOOPBACK = /^(localhost|.*\.localhost|127(\.\d+){3}|0\.0\.0\.0|\[::1?\])$/; // nobody else gets here by these
const LEGIBLE = { "%2C": ",", "%3A": ":", "%2F": "/" }; // as links may have them: shorter, so the QR code is coarser

/** The folder that the app's pages are in, as an address that ends in a slash. */
export const home = (stage) => new URL("../../", stage.base).href;

/**
 * The link of the scene on the stage: "?surface=…", "network?dataset=…". Without a language: whoever opens it adds one.
 * Null if the server, which writes links, is away.
 */
export async function sceneLink(stage) {
  if (!(await settled(stage))) return null;
  const { page, query } = stage.host.place();
  if (!query.size && page in ALONE) query.set(...ALONE[page](stage)); // a page without a query means: what I had there last
  return `${page === "surfaces" ? "" : page}?${legible(query)}`;
}

/** Where the host shows the scene of such a link, in a language, relative to the app's folder. */
export function speaking(stage, relative) {
  const [page, search] = relative.split("?");
  const query = new URLSearchParams(search);
  query.set("lang", stage.lang);
  return stage.host.path(page || "surfaces", legible(query));
}

/** The link for others, as it is everywhere handed out: {link, null while the server can't tell; place, see `whereabouts`}. */
export async function sharedLink(stage) {
  const [relative, place] = await Promise.all([sceneLink(stage), whereabouts(stage)]);
  return { place, link: relative === null ? null : (place?.address ?? home(stage)) + speaking(stage, relative) };
}

/**
 * Where others find the app: {everywhere (whether the server lets them in), address (null for none), guessed}: as this page
 * was opened, or else as the server knows. Null if that doesn't answer.
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

const legible = (query) => String(query).replace(/%2C|%3A|%2F/g, (code) => LEGIBLE[code]);

/** Whether the server has all changes; false if it hasn't after a while. */
export async function settled(stage) {
  let timer = 0;
  const late = new Promise((resolve) => {
    timer = setTimeout(resolve, PATIENCE, false);
  });
  const done = await Promise.race([stage.commits.settled().then(() => true), late]);
  clearTimeout(timer);
  return done;
}
