/** Something to try on the stage, with its slider where no lanes stand beside; what comes of it is said after a click. */
import { button, el, put } from "../base/dom.js";
import { laneColour, laneLabel } from "../draw/format.js";
import { createHyperparameter } from "../panel/lane.js";
import { createParameter } from "../panel/lanes.js";
import { askingOf, bringIntoSight, isOwn } from "./lesson_nav.js";

/** {element, sync()}; `say(key)` gives the scene's words. */
export function createAttempt(stage, say) {
  const words = (key) => stage.words(`lesson.${key}`);
  const asking = askingOf(stage);
  const outcome = el("p", { class: "outcome", role: "status" }, say("outcome"));
  const show = () => {
    put(outcome, "hidden", !asking.open);
    put(tell, "aria-expanded", String(asking.open));
  };
  const onclick = () => {
    asking.open = !asking.open;
    show();
    if (!asking.open) return;
    bringIntoSight(outcome);
    if (stage.step === 0 && !isOwn(stage)) stage.clock.play(); // it was tried, but not yet looked at
  };
  const tell = button({ class: "link", onclick }, words("outcome"));
  const control = createMove(stage);
  const element = el(
    "section",
    { class: "attempt" },
    el("p", null, el("h3", null, words("try_title")), say("try"), tell),
    control.element,
    outcome,
  );
  show();
  return { element, sync: control.sync };
}

/** The slider that is to be moved, with its lane's name; hidden while the scene has been changed so far that it has none. */
function createMove(stage) {
  const { tables } = stage;
  const { move, scene } = tables.lesson[stage.at];
  const [what, ...where] = move.slice(0, -1); // the last says where to
  const complaint = el("p", { class: "complaint", role: "alert", hidden: true });
  const complain = (message) => {
    put(complaint, "text", message ?? "");
    put(complaint, "hidden", message === null);
  };
  const owner = el("span", { class: "owner" });
  const ofSurface = what === "param";
  const index = ofSurface ? -1 : where[0];
  const { optimizer } = scene.lanes[index] ?? {};
  const row = ofSurface ? tables.surfaces[scene.surface] : tables.optimizers[optimizer];
  const one = (ofSurface ? row.parameters : row.hyperparameters).find(({ name }) => name === where.at(-1));
  const control = ofSurface
    ? createParameter(stage, one, complain)
    : createHyperparameter({ stage, index, optimizer, row, complain }, one);
  const element = el("div", { class: "move" }, owner, control.element, complaint);
  const sync = () => {
    const there = ofSurface ? stage.spec.surface === scene.surface : stage.spec.lanes[index]?.optimizer === optimizer;
    put(element, "hidden", !there);
    if (!there) return;
    if (!ofSurface) {
      put(owner, "text", laneLabel(stage, index));
      element.style.setProperty("--lane", laneColour(stage, index));
    }
    control.sync();
  };
  return { element, sync };
}
