/** The player's way to the same scene in the whole app, with its words, tables and settings. */
import { put } from "../base/dom.js";
import { inApp } from "../base/links.js";
import { carried } from "../stage/projector.js";

/**
 * Writes where the link leads to, in the language; a part of another page has none.
 *
 * @param {URL} home  the app's folder
 * @param {{page: PageName, query: string, lang: string}} now
 * @param {Words} words
 */
export function leadToApp(home, { page, query, lang }, words) {
  const link = document.querySelector("[data-app]");
  if (!link) return;
  put(link, "href", carried(new URL(inApp(page, [query, `lang=${lang}`].filter(Boolean).join("&")), home)));
  for (const name of ["title", "aria-label"]) put(link, name, words("page.whole_app"));
}
