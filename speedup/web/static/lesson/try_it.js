/** Something to try on the stage, with its slider where no lanes stand beside; what comes of it is said after a click. */
import { button, el, put } from "../base/dom.js";
import { laneColour, laneLabel } from "../draw/format.js";
import { createComplaint } from "../panel/complaint.js";
import { createHyperparameter } from "../panel/lane.js";
import { createParameter } from "../panel/lanes.js";
import { bringIntoSight, isOwn } from "./lesson_nav.js";

/**
 * @param {LessonView} view
 * @param {import("./lecture.js").Say} say
 */
export function createAttempt(view, say) {
  const asking = view.shared.telling.at(view.at);
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
    if (view.step === 0 && !isOwn(view)) view.clock.play(); // it was tried, but not yet looked at
  };
  const tell = button({ class: "link", onclick }, view.words("lesson.outcome"));
  const control = createMove(view);
  const element = el(
    "section",
    { class: "attempt" },
    el("p", null, el("h3", null, view.words("lesson.try_title")), say("try"), tell),
    control.element,
    outcome,
  );
  show();
  return { element, sync: control.sync };
}

/**
 * Makes the slider that is to be moved, with its lane's name; hidden while the scene has been changed so far that it has none.
 *
 * @param {LessonView} view
 */
function createMove(view) {
  const complaint = createComplaint(view);
  const owner = el("span", { class: "owner" });
  const { control, index, there } = moved(view, complaint.complain);
  const element = el("div", { class: "move" }, owner, control.element, complaint.element);
  const sync = () => {
    complaint.sync();
    put(element, "hidden", !there());
    if (!there()) return;
    if (index >= 0) {
      put(owner, "text", laneLabel(view, index));
      put(element, "--lane", laneColour(view, index));
    }
    control.sync();
  };
  return { element, sync };
}

/**
 * Gives the control of what is to be moved: a parameter of the surface, or a hyperparameter of the lane `index`; and whether
 * the stage still has it.
 *
 * @param {LessonView} view
 * @param {import("../panel/complaint.js").Complain} complain
 */
function moved(view, complain) {
  const { surfaces, optimizers, lesson } = view.tables;
  const { move, scene } = lesson[view.at];
  if (move[0] === "param") {
    const { surface } = /** @type {RaceSpec} */ (scene);
    const row = rowOf(surfaces[surface].parameters, move[1]);
    const there = () => "surface" in view.spec && view.spec.surface === surface;
    return { control: createParameter(view, row, complain), index: -1, there };
  }
  const index = Number(move[1]);
  const { optimizer } = scene.lanes[index];
  const row = optimizers[optimizer];
  const lane = { view, index, optimizer, row, complain };
  const there = () => view.spec.lanes[index]?.optimizer === optimizer;
  return { control: createHyperparameter(lane, rowOf(row.hyperparameters, move[2])), index, there };
}

/**
 * @template {ParameterRow} Row
 * @param {Row[]} rows
 * @param {string | number} name
 */
function rowOf(rows, name) {
  const row = rows.find((one) => one.name === name);
  if (!row) throw new Error(`no parameter ${name}`);
  return row;
}
