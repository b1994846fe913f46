/** A row of the panel: one lane with its name, its state in words and its sliders. */
import { createComplaint } from "./complaint.js";
import { button, el, icon, put } from "../base/dom.js";
import { detail, laneColour } from "../draw/format.js";
import { swatch } from "../draw/marks.js";
import { createControl } from "./slider.js";

/**
 * @typedef {object} Lane  whose row it is, as its parts have it
 * @property {View} view
 * @property {OptimizerName} optimizer
 * @property {number} index
 * @property {OptimizerRow} row
 * @property {import("./complaint.js").Complain} complain
 *
 * @typedef {ReturnType<typeof createLane>} Row
 */

/** @param {Lane} lane */
const specOf = ({ view, index }) => view.spec.lanes[index];

/**
 * @param {Lane} lane
 * @param {(own: LaneSpec) => void} mutate
 */
const change = ({ view, index }, mutate, commit = true) => view.change((spec) => mutate(spec.lanes[index]), { commit });

/**
 * Makes the row of a lane, wherever it stands: sync(index) says where. `remove(index)` takes it away.
 *
 * @param {View} view
 * @param {OptimizerName} optimizer
 * @param {(index: number) => void} remove
 */
export function createLane(view, optimizer, remove) {
  const complaint = createComplaint(view);
  /** @type {Lane} */
  const lane = { view, optimizer, index: 0, row: view.tables.optimizers[optimizer], complain: complaint.complain };
  const tools = createTools(lane, () => remove(lane.index));
  const open = (yes = element.getAttribute("data-open") === null) => {
    put(element, "data-open", yes);
    put(head.more, "aria-expanded", String(yes));
    if (yes) element.scrollIntoView({ block: "nearest" }); // of the last lane what opens lies below the list's edge
  };
  const head = createHead(lane, () => open());
  const controls = lane.row.hyperparameters.map((row) => createHyperparameter(lane, row));
  if (view.kind.batch) controls.push(createBatch(lane, view.kind.batch(view)));
  const sliders = el(
    "div",
    { class: "sliders" },
    controls.map((control) => control.element),
  );
  const element = el("li", { class: "lane" }, head.element, sliders, complaint.element, tools.element);
  return {
    element,
    optimizer,
    open,
    /** The lane, if it is shown, else -1. */
    shown: () => (specOf(lane)?.on ? lane.index : -1),
    sync(/** @type {number} */ index) {
      lane.index = index;
      put(element, "data-lane", index);
      put(element, "data-off", !specOf(lane).on);
      put(element, "--lane", laneColour(view, index));
      for (const part of [head, tools, complaint, ...controls]) part.sync();
    },
    frame(/** @type {number} */ t) {
      put(element, "data-hovered", view.hovered === lane.index);
      put(element, "data-chosen", view.chosen === lane.index);
      head.frame(t);
    },
  };
}

/**
 * Makes swatch (on and off), name (chosen or not), state in words, and the handle of what is folded away.
 *
 * @param {Lane} lane
 * @param {() => void} unfold
 */
function createHead(lane, unfold) {
  const { view, row } = lane;
  const say = (/** @type {Under<"stage">} */ key) => view.words(`stage.${key}`, { lane: row.label });
  const digit = el("span", { class: "digit" });
  const flip = () =>
    change(lane, (own) => {
      own.on = !own.on;
    });
  const toggle = button({ class: "toggle", "aria-label": say("show"), onclick: flip }, digit, swatch(row));
  const choose = () => view.set({ chosen: view.chosen === lane.index ? -1 : lane.index });
  const name = button({ class: "name", title: say(view.host.offline ? "offline.choose" : "choose"), onclick: choose }, row.label);
  const apart = el("span", { class: "apart" });
  const state = el("span", { class: "status" });
  const hint = { title: say("more"), "aria-label": say("more"), "aria-expanded": "false" };
  const more = button({ class: "more", ...hint, onclick: unfold }, icon("M6 9l6 6 6-6"));
  return {
    element: el("div", { class: "head" }, toggle, name, apart, state, more),
    more,
    sync() {
      const { on } = specOf(lane);
      put(digit, "text", lane.index < 9 ? String(lane.index + 1) : "");
      put(apart, "text", detail(view, lane.index));
      put(toggle, "aria-pressed", String(Boolean(on)));
      put(toggle, "title", say(on ? "hide" : "show") + (lane.index < 9 ? ` (${lane.index + 1})` : ""));
    },
    frame(/** @type {number} */ t) {
      const ran = view.run.lanes[lane.index];
      const off = { kind: "off", text: say("hidden"), hint: undefined };
      const { kind, text, hint } = specOf(lane).on && ran ? view.kind.status(view, ran, t) : off;
      put(name, "aria-pressed", String(view.chosen === lane.index));
      put(state, "data-kind", kind);
      put(state, "text", text);
      put(state, "title", hint);
    },
  };
}

