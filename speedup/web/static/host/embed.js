/** The player as a part of another page, in an iframe: what it tells that page, see docs/embed.md. */
import { fields, inPlayer } from "../base/address.js";
import { put } from "../base/dom.js";

const KEYS = ["PageUp", "PageDown"]; // of a presenter's remote control, too: they turn the slides around the iframe
const WRITTEN = "textarea, select, [contenteditable], dialog";

/** @param {{type: "speedup:ready"} | {type: "speedup:error", message: string} | {type: "speedup:key", key: string}} message */
const tell = (message) => parent.postMessage(message, "*"); // nothing in it is a secret

/** Whether it is one. */
export const embedded = () => fields().get("embed") === "1";

/**
 * Tells where the player shows a scene: a part of another page goes on being one.
 *
 * @param {string} page
 * @param {string} query
 */
export const path = (page, query) => inPlayer(page, [embedded() && "embed=1", query].filter(Boolean).join("&"));

/** Takes the bar away, which a file has anyway: its server is not asked. */
export function strip() {
  document.querySelector("header")?.remove();
  put(document.body, "data-embed", true);
}

/**
 * Tells the page around when a stage is drawn for the first time, or why it can't be, and hands keys on.
 *
 * @param {HTMLElement} main  what the stage is put into
 */
export function embed(main) {
  const watch = new MutationObserver(() => {
    const stage = /** @type {HTMLElement | null} */ (main.querySelector("[data-testid=stage]"));
    if (stage?.dataset.run) {
      watch.disconnect();
      tell({ type: "speedup:ready" });
    } else if (stage?.dataset.state === "failed") tell({ type: "speedup:error", message: stage.textContent ?? "" });
  });
  watch.observe(main, { subtree: true, attributeFilter: ["data-run", "data-state"] });
  addEventListener("keydown", hand, { capture: true });
}

/**
 * Tells what is wrong with the link.
 *
 * @param {string[]} problems
 */
export function tellProblems(problems) {
  for (const message of problems) tell({ type: "speedup:error", message });
}

/**
 * Hands a key on, unless somebody writes or a dialog is open.
 *
 * @param {KeyboardEvent} event
 */
function hand(event) {
  const { key, target } = event;
  const others = event.ctrlKey || event.metaKey || event.altKey || event.shiftKey;
  if (!KEYS.includes(key) || others || (target instanceof Element && target.closest(WRITTEN))) return;
  event.preventDefault();
  event.stopPropagation();
  if (event.repeat) return;
  tell({ type: "speedup:key", key });
  parent.focus(); // the slide of this iframe is left: else the keyboard would stay with it, unseen
}
