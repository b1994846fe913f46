/** The stage in words, for those who don't see it: a summary of the run, and what happens while it plays. */
import { el, put } from "../base/dom.js";
import { laneLabel, plain } from "../draw/format.js";
import { valuesOf } from "../model/changes.js";

const PAUSE = 1000; // milliseconds between two messages, at least
const TOLD = ["arrived", "back", "left", "diverged", "going"];
const OFF = { kind: "off", text: "" };

/**
 * @param {View} view
 * @returns {Part}
 */
export function createAnnouncer(view) {
  const summary = createSummary(view);
  const events = createEvents(view);
  const element = el("div", { class: "unseen" }, summary.element, events.element);
  return { element, sync: summary.sync, frame: events.frame, destroy: events.destroy };
}

/**
 * Tells what races where, with which hyperparameters, and how each ends. It changes with the run only.
 *
 * @param {View} view
 */
function createSummary(view) {
  const words = wordsOf(view);
  const element = el("section", { "aria-label": words("title") });
  let told = "";
  const sync = () => {
    const { run, spec, dragging, lang } = view;
    const done = run.done ?? run.spec.steps;
    const open = done >= run.spec.steps && !view.veiled; // to be guessed at first
    const now = [view.kind.fingerprint(run.spec), spec.lanes.map(({ on }) => on), open, lang].join();
    const fresh = view.kind.fingerprint(run.spec) === view.kind.fingerprint(spec); // else the run of other lanes is still shown
    if (dragging || !fresh || now === told) return;
    told = now;
    const lanes = run.lanes.map((lane, index) => {
      const shown = spec.lanes[index]?.on && run.spec.lanes[index].on;
      const state = () => (open ? view.kind.status(view, lane, run.spec.steps).text : words(view.veiled ? "veiled" : "running"));
      const what = shown ? state() : view.words("stage.hidden");
      return words("lane", { lane: laneLabel(view, index), settings: settingsOf(view, index), what });
    });
    element.replaceChildren(...[view.kind.sentence(view), ...lanes].map((text) => el("p", null, text)));
  };
  return { element, sync };
}

/**
 * @param {View} view
 * @returns {(key: Under<"stage.summary">, values?: Record<string, string | number>) => string}
 */
const wordsOf = (view) => (key, values) => view.words(`stage.summary.${key}`, values);

/**
 * Tells a lane's hyperparameters, each with what it is changed to later.
 *
 * @param {View} view
 * @param {number} index
 */
function settingsOf(view, index) {
  const words = wordsOf(view);
  const { spec } = view.run;
  const rows = view.tables.optimizers[spec.lanes[index].optimizer].hyperparameters;
  const settings = rows.map(({ name }) => {
    const values = valuesOf(spec, index, name).map(({ step, value }) =>
      step === 0 ? plain(value) : words("from", { value: plain(value), step }),
    );
    return words("setting", { name: view.words(`stage.hyperparameters.${name}`), value: values.join(words("comma")) });
  });
  return settings.join(words("comma"));
}

/**
 * Tells arrivals, leaving and divergence as they happen, and how it ends. A playhead moved by hand tells nothing but the state
 * at the end, where it comes to rest.
 *
 * @param {View} view
 */
function createEvents(view) {
  const element = el("p", { "aria-live": "polite" });
  /** @type {Map<number, string>} */
  const told = new Map(); // lane -> what was said of it last
  /** @type {Map<number, string>} */
  const waiting = new Map();
  let last = 0;
  /** @type {ReturnType<typeof setTimeout> | 0} */
  let timer = 0;
  const words = wordsOf(view);
  const say = () => {
    timer = 0;
    if (!waiting.size) return;
    put(element, "text", [...waiting.values()].join(words("semicolon")));
    waiting.clear();
    timer = setTimeout(say, PAUSE);
  };
  const frame = (/** @type {number} */ t) => {
    const live = view.clock.playing || (view.clock.state === "ended" && !view.dragging);
    if (t < last) {
      // from the beginning again: the same words, too, are news then
      told.clear();
      put(element, "text", "");
    }
    last = t;
    view.run.lanes.forEach((lane, index) => {
      const { kind, text } = view.spec.lanes[index]?.on ? view.kind.status(view, lane, t) : OFF;
      if (!live || !TOLD.includes(kind)) waiting.delete(index);
      else if (told.get(index) !== text) {
        told.set(index, text);
        waiting.set(index, words("event", { lane: laneLabel(view, index), what: text }));
      }
    });
    timer ||= waiting.size ? setTimeout(say) : 0; // after all that happens in this frame
  };
  return { element, frame, destroy: () => clearTimeout(timer || undefined) };
}