/**
 * Makes the control of a lane's hyperparameter.
 *
 * @param {Lane} lane
 * @param {ParameterRow<HyperparameterName>} row
 */
export function createHyperparameter(lane, row) {
  const { view } = lane;
  const title = view.words(`stage.hyperparameters.${row.name}`);
  const control = createControl(view, {
    row,
    title,
    caption: row.symbol,
    owned: `${lane.row.label}, ${title}`,
    value: () => view.kind.hyper(view, lane.index, row.name),
    fallback: () => view.lane(lane.optimizer).h[row.name], // the learning rate's is the surface's own
    set: (value, commit) => {
      if (view.setHyper(lane.index, row.name, value, commit)) return;
      lane.complain(view.words("stage.network.most_changes", { most: view.tables.network.most_changes }));
    },
    complain: (message) => lane.complain(message),
  });
  put(control.element, "data-rank", row.name === "lr" ? "first" : row.main ? "main" : "rest");
  return control;
}

/**
 * Makes the control of how many samples a step of this lane takes, where that isn't what the others take.
 *
 * @param {Lane} lane
 * @param {ParameterRow} row
 */
function createBatch(lane, row) {
  const { view } = lane;
  const all = () => Math.min(view.spec.batch ?? row.high, row.high);
  const control = createControl(view, {
    row,
    title: row.symbol,
    caption: row.symbol,
    owned: `${lane.row.label}, ${row.symbol}`,
    value: () => Math.min(specOf(lane).batch ?? all(), row.high),
    fallback: all,
    set: (value, commit) =>
      change(
        lane,
        (own) => {
          own.batch = value === all() ? null : Math.round(value);
        },
        commit,
      ),
    complain: (message) => lane.complain(message),
  });
  const sync = () => {
    put(control.element, "data-rank", specOf(lane).batch === null ? "rest" : "main");
    control.sync();
  };
  return { ...control, sync };
}

/**
 * Makes what is under the fold: another optimizer in this lane, its defaults again, or away with it.
 *
 * @param {Lane} lane
 * @param {() => void} remove
 */
function createTools(lane, remove) {
  const { view } = lane;
  const renew = (/** @type {OptimizerName} */ optimizer) =>
    view.change(
      (spec) => {
        const { on, batch } = spec.lanes[lane.index];
        spec.lanes[lane.index] = { ...view.lane(optimizer), on, batch: optimizer === lane.optimizer ? null : batch };
        view.kind.cleared?.(spec, lane.index);
      },
      { commit: true },
    );
  const rows = Object.values(view.tables.optimizers);
  const options = rows.map((row) => el("option", { value: row.name }, row.label));
  const label = view.words("stage.optimizer_of", { lane: lane.row.label });
  const select = el(
    "select",
    { "aria-label": label, title: label, onchange: () => renew(/** @type {OptimizerName} */ (select.value)) },
    options,
  );
  const reset = button({ class: "link", onclick: () => renew(lane.optimizer) }, view.words("stage.reset"));
  const away = button({ class: "link", onclick: remove }, view.words("stage.remove"));
  return {
    element: el("div", { class: "tools" }, select, reset, away),
    sync() {
      if (select.value !== lane.optimizer) select.value = lane.optimizer; // else it goes through its options in each frame
      put(away, "disabled", view.spec.lanes.length === 1);
    },
  };
}
