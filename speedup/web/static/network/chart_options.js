/** The line above the chart: what a slider means; and of the loss which, against what, and the button of many seeds. */
import { button, el, put } from "../base/dom.js";
import { createChangeMarks } from "../instruments/change_marks.js";
import { meansStart } from "./held.js";

/**
 * @param {TrainView} view
 * @returns {Part}
 */
export function createLooks(view) {
  const { seeds } = view.shared;
  const choices = /** @type {const} */ (["curve", "axis", "turn"]).map((name) => createChoice(view, name));
  const [curve, axis, turn] = choices.map((one) => one.element);
  const log = button(
    { class: "link", onclick: () => view.set({ scale: view.scale === "log" ? "linear" : "log" }) },
    view.words("stage.network.log"),
  );
  const many = button({ class: "link", "data-name": "seeds", onclick: () => seeds.toggle() }, view.words("stage.network.seeds"));
  seeds.left = () => many.focus();
  const further = () => view.set({ directions: view.directions === "three" ? "first" : "three" });
  const [name, title] = [view.words("stage.limit.directions"), view.words("stage.limit.directions_help")];
  const three = button({ class: "link", "data-name": "directions", title, onclick: further }, name);
  const marks = createChangeMarks(view, () => view.shared.plot);
  const element = el(
    "div",
    { class: "looks" },
    choices.map((one) => one.element),
    log,
    many,
    three,
    marks.element,
  );
  const ofLoss = [curve, axis, log, many, marks.element];
  const sync = () => {
    for (const one of ofLoss) put(one, "hidden", view.panel !== "loss");
    put(three, "hidden", view.panel !== "limit");
    put(turn, "hidden", meansStart(view)); // there is no choice
    put(three, "aria-pressed", String(view.directions === "three"));
    put(log, "aria-pressed", String(view.scale === "log"));
    put(many, "aria-expanded", String(seeds.open));
    for (const part of [...choices, marks]) part.sync();
  };
  return { element, sync, frame: marks.frame, destroy() {} };
}

/**
 * A list of one of the looks, its name before it.
 *
 * @param {TrainView} view
 * @param {"curve" | "axis" | "turn"} name
 */
function createChoice(view, name) {
  const words = (/** @type {Under<"stage.network">} */ key) => view.words(`stage.network.${key}`);
  const text = (/** @type {string} */ value) => words(/** @type {Under<"stage.network">} */ (`${name}s.${value}`));
  const options = view.tables.network.looks[name].map((value) => el("option", { value }, text(value)));
  const onchange = () => view.set({ [name]: select.value });
  const select = el("select", { "aria-label": words(name), onchange }, options);
  const sync = () => {
    select.value = view[name];
    if (name === "curve") put(options[options.length - 1], "disabled", view.run.spec.test === 0);
  };
  return {
    element: el("label", { class: "choice-of", title: words(`${name}_help`) }, el("span", null, words(name)), select),
    sync,
  };
}
