/** The scene for others: its link, and as a QR code that a phone opens it by. */
import { createDialog } from "../base/dialog.js";
import { button, el, put } from "../base/dom.js";
import { sharedLink } from "../base/links.js";
import { copy } from "../panel/copy_button.js";

const COMMAND = "HOST=0.0.0.0 make run";
const SHOWN = 1600; // milliseconds for which the button says that it has copied

/**
 * @typedef {object} Found  what can be shown
 * @property {Under<"stage.share">} said
 * @property {string} [link]
 * @property {string} [qr]  the code's SVG
 * @property {boolean} [warning]
 */

/**
 * Makes the tool: {open(), destroy()}.
 *
 * @param {View} stage
 */
export function create(stage) {
  const words = (/** @type {Under<"stage.share">} */ key) => stage.words(`stage.share.${key}`);
  const field = el("textarea", {
    class: "field",
    rows: 3,
    readonly: true,
    "aria-label": words("link"),
    onfocus: () => field.select(),
  });
  const copier = createCopier(stage, field);
  const code = el("img", { class: "qr", alt: words("code") });
  const paper = el("div", { class: "qr-sheet" }, code);
  const said = el("p", { class: "said", role: "status" });
  const row = el("div", { class: "share-link" }, field, copier.element);
  const show = (/** @type {Found} */ found) => {
    const plain = !found.qr && found.said !== "looking"; // then its room is kept
    put(paper, "hidden", plain);
    put(parts, "data-plain", plain);
    put(code, "hidden", !found.qr);
    put(row, "hidden", !found.link);
    put(said, "data-warning", Boolean(found.warning));
    said.replaceChildren(...sentence(words(found.said)));
    field.value = found.link ?? "";
    if (found.qr) draw(code, paper, found.qr);
  };
  let asked = 0;
  const opened = async () => {
    asked += 1;
    const now = asked;
    show({ said: "looking" });
    const found = await find(stage);
    if (now === asked && dialog.element.open) show(found);
  };
  const text = el("div", { class: "share-text" }, said, row);
  const parts = el("div", { class: "share-parts" }, paper, text);
  const dialog = createDialog(stage, { name: "share", title: words("title"), opened }, parts);
  const destroy = () => {
    copier.destroy();
    dialog.element.remove();
  };
  return { open: dialog.open, destroy };
}

/**
 * Finds the link and its code, as far as there is any of it.
 *
 * @param {View} stage
 * @returns {Promise<Found>}
 */
async function find(stage) {
  const { link, place } = await sharedLink(stage);
  if (link === null) return { said: "away", warning: true };
  if (!place) return { link, said: "away", warning: true };
  if (!place.address) return { link, said: place.everywhere ? "offline" : "alone", warning: true };
  const answer = await fetch(`${stage.api}qr?link=${encodeURIComponent(link)}`).catch(() => null);
  if (answer?.ok) return { link, qr: await answer.text(), said: place.guessed ? "scan_near" : "scan" };
  return { link, said: answer?.status === 400 ? "too_long" : "away", warning: true };
}

/**
 * Draws a code, each module with a whole number of the screen's dots: sharp, and as large as there is room.
 *
 * @param {HTMLImageElement} code
 * @param {HTMLElement} paper
 * @param {string} svg
 */
async function draw(code, paper, svg) {
  code.src = `data:image/svg+xml,${encodeURIComponent(svg)}`;
  await code.decode();
  const modules = code.naturalWidth;
  const dots = devicePixelRatio || 1;
  const each = Math.max(1, Math.floor((paper.clientWidth * dots) / modules)) / dots;
  code.style.width = `${each * modules}px`;
}

/**
 * Gives a text whose {command} is shown as one.
 *
 * @param {string} text
 */
function sentence(text) {
  const [before, after] = text.split("{command}");
  return after === undefined ? [before] : [before, el("code", null, COMMAND), after];
}

/**
 * @param {View} stage
 * @param {HTMLTextAreaElement} field
 */
function createCopier(stage, field) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  const say = (/** @type {"copied" | "copy_link"} */ key) => put(element, "text", stage.words(`stage.${key}`));
  const onclick = async () => {
    await copy(field.value, field);
    say("copied");
    clearTimeout(timer);
    timer = setTimeout(say, SHOWN, "copy_link");
  };
  const element = button({ class: "outlined", autofocus: true, onclick });
  say("copy_link");
  return { element, destroy: () => clearTimeout(timer) };
}
