import { enter } from "./history.js";
import { carried } from "../stage/projector.js";

/**
 * Opens a link of the app in this page: Streamlit takes it for Back or Forward, and loads nothing anew. A projector stays on.
 *
 * @param {string} link
 */
export function visit(link) {
  enter(carried(link));
  dispatchEvent(new PopStateEvent("popstate", { state: {} }));
}
