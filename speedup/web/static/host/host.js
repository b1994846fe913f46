/** What all hosts share; a Host is what is around a stage: see types.d.ts. */

const PAGE_WIDE = ["lang", "projector", "page", "embed"]; // fields of an address that are no part of its scene

/** Gives the scene's fields of the address that is open. */
export function fieldsOfScene() {
  const query = new URLSearchParams(location.search);
  for (const field of PAGE_WIDE) query.delete(field);
  return query;
}

/**
 * Tells whether the server of the app in a folder answers.
 *
 * @param {URL} home
 */
export const answers = (home) => fetch(new URL("_stcore/health", home), { cache: "no-store" }).then((response) => response.ok);
