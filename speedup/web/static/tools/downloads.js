/** What can be taken out of the app, in a dialog: a picture, the numbers, a script, a film, the scene as a page. */
import { csvOf } from "./csv.js";
import { createDialog } from "../base/dialog.js";
import { button, el, icon, put } from "../base/dom.js";
import { filmOf, filmType } from "./film.js";
import { save } from "../base/save.js";
import { sharedLink } from "../base/links.js";
import { createSnapshot } from "./slide.js";
import { addressOf } from "../lesson/lesson_nav.js";

const ICONS = {
  picture: "M4 5h16v14H4zM4 16l5-5 4 4 3-3 4 4M15.5 9h.01",
  numbers: "M4 5h16v14H4zM4 9.7h16M4 14.3h16M9.5 5v14",
  script: "M9 7l-5 5 5 5M15 7l5 5-5 5",
  film: "M4 6h11v12H4zM15 11l5-3v8l-5-3z",
  page: "M4 4h16v16H4zM4 8.5h16M7 6.3h.01M9.5 6.3h.01",
};
const SHARPEST = 4; // pixels to one of a slide: larger canvases fail on phones
const PATIENCE = 3000; // milliseconds for the address to follow; a picture then goes without

/** The ways, in their order: each makes the Blob of a file, and says what it is called. */
const WAYS = {
  picture: {
    name: ({ t }) => `-step-${t}.png`,
    async make(stage, { t, signal }) {
      const ratio = Math.min(SHARPEST, Math.max(2, devicePixelRatio));
      const shot = await createSnapshot(stage, { t, ratio, link: await linkOf(stage), signal });
      try {
        return await new Promise((resolve) => shot.canvas.toBlob(resolve, "image/png"));
      } finally {
        shot.destroy();
      }
    },
  },
  numbers: {
    name: () => ".csv",
    async make(stage, work) {
      await trained(stage, work);
      return csvOf(stage, work);
    },
  },
  script: { name: () => ".py", make: (stage, work) => served(stage, work, "python", {}) },
  film: {
    name: () => `.${filmType().ending}`,
    missing: () => !filmType(),
    async make(stage, work) {
      await trained(stage, work);
      return filmOf(stage, { ...work, link: await linkOf(stage) });
    },
  },
  page: { name: () => ".html", make: (stage, work) => served(stage, work, "page", { lang: stage.lang }) },
};

/** {open(), destroy()}. */
export function create(stage) {
  const desk = new Desk(stage, stage.words("stage.takeaway.title"));
  return { open: desk.dialog.open, destroy: () => desk.destroy() };
}

/** The dialog, with at most one thing in the making. While it is open the stage stands still. */
class Desk {
  constructor(stage, title) {
    const words = (key, values) => stage.words(`stage.takeaway.${key}`, values);
    Object.assign(this, { stage, words, ends: null, t: 0, resume: false });
    this.ways = Object.keys(WAYS).map((key) => this.way(key));
    this.progress = el("progress", { max: 1, "aria-label": title });
    this.cancel = button({ class: "link", onclick: () => this.ends?.abort() }, words("cancel"));
    this.work = el("div", { class: "work", hidden: true }, this.progress, this.cancel);
    this.said = el("p", { role: "status" });
    this.dialog = createDialog(
      stage,
      { name: "takeaway", title, opened: () => this.opened() },
      el(
        "ul",
        null,
        this.ways.map(({ element }) => element),
      ),
      el("div", { class: "foot" }, this.said, this.work),
    );
    this.dialog.element.addEventListener("close", () => this.closed());
  }

  way(key) {
    const about = el("span", { class: "about" });
    const text = el("span", null, el("strong", null, this.words(key)), about);
    const missing = WAYS[key].missing?.() ?? false;
    const choose = button(
      { class: "way", "data-way": key, disabled: missing, onclick: () => this.take(key) },
      icon(ICONS[key]),
      text,
    );
    return { key, about, choose, missing, element: el("li", null, choose) };
  }

