/** The button that copies the link of the scene. */
import { button, icon, put } from "../base/dom.js";
import { sharedLink } from "../base/links.js";

const CHAIN = "M10 14a5 5 0 0 0 7 0l3-3a5 5 0 0 0-7-7l-1.5 1.5M14 10a5 5 0 0 0-7 0l-3 3a5 5 0 0 0 7 7l1.5-1.5";
const DONE = "M5 12.5l4.5 4.5L19 7.5";
const SHOWN = 1600; // milliseconds for which it says that it has

export function createShare(stage) {
  let timer = 0;
  const faces = { link: icon(CHAIN), done: icon(DONE) };
  const show = (face, key) => {
    element.replaceChildren(faces[face]);
    for (const name of ["title", "aria-label"]) put(element, name, stage.words(`stage.${key}`));
  };
  const onclick = async () => {
    const { link } = await sharedLink(stage);
    if (link === null) {
      stage.notice.show("share.away", true);
      return;
    }
    await copy(link);
    show("done", "copied");
    clearTimeout(timer);
    timer = setTimeout(() => show("link", "copy_link"), SHOWN);
  };
  const element = button({ class: "round", onclick });
  show("link", "copy_link");
  return { element, destroy: () => clearTimeout(timer) };
}

/**
 * Over plain HTTP, as in a classroom, a browser has no clipboard but for what is selected: in a field that holds the
 * text, which a dialog must bring along, for it locks the rest of the page.
 */
export async function copy(text, field = null) {
  if (navigator.clipboard) return navigator.clipboard.writeText(text).catch(() => select(text, field));
  return select(text, field);
}

function select(text, own) {
  const field = own ?? Object.assign(document.createElement("textarea"), { value: text });
  if (!own) document.body.append(field);
  field.select();
  document.execCommand("copy");
  if (!own) field.remove();
}
