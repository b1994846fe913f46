/** The stage in words, for those who don't see it: a summary of the run, and what happens while it plays. */
import { el, put } from "../base/dom.js";
import { laneLabel, plain } from "../draw/format.js";

const PAUSE = 1000; // milliseconds between two messages, at least
const TOLD = ["arrived", "back", "left", "diverged", "going"];

/** {element, sync(), frame(t), destroy()}. */
export function createAnnouncer(stage) {
  const summary = createSummary(stage);
  const events = createEvents(stage);
  const element = el("div", { class: "unseen" }, summary.element, events.element);
  return { element, sync: summary.sync, frame: events.frame, destroy: events.destroy };
}

/** What races where, with which hyperparameters, and how each ends. It changes with the run only. */
function createSummary(stage) {
  const words = (key, values) => stage.words(`stage.summary.${key}`, values);
  const element = el("section", { "aria-label": words("title") });
  let told = "";
  const valuesOf = (index, name, first) => {
    const later = (stage.run.spec.changes ?? []).filter(([, lane, what]) => lane === index && what === name);
    return [plain(first), ...later.map(([step, , , value]) => words("from", { value: plain(value), step }))].join(words("comma"));
  };
  const sync = () => {
    const { run, spec, dragging, lang } = stage;
    const done = run.done ?? run.spec.steps;
    const open = done >= run.spec.steps && !stage.veiled; // to be guessed at first
    const now = [stage.kind.fingerprint(run.spec), spec.lanes.map(({ on }) => on), open, lang].join();
    const fresh = stage.kind.fingerprint(run.spec) === stage.kind.fingerprint(spec); // else the run of other lanes is still shown
    if (dragging || !fresh || now === told) return;
    told = now;
    const lanes = run.lanes.map((lane, index) => {
      const { optimizer, h, on } = run.spec.lanes[index];
      const settings = stage.tables.optimizers[optimizer].hyperparameters.map(({ name }) =>
        words("setting", { name: stage.words(`stage.hyperparameters.${name}`), value: valuesOf(index, name, h[name]) }),
      );
      const what =
        !spec.lanes[index]?.on || !on
          ? stage.words("stage.hidden")
          : !open
            ? words(stage.veiled ? "veiled" : "running")
            : stage.kind.status(stage, lane, run.spec.steps).text;
      return words("lane", { lane: laneLabel(stage, index), settings: settings.join(words("comma")), what });
    });
    element.replaceChildren(...[stage.kind.sentence(stage), ...lanes].map((text) => el("p", null, text)));
  };
  return { element, sync };
}

/**
 * Arrivals, leaving and divergence as they happen, and how it ends. A playhead moved by hand tells nothing but the state at
 * the end, where it comes to rest.
 */
function createEvents(stage) {
  const element = el("p", { "aria-live": "polite" });
  const told = new Map(); // lane -> what was said of it last
  const waiting = new Map();
  let last = 0;
  let timer = 0;
  const words = (key, values) => stage.words(`stage.summary.${key}`, values);
  const say = () => {
    timer = 0;
    if (!waiting.size) return;
    put(element, "text", [...waiting.values()].join(words("semicolon")));
    waiting.clear();
    timer = setTimeout(say, PAUSE);
  };
  const frame = (t) => {
    const live = stage.clock.playing || (stage.clock.state === "ended" && !stage.dragging);
    if (t < last) {
      // from the beginning again: the same words, too, are news then
      told.clear();
      put(element, "text", "");
    }
    last = t;
    stage.run.lanes.forEach((lane, index) => {
      const { kind, text } = stage.spec.lanes[index]?.on ? stage.kind.status(stage, lane, t) : {};
      if (!live || !TOLD.includes(kind)) waiting.delete(index);
      else if (told.get(index) !== text) {
        told.set(index, text);
        waiting.set(index, words("event", { lane: laneLabel(stage, index), what: text }));
      }
    });
    timer ||= waiting.size ? setTimeout(say) : 0; // after all that happens in this frame
  };
  return { element, frame, destroy: () => clearTimeout(timer) };
}
