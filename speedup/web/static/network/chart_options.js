/** The line above the loss chart: which loss, against what, what a slider means, and the button of many seeds. */
import { button, el, put } from "../base/dom.js";
import { createTurns } from "./change_marks.js";

/** {element, sync(), frame(t), destroy()}. */
export function createLooks(stage) {
  const words = (key, values) => stage.words(`stage.network.${key}`, values);
  const choices = ["curve", "axis", "turn"].map((name) => createChoice(stage, name));
  const log = button(
    { class: "link", onclick: () => stage.set({ scale: stage.scale === "log" ? "linear" : "log" }) },
    words("log"),
  );
  const turns = createTurns(stage);
  const element = el(
    "div",
    { class: "looks" },
    choices.map((one) => one.element),
    log,
    stage.shared.seeds.button,
    turns.element,
  );
  const sync = () => {
    put(log, "aria-pressed", String(stage.scale === "log"));
    choices.forEach((choice) => choice.sync());
    turns.sync();
  };
  return { element, sync, frame: turns.frame, destroy() {} };
}

/** A list of one of the looks, its name before it. */
function createChoice(stage, name) {
  const words = (key) => stage.words(`stage.network.${key}`);
  const options = stage.tables.network.looks[name].map((value) => el("option", { value }, words(`${name}s.${value}`)));
  const onchange = () => stage.set({ [name]: select.value });
  const select = el("select", { "aria-label": words(name), onchange }, options);
  const hasTest = () => stage.run.spec.test > 0;
  const sync = () => {
    select.value = stage[name];
    if (name === "curve") put(select.lastChild, "disabled", !hasTest());
  };
  return {
    element: el("label", { class: "choice-of", title: words(`${name}_help`) }, el("span", null, words(name)), select),
    sync,
  };
}
