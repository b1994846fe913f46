/** What is wrong with a value that was given: it goes as soon as anything has been changed, by whatever way. */
import { el, put } from "../base/dom.js";

/** {element, complain(message, or null for none), sync()}. */
export function createComplaint(stage) {
  const element = el("p", { class: "complaint", role: "alert", hidden: true });
  let spec = null; // when it was said
  const complain = (message) => {
    spec = stage.spec;
    put(element, "text", message ?? "");
    put(element, "hidden", message === null);
  };
  const sync = () => spec !== stage.spec && complain(null);
  return { element, complain, sync };
}
