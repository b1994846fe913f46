/** The button that copies the link of the scene. */
import { button, icon, put } from "../base/dom.js";
import { sharedLink } from "../base/links.js";

const CHAIN = "M10 14a5 5 0 0 0 7 0l3-3a5 5 0 0 0-7-7l-1.5 1.5M14 10a5 5 0 0 0-7 0l-3 3a5 5 0 0 0 7 7l1.5-1.5";
const DONE = "M5 12.5l4.5 4.5L19 7.5";
const SHOWN = 1600; // milliseconds for which it says that it has

/**
 * Makes {element, destroy()}.
 *
 * @param {View} view
 */
export function createShare(view) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  const faces = { copy_link: icon(CHAIN), copied: icon(DONE) };
  const show = (/** @type {keyof typeof faces} */ key) => {
    element.replaceChildren(faces[key]);
    for (const name of ["title", "aria-label"]) put(element, name, view.words(`stage.${key}`));
  };
  const onclick = async () => {
    const { link } = await sharedLink(view);
    if (link === null) {
      view.notice.show("share.away", true);
      return;
    }
    await copy(link);
    show("copied");
    clearTimeout(timer);
    timer = setTimeout(() => show("copy_link"), SHOWN);
  };
  const element = button({ class: "round", onclick });
  show("copy_link");
  return { element, destroy: () => clearTimeout(timer) };
}

/**
 * Copies a text. Over plain HTTP, as in a classroom, a browser has no clipboard but for what is selected: in a field that
 * holds the text, which a dialog must bring along, for it locks the rest of the page.
 *
 * @param {string} text
 * @param {HTMLTextAreaElement | HTMLInputElement | null} field
 */
export async function copy(text, field = null) {
  if (navigator.clipboard) return navigator.clipboard.writeText(text).catch(() => select(text, field));
  return select(text, field);
}

/** @param {string} text @param {HTMLTextAreaElement | HTMLInputElement | null} own */
function select(text, own) {
  const field = own ?? Object.assign(document.createElement("textarea"), { value: text });
  if (!own) document.body.append(field);
  field.select();
  document.execCommand("copy");
  if (!own) field.remove();
}
