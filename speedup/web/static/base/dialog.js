/** A modal dialog with a title and a cross: Escape closes it, and so does a click beside it. */
import { button, el } from "./dom.js";

/** {element, toggle(), open(), close()}; `opened()` is called before it is shown. `name`: its class. */
export function createDialog(stage, { name, title, opened }, ...children) {
  const close = () => element.close();
  const cross = button({ class: "quiet close", "aria-label": stage.words("stage.close"), onclick: close }, "×");
  const page = el("div", null, el("h2", null, title), cross, children);
  const onclick = (event) => event.target === element && close();
  const element = el("dialog", { class: `dialog ${name}`, "aria-label": title, onclick }, page);
  const open = () => {
    if (!element.isConnected) stage.root.append(element);
    opened?.();
    element.showModal();
  };
  return { element, open, close, toggle: () => (element.open ? close() : open()) };
}
