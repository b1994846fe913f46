/** Hands a file to the one who reads the page. */
import { el } from "./dom.js";

const SOON = 60_000; // milliseconds until the browser has surely taken it

/**
 * Saves a Blob under a name.
 *
 * @param {Blob} blob
 * @param {string} name
 */
export function save(blob, name) {
  const href = URL.createObjectURL(blob);
  const link = el("a", { href, download: name });
  document.body.append(link); // Firefox follows no link outside the page
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(href), SOON);
}
