/** Why it was so: said once the question is answered, with the instrument that shows it under the map. */
import { button, el, put } from "../base/dom.js";

/**
 * Makes what is said of the scene that is told.
 *
 * @param {LessonView} view
 * @param {import("./lecture.js").Say} say
 */
export function createWhy(view, say) {
  const { why } = view.tables.lesson[view.at];
  const element = el("p", { class: "why", role: "status", hidden: true });
  if (!why) return { element, sync() {} };
  const asking = view.shared.telling.at(view.at);
  const onclick = () => view.set({ panel: view.panel === why ? "loss" : why });
  const show = button({ class: "link", onclick });
  element.append(el("h3", null, view.words("lesson.why_title")), say("why"), show);
  const sync = () => {
    put(element, "hidden", !asking.answer?.told);
    put(show, "text", view.words(view.panel === why ? "lesson.why_hide" : "lesson.why_show"));
    put(show, "aria-pressed", String(view.panel === why));
  };
  return { element, sync };
}
