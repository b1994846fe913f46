/** A modal dialog with a title and a cross: Escape closes it, and so does a click beside it. */
import { button, el } from "./dom.js";

/**
 * Makes {element, toggle(), open(), close()}; `opened()` is called before it is shown. `name`: its class.
 *
 * @param {View} view
 * @param {{name: string, title: string, opened?: () => void}} how
 * @param {...(Node | string)} children
 */
export function createDialog(view, { name, title, opened }, ...children) {
  const close = () => element.close();
  const cross = button({ class: "quiet close", "aria-label": view.words("stage.close"), onclick: close }, "×");
  const page = el("div", null, el("h2", null, title), cross, children);
  const onclick = (/** @type {Event} */ event) => event.target === element && close();
  const element = el("dialog", { class: `dialog ${name}`, "aria-label": title, onclick }, page);
  const open = () => {
    if (!element.isConnected) view.root.append(element);
    opened?.();
    element.showModal();
  };
  return { element, open, close, toggle: () => (element.open ? close() : open()) };
}
