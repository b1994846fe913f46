/** What all hosts share; a Host is what is around a stage: see types.d.ts. */
import { fields } from "../base/address.js";

const PAGE_WIDE = ["lang", "projector", "page", "embed"]; // fields of an address that are no part of its scene

/** Gives the scene's fields of the address that is open. */
export function fieldsOfScene() {
  const query = fields();
  for (const field of PAGE_WIDE) query.delete(field);
  return query;
}

/**
 * Gives the app's folder.
 *
 * @param {{base: string}} data
 */
export const homeOf = ({ base }) => new URL("../../", new URL(base, location.href));

/**
 * Tells whether the server of the app in a folder answers.
 *
 * @param {URL} home
 */
export const answers = (home) => fetch(new URL("_stcore/health", home), { cache: "no-store" }).then((response) => response.ok);
