/** The player's bar: the pages and the languages, and what is wrong with a link. */
import { el, put } from "../base/dom.js";

/**
 * Writes the bar's links and names, in the language.
 *
 * @param {{page: PageName, lang: string}} now
 * @param {(page: PageName, lang: string) => string} address  where the page shows its scene
 * @param {Words} words
 */
export function writeBar({ page, lang }, address, words) {
  for (const link of document.querySelectorAll("[data-page]")) {
    const name = /** @type {PageName} */ (link.getAttribute("data-page"));
    put(link, "text", words(`page.${name}`));
    put(link, "aria-current", name === page ? "page" : null);
    put(link, "href", address(name, lang));
  }
  for (const link of document.querySelectorAll("[data-lang]")) {
    const other = link.getAttribute("data-lang") ?? "";
    put(link, "aria-current", other === lang ? "true" : null);
    put(link, "href", address(page, other));
  }
  document.documentElement.lang = lang;
  document.title = `${words(`page.${page}`)} · speedup`;
}

/**
 * Says below the bar what is wrong with the link.
 *
 * @param {string[]} problems
 */
export function say(problems) {
  const box = /** @type {HTMLElement} */ (document.querySelector(".problems"));
  put(box, "hidden", !problems.length);
  box.replaceChildren(...problems.map((text) => el("p", null, text)));
}

/**
 * Gives the link of the bar that a click is to follow within the page, if it is one.
 *
 * @param {MouseEvent} event
 */
export function linkOf(event) {
  const link = event.target instanceof Element && event.target.closest("[data-page], [data-lang]");
  const elsewhere = event.ctrlKey || event.metaKey || event.shiftKey || event.button;
  return link instanceof HTMLAnchorElement && !elsewhere ? link : null;
}
