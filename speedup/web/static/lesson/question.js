/** A question to guess at before the stage plays: which lane will it be? The answer is read off the run. */
import { button, el, put } from "../base/dom.js";
import { laneColour, laneLabel } from "../draw/format.js";
import { swatch } from "../draw/marks.js";
import { bringIntoSight, own } from "./lesson_nav.js";
import { RULES, winner } from "./rules.js";
import { createWhy } from "./why.js";

/**
 * Asks the question of the scene that is told.
 *
 * @param {LessonView} view
 * @param {import("./lecture.js").Say} say
 */
export function createQuestion(view, say) {
  const rule = RULES[view.tables.lesson[view.at].question];
  const asking = view.shared.telling.at(view.at);
  const choices = createChoices(view, say("question"), (index) => {
    asking.guess = index;
    asking.answer = null;
    view.clock.set({ t: 0 });
    view.clock.play();
    const behavior = view.reducedMotion ? "auto" : "smooth";
    view.root.querySelector(".map, .fit")?.scrollIntoView({ block: "nearest", behavior }); // on a phone
    view.refresh();
  });
  const verdict = el("p", { class: "verdict", role: "status" });
  const why = createWhy(view, say);
  const asked = el("p", null, el("h3", null, view.words("lesson.question_title")), say("question"));
  const element = el("section", { class: "question" }, asked, choices.element, verdict, why.element);
  // What is to come isn't shown before it is answered, by no instrument either.
  if (asking.answer) view.set({ veiled: false });
  else view.set({ veiled: true, panel: "loss" });
  const judge = () => {
    const { outcome, text } = verdictOf(view, asking, say);
    put(verdict, "text", text);
    put(element, "data-verdict", outcome);
  };
  const sync = () => {
    choices.sync(asking.guess);
    judge();
    why.sync();
  };
  const frame = (/** @type {number} */ t) => {
    const { run, clock } = view;
    if (asking.answer || t === 0 || (run.done ?? Infinity) < run.spec.steps) return;
    const best = winner(rule, view);
    if (t < (best < 0 ? run.spec.steps : rule.seen(view, best)) || (!clock.playing && t < run.spec.steps)) return;
    const told = view.kind.fingerprint(run.spec) === view.kind.fingerprint(own(view));
    asking.answer = { best, told, label: best < 0 ? "" : laneLabel(view, best) };
    view.set({ veiled: false });
    judge();
    why.sync();
    bringIntoSight(element);
  };
  return { element, sync, frame };
}

/**
 * Says whether the guess was right, and what is.
 *
 * @param {LessonView} view
 * @param {import("./telling.js").Asking} asking
 * @param {import("./lecture.js").Say} say
 */
function verdictOf({ words }, { guess, answer }, say) {
  if (!answer) return { outcome: null, text: guess < 0 ? words("lesson.guess") : "" };
  const outcome = guess < 0 || answer.best < 0 ? "none" : guess === answer.best ? "right" : "wrong";
  const judged = outcome === "none" ? "" : words(`lesson.${outcome}`);
  const who = answer.told ? say("reveal") : answer.best < 0 ? words("lesson.nobody") : `${answer.label}.`;
  return { outcome, text: `${judged} ${who}`.trim() };
}

/**
 * Makes a button for each lane, anew when lanes are called or coloured otherwise.
 *
 * @param {LessonView} view
 * @param {string} label  of the group
 * @param {(index: number) => void} choose
 */
function createChoices(view, label, choose) {
  const element = el("div", { class: "guesses", role: "group", "aria-label": label });
  let drawn = "";
  const build = () => {
    const made = view.spec.lanes.map(({ optimizer }, index) => {
      const mark = swatch(view.tables.optimizers[optimizer]);
      const one = button({ class: "guess", onclick: () => choose(index) }, mark, laneLabel(view, index));
      put(one, "--lane", laneColour(view, index));
      return one;
    });
    element.replaceChildren(...made);
  };
  const sync = (/** @type {number} */ guess) => {
    const now = view.spec.lanes.map((_, index) => laneLabel(view, index)).join() + view.theme;
    if (now !== drawn) build();
    drawn = now;
    [...element.children].forEach((one, index) => put(one, "aria-pressed", String(index === guess)));
  };
  return { element, sync };
}