  opened() {
    const { clock } = this.stage;
    Object.assign(this, { t: Math.floor(this.stage.step), resume: clock.playing });
    if (clock.playing) clock.pause();
    const values = { step: this.t, ending: filmType()?.ending.replace("webm", "WebM").replace("mp4", "MP4") };
    for (const { key, about, missing } of this.ways)
      put(about, "text", this.words(missing ? `no_${key}` : `${key}_about`, values));
    put(this.said, "text", this.words("where"));
  }

  closed() {
    this.ends?.abort();
    if (this.resume && !this.stage.gone) this.stage.clock.play();
  }

  /** Makes a file and saves it, or says why that can't be. */
  async take(key) {
    if (this.ends) return;
    const ends = (this.ends = new AbortController());
    this.busy(key);
    try {
      const progress = (share) => put(this.progress, "value", share?.toFixed(3));
      const blob = await WAYS[key].make(this.stage, { t: this.t, progress, signal: ends.signal });
      ends.signal.throwIfAborted();
      if (!blob) throw new Error("the browser made no file");
      const file = `speedup-${subjectOf(this.stage, key)}${WAYS[key].name({ t: this.t })}`;
      save(blob, file);
      put(this.said, "text", this.words("saved", { file }));
    } catch (error) {
      const told = ends.signal.aborted ? "cancelled" : (REASONS[error.name] ?? "failed");
      put(this.said, "text", this.words(told, { reason: error.message }));
    }
    this.ends = null;
    this.busy(null);
  }

  /** Shows what is in the making; null: nothing. */
  busy(key) {
    put(this.work, "hidden", key === null);
    put(this.progress, "value", null);
    if (key) put(this.said, "text", this.words("making", { what: this.words(key) }));
    for (const way of this.ways) {
      put(way.choose, "disabled", way.missing || key !== null);
      put(way.choose, "data-busy", way.key === key);
    }
  }

  destroy() {
    this.resume = false;
    this.ends?.abort();
    this.dialog.element.remove();
  }
}

const REASONS = { NoMap: "no_map", NoServer: "no_server", Refused: "refused", TooSlow: "too_slow" }; // names of errors -> words
const named = (name, message) => Object.assign(new Error(message), { name });

/** What a file is about: the lesson's scene, else long_valley, spiral. A script, which says what it is called, knows no lesson. */
const subjectOf = ({ kind, at, run: { spec } }, key) => (kind.lesson && key !== "script" ? at : (spec.surface ?? spec.dataset));

const frame = () => new Promise(requestAnimationFrame);

/** Until the training has come to its end; a race has. */
async function trained(stage, { progress, signal }) {
  const { kind } = stage;
  const over = () =>
    !stage.run.training ||
    (stage.run.done === stage.run.spec.steps && kind.fingerprint(stage.run.spec) === kind.fingerprint(stage.spec));
  while (!over()) {
    progress(stage.run.done / stage.run.spec.steps);
    await frame();
    signal.throwIfAborted();
  }
}

/** Until the address is the scene's; rejects if that can't be, after a while or by the `signal`. */
function settled(stage, signal) {
  return new Promise((resolve, reject) => {
    signal?.addEventListener("abort", () => reject(signal.reason));
    setTimeout(() => reject(named("NoServer", "")), PATIENCE);
    stage.commits.settled().then(resolve);
  });
}

/** The scene's address; empty while it can't follow the scene. */
async function linkOf(stage) {
  return (await sharedLink(stage)).link ?? "";
}

/** A file that the server makes of the scene. */
async function served(stage, { signal }, route, more) {
  await settled(stage, signal);
  const { page, query } = addressOf(stage);
  const asked = new URLSearchParams({ page, ...more });
  for (const [name, value] of new URLSearchParams(query)) asked.append(name, value);
  const response = await fetch(`${stage.api}${route}?${asked}`, { signal }).catch((error) => {
    throw signal.aborted ? error : named("NoServer", "");
  });
  if (response.ok) return response.blob();
  const answer = await response.json().catch(() => ({}));
  throw named("Refused", answer.error ?? `${response.status}`);
}
