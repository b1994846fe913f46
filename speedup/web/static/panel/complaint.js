/** What is wrong with a value that was given: it goes as soon as anything has been changed, by whatever way. */
import { el, put } from "../base/dom.js";

/** @typedef {(message: string | null) => void} Complain  null takes back what was said */

/**
 * Makes {element, complain(message), sync()}.
 *
 * @param {View} view
 */
export function createComplaint(view) {
  const element = el("p", { class: "complaint", role: "alert", hidden: true });
  /** @type {Spec | null} */
  let spec = null; // when it was said
  /** @type {Complain} */
  const complain = (message) => {
    spec = view.spec;
    put(element, "text", message ?? "");
    put(element, "hidden", message === null);
  };
  const sync = () => {
    if (spec !== view.spec) complain(null);
  };
  return { element, complain, sync };
}
