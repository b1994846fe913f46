/** A question to guess at before the stage plays: which lane will it be? The answer is read off the run. */
import { button, el, put } from "./dom.js";
import { laneColour, laneLabel } from "./format.js";
import { swatch } from "./marks.js";
import { bringIntoSight, own } from "./telling.js";

/** What is asked for: the lane with the least `score`, and the step from which on that is to be seen. */
const RULES = {
  first: { score: ({ run }, i) => reached(run.lanes[i], Infinity), seen: ({ run }, i) => reached(run.lanes[i], run.spec.steps) },
  lowest: { score: loss, seen: ({ run }) => run.spec.steps },
  straightest: { score: wayTo, seen: ({ run }) => run.spec.steps },
};

const reached = ({ arrived }, never) => (arrived >= 0 ? arrived : never);

/** The last loss; of a network that over all training samples, once a lane has seen as many as every lane sees. */
function loss({ run: { spec, training, lanes } }, i) {
  if (!training) return lanes[i].loss.at(-1);
  const seen = spec.steps * Math.min(...lanes.map(({ batch }) => batch));
  return training.measuredAt(i, Math.floor(seen / lanes[i].batch))[0];
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
  let guess = -1;
  let revealed = false;
  let lanes = "";
  stage.veiled = true; // what is to come isn't shown before it is answered
  const choose = (index) => {
    [guess, revealed] = [index, false];
    stage.clock.set({ t: 0 });
    stage.clock.play();
    stage.root.querySelector(".map, .fit").scrollIntoView({ block: "nearest", behavior: stage.still ? "auto" : "smooth" }); // on a phone
    stage.refresh();
  };
  const build = () => {
    choices.replaceChildren(...stage.spec.lanes.map(({ optimizer }, index) => {
      const one = button({ class: "guess", onclick: () => choose(index) }, swatch(stage.tables.optimizers[optimizer]), laneLabel(stage, index));
      one.style.setProperty("--lane", laneColour(stage, index));
      return one;
    }));
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
    [...choices.children].forEach((one, index) => put(one, "aria-pressed", String(index === guess)));
    if (revealed) reveal();
    else put(verdict, "text", guess < 0 ? words("guess") : "");
  };
  const reveal = () => {
    const best = winner();
    const told = stage.kind.fingerprint(stage.run.spec) === stage.kind.fingerprint(own(stage));
    const judged = guess < 0 || best < 0 ? "" : words(guess === best ? "right" : "wrong");
    const who = told ? say("reveal") : best < 0 ? words("nobody") : `${laneLabel(stage, best)}.`;
    put(verdict, "text", `${judged} ${who}`.trim());
    put(element, "data-verdict", guess < 0 ? "none" : guess === best ? "right" : "wrong");
  };
  const frame = (t) => {
    const { run, clock } = stage;
    if (revealed || t === 0 || (run.done ?? Infinity) < run.spec.steps) return;
    const best = winner();
    if (t < (best < 0 ? run.spec.steps : rule.seen(stage, best)) || (!clock.playing && t < run.spec.steps)) return;
    revealed = true;
    stage.veiled = false;
    stage.refresh();
    reveal();
    bringIntoSight(element);
  };
  return { element, sync, frame };
}
