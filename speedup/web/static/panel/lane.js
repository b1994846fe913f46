/** A row of the panel: one lane with its name, its state in words and its sliders. */
import { createComplaint } from "./complaint.js";
import { button, el, icon, put } from "../base/dom.js";
import { detail, laneColour } from "../draw/format.js";
import { swatch } from "../draw/marks.js";
import { createControl } from "./slider.js";

/** The row of a lane, wherever it stands: sync(index) says where. `remove(row)` takes it away. */
export function createLane(stage, optimizer, remove) {
  const lane = {
    stage,
    optimizer,
    index: 0,
    row: stage.tables.optimizers[optimizer],
    spec: () => stage.spec.lanes[lane.index],
    change: (mutate, commit = true) => stage.change((spec) => mutate(spec.lanes[lane.index]), { commit }),
  };
  const complaint = createComplaint(stage);
  lane.complain = complaint.complain;
  const tools = createTools(lane, () => remove(lane));
  const open = (yes = element.getAttribute("data-open") === null) => {
    put(element, "data-open", yes);
    put(head.more, "aria-expanded", String(yes));
  };
  const head = createHead(lane, () => open());
  const controls = lane.row.hyperparameters.map((row) => createHyperparameter(lane, row));
  if (stage.kind.batch) controls.push(createBatch(lane));
  const sliders = el(
    "div",
    { class: "sliders" },
    controls.map((control) => control.element),
  );
  const element = el("li", { class: "lane" }, head.element, sliders, complaint.element, tools.element);
  return Object.assign(lane, {
    element,
    open,
    sync(index) {
      lane.index = index;
      put(element, "data-lane", index);
      put(element, "data-off", !lane.spec().on);
      element.style.setProperty("--lane", laneColour(stage, index));
      for (const part of [head, tools, complaint, ...controls]) part.sync();
    },
    frame(t) {
      put(element, "data-hovered", stage.hovered === lane.index);
      put(element, "data-chosen", stage.chosen === lane.index);
      head.frame(t);
    },
  });
}

/** Swatch (on and off), name (chosen or not), state in words, and the handle of what is folded away. */
function createHead(lane, unfold) {
  const { stage, row } = lane;
  const say = (key) => stage.words(`stage.${key}`, { lane: row.label });
  const digit = el("span", { class: "digit" });
  const flip = () =>
    lane.change((own) => {
      own.on = !own.on;
    });
  const toggle = button({ class: "toggle", "aria-label": say("show"), onclick: flip }, digit, swatch(row));
  const choose = () => stage.set({ chosen: stage.chosen === lane.index ? -1 : lane.index });
  const name = button({ class: "name", title: say(stage.offline ? "offline.choose" : "choose"), onclick: choose }, row.label);
  const apart = el("span", { class: "apart" });
  const state = el("span", { class: "status" });
  const hint = { title: say("more"), "aria-label": say("more"), "aria-expanded": "false" };
  const more = button({ class: "more", ...hint, onclick: unfold }, icon("M6 9l6 6 6-6"));
  return {
    element: el("div", { class: "head" }, toggle, name, apart, state, more),
    more,
    sync() {
      const { on } = lane.spec();
      put(digit, "text", lane.index < 9 ? String(lane.index + 1) : "");
      put(apart, "text", detail(stage, lane.index));
      put(toggle, "aria-pressed", String(Boolean(on)));
      put(toggle, "title", say(on ? "hide" : "show") + (lane.index < 9 ? ` (${lane.index + 1})` : ""));
    },
    frame(t) {
      const ran = stage.run.lanes[lane.index];
      const shown = lane.spec().on && ran;
      const { kind, text, hint } = shown ? stage.kind.status(stage, ran, t) : { kind: "off", text: say("hidden") };
      put(name, "aria-pressed", String(stage.chosen === lane.index));
      put(state, "data-kind", kind);
      put(state, "text", text);
      put(state, "title", hint);
    },
  };
}

/** The control of a lane's hyperparameter: of a lane it takes stage, index, optimizer, row and complain. */
export function createHyperparameter(lane, row) {
  const { stage } = lane;
  const title = stage.words(`stage.hyperparameters.${row.name}`);
  const control = createControl(stage, {
    row,
    title,
    caption: row.symbol,
    owned: `${lane.row.label}, ${title}`,
    value: () => stage.kind.hyper(stage, lane.index, row.name),
    fallback: () => stage.lane(lane.optimizer).h[row.name], // the learning rate's is the surface's own
    set: (value, commit) => {
      if (stage.setHyper(lane.index, row.name, value, commit)) return;
      lane.complain(stage.words("stage.network.most_turns", { most: stage.tables.network.most_changes }));
    },
    complain: (message) => lane.complain(message),
  });
  put(control.element, "data-rank", row.name === "lr" ? "first" : row.main ? "main" : "rest");
  return control;
}

/** How many samples a step of this lane takes, where that isn't what the others take. */
function createBatch(lane) {
  const { stage } = lane;
  const row = stage.kind.batch(stage);
  const all = () => Math.min(stage.spec.batch, row.high);
  const control = createControl(stage, {
    row,
    title: row.symbol,
    caption: row.symbol,
    owned: `${lane.row.label}, ${row.symbol}`,
    value: () => Math.min(lane.spec().batch ?? all(), row.high),
    fallback: all,
    set: (value, commit) =>
      lane.change((own) => {
        own.batch = value === all() ? null : Math.round(value);
      }, commit),
    complain: (message) => lane.complain(message),
  });
  const sync = () => {
    put(control.element, "data-rank", lane.spec().batch === null ? "rest" : "main");
    control.sync();
  };
  return { ...control, sync };
}

/** Under the fold: another optimizer in this lane, its defaults again, or away with it. */
function createTools(lane, remove) {
  const { stage } = lane;
  const renew = (optimizer) =>
    stage.change(
      (spec) => {
        const { on, batch } = spec.lanes[lane.index];
        spec.lanes[lane.index] = { ...stage.lane(optimizer), on, batch: optimizer === lane.optimizer ? null : batch };
        stage.kind.cleared?.(spec, lane.index);
      },
      { commit: true },
    );
  const rows = Object.values(stage.tables.optimizers);
  const options = rows.map((row) => el("option", { value: row.name }, row.label));
  const label = stage.words("stage.optimizer_of", { lane: lane.row.label });
  const select = el("select", { "aria-label": label, title: label, onchange: () => renew(select.value) }, options);
  const reset = button({ class: "link", onclick: () => renew(lane.optimizer) }, stage.words("stage.reset"));
  const away = button({ class: "link", onclick: remove }, stage.words("stage.remove"));
  return {
    element: el("div", { class: "tools" }, select, reset, away),
    sync() {
      select.value = lane.optimizer;
      put(away, "disabled", stage.spec.lanes.length === 1);
    },
  };
}
