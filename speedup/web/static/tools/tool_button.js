/** A button of the bar at the top of the page: a picture, and its name where there is room for it. */
import { button, el, icon } from "../base/dom.js";

/**
 * Makes a button of the bar. `key`, if it has one, is in the tooltip.
 *
 * @param {{path: string, name: string, key?: string, onclick: () => void}} how
 */
export function createToolButton({ path, name, key, onclick }) {
  const title = key ? `${name} (${key})` : name;
  return button(
    { class: "round tool", title, "aria-label": name, onclick },
    icon(path),
    el("span", { class: "tool-name" }, name),
  );
}
