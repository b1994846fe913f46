/** The page's own address. Its fields stand behind "?"; a page that is one file has no query of its own, there they stand behind "#". */

/** Whether the page is one file, with all that it needs inside: see host/held.html. */
export const isFile = "held" in globalThis;

const PART = isFile ? "hash" : "search";

/** Gives the fields, as text that begins with their mark. */
export const search = () => location[PART];

/** Gives the fields. */
export const fields = () => new URLSearchParams(search().slice(1));

/**
 * Gives a link of the app, relative to its server, with a field set, or without it.
 *
 * @param {string | URL} link
 * @param {string} field
 * @param {string | null} value
 */
export function withField(link, field, value) {
  const url = new URL(link, location.href);
  const pairs = url[PART].slice(1).split("&");
  const others = pairs.filter((pair) => pair && !pair.startsWith(`${field}=`));
  url[PART] = (value === null ? others : [...others, `${field}=${value}`]).join("&");
  return isFile ? url.hash : url.pathname + url.search + url.hash;
}

/**
 * Tells where the player shows a scene, relative to the app's folder.
 *
 * @param {string} page
 * @param {string} query
 */
export const inPlayer = (page, query) => `${isFile ? "#" : "play?"}page=${page}${query && "&"}${query}`;
