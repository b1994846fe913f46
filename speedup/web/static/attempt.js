/** Something to try on the stage; what comes of it is said after a click. */
import { button, el, put } from "./dom.js";
import { bringIntoSight, isOwn } from "./telling.js";

/** {element, sync()}; `say(key)` gives the scene's words. */
export function createAttempt(stage, say) {
  const words = (key) => stage.words(`lesson.${key}`);
  const outcome = el("p", { class: "outcome", role: "status", hidden: true }, say("outcome"));
  const onclick = () => {
    put(outcome, "hidden", !outcome.hidden);
    put(tell, "aria-expanded", String(!outcome.hidden));
    if (outcome.hidden) return;
    bringIntoSight(outcome);
    if (stage.step === 0 && !isOwn(stage)) stage.clock.play(); // it was tried, but not yet looked at
  };
  const tell = button({ class: "link", "aria-expanded": "false", onclick }, words("outcome"));
  const element = el("section", { class: "attempt" }, el("p", null, el("h3", null, words("try_title")), say("try"), tell), outcome);
  return { element, sync() {} };
}
