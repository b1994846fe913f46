/** A question to guess at before the stage plays: which lane will it be? The answer is read off the run. */
import { button, el, put } from "../base/dom.js";
import { laneColour, laneLabel } from "../draw/format.js";
import { swatch } from "../draw/marks.js";
import { evenStep } from "../model/net.js";
import { askingOf, bringIntoSight, own } from "./lesson_nav.js";

/** What is asked for: the lane with the least `score`, and the step from which on that is to be seen. */
const RULES = {
  first: { score: ({ run }, i) => reached(run.lanes[i], Infinity), seen: ({ run }, i) => reached(run.lanes[i], run.spec.steps) },
  lowest: { score: loss, seen: ({ run }) => run.spec.steps },
  straightest: { score: wayTo, seen: ({ run }) => run.spec.steps },
};

const reached = ({ arrived }, never) => (arrived >= 0 ? arrived : never);

/** The last loss; of a network that over all training samples, once a lane has seen as many as every lane sees. */
function loss({ run }, i) {
  return run.training ? run.training.measuredAt(i, evenStep(run, i)).train_loss : run.lanes[i].loss.at(-1);
}

/** The length of a path from its start to where it arrives; those that don't arrive are out. */
function wayTo({ run: { lanes } }, i) {
  const { path, arrived } = lanes[i];
  if (arrived < 0) return Infinity;
  let length = 0;
  for (let k = 3; k <= 3 * arrived; k += 3) length += Math.hypot(path[k] - path[k - 3], path[k + 1] - path[k - 2]);
  return length;
}

/** {element, sync(), frame(t)}; `say(key)` gives the scene's words. */
export function createQuestion(stage, say) {
  const words = (key, values) => stage.words(`lesson.${key}`, values);
  const rule = RULES[stage.tables.lesson[stage.at].question];
  const choices = el("div", { class: "guesses", role: "group", "aria-label": say("question") });
  const verdict = el("p", { class: "verdict", role: "status" });
  const asked = el("p", null, el("h3", null, words("question_title")), say("question"));
  const element = el("section", { class: "question" }, asked, choices, verdict);
  const asking = askingOf(stage);
  let lanes = "";
  stage.veiled = !asking.answer; // what is to come isn't shown before it is answered
  const choose = (index) => {
    Object.assign(asking, { guess: index, answer: null });
    stage.clock.set({ t: 0 });
    stage.clock.play();
    stage.root.querySelector(".map, .fit").scrollIntoView({ block: "nearest", behavior: stage.still ? "auto" : "smooth" }); // on a phone
    stage.refresh();
  };
  const build = () => {
    choices.replaceChildren(
      ...stage.spec.lanes.map(({ optimizer }, index) => {
        const one = button(
          { class: "guess", onclick: () => choose(index) },
          swatch(stage.tables.optimizers[optimizer]),
          laneLabel(stage, index),
        );
        one.style.setProperty("--lane", laneColour(stage, index));
        return one;
      }),
    );
  };
  const winner = () => {
    const scores = stage.run.lanes.map((_, i) => rule.score(stage, i)).map((score) => (Number.isNaN(score) ? Infinity : score));
    const least = Math.min(...scores);
    return Number.isFinite(least) ? scores.indexOf(least) : -1;
  };
  const sync = () => {
    const now = stage.spec.lanes.map((_, index) => laneLabel(stage, index)).join() + stage.theme;
    if (now !== lanes) build();
    lanes = now;
    [...choices.children].forEach((one, index) => put(one, "aria-pressed", String(index === asking.guess)));
    judge();
  };
  const judge = () => {
    const { guess, answer } = asking;
    const outcome = !answer ? null : guess < 0 || answer.best < 0 ? "none" : guess === answer.best ? "right" : "wrong";
    const judged = outcome && outcome !== "none" ? words(outcome) : "";
    const who = answer && (answer.told ? say("reveal") : answer.best < 0 ? words("nobody") : `${answer.label}.`);
    put(verdict, "text", answer ? `${judged} ${who}`.trim() : guess < 0 ? words("guess") : "");
    put(element, "data-verdict", outcome);
  };
  const frame = (t) => {
    const { run, clock } = stage;
    if (asking.answer || t === 0 || (run.done ?? Infinity) < run.spec.steps) return;
    const best = winner();
    if (t < (best < 0 ? run.spec.steps : rule.seen(stage, best)) || (!clock.playing && t < run.spec.steps)) return;
    const told = stage.kind.fingerprint(run.spec) === stage.kind.fingerprint(own(stage));
    asking.answer = { best, told, label: best < 0 ? "" : laneLabel(stage, best) };
    stage.veiled = false;
    stage.refresh();
    judge();
    bringIntoSight(element);
  };
  return { element, sync, frame };
}
