/** What can be taken out of the app, in a dialog: a picture, the numbers, a script, a film, the scene as a page. */
import { csvOf } from "./csv.js";
import { createDialog } from "../base/dialog.js";
import { button, el, icon, put } from "../base/dom.js";
import { filmOf, filmType } from "./film.js";
import { save } from "../base/save.js";
import { createSnapshot } from "./slide.js";
import { linkOf, served } from "./served.js";

const ICONS = {
  picture: "M4 5h16v14H4zM4 16l5-5 4 4 3-3 4 4M15.5 9h.01",
  numbers: "M4 5h16v14H4zM4 9.7h16M4 14.3h16M9.5 5v14",
  script: "M9 7l-5 5 5 5M15 7l5 5-5 5",
  film: "M4 6h11v12H4zM15 11l5-3v8l-5-3z",
  page: "M4 4h16v16H4zM4 8.5h16M7 6.3h.01M9.5 6.3h.01",
};
const SHARPEST = 4; // pixels to one of a slide: larger canvases fail on phones

/**
 * @typedef {"picture" | "numbers" | "script" | "film" | "page"} Way
 * @typedef {{t: number, progress: (share: number | null) => void, signal: AbortSignal}} Work  a step, who is told, and what ends it
 *
 * @typedef {object} Making
 * @property {(work: {t: number}) => string} name  the end of the file's
 * @property {() => boolean} [missing]  whether this browser can't
 * @property {boolean} [served]  whether a server makes it
 * @property {(stage: View, work: Work) => Promise<Blob | null>} make
 */

/** The ways, in their order: each makes the Blob of a file, and says what it is called. */
/** @type {Record<Way, Making>} */
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
  script: { name: () => ".py", served: true, make: (stage, work) => served(stage, work, "python", {}) },
  film: {
    name: () => `.${filmType()?.ending}`,
    missing: () => !filmType(),
    async make(stage, work) {
      await trained(stage, work);
      return filmOf(stage, { ...work, link: await linkOf(stage) });
    },
  },
  page: { name: () => ".html", served: true, make: (stage, work) => served(stage, work, "page", { lang: stage.lang }) },
};

/**
 * Makes the tool: {open(), destroy()}.
 *
 * @param {View} stage
 */
export function create(stage) {
  const downloads = new DownloadDialog(stage, stage.words("stage.takeaway.title"));
  return { open: downloads.dialog.open, destroy: () => downloads.destroy() };
}

/** The dialog, with at most one thing in the making. While it is open the stage stands still. */
class DownloadDialog {
  /** @type {AbortController | null} */
  ends = null; // what is in the making
  t = 0; // the step that the stage stands at
  resume = false;

  /**
   * @param {View} stage
   * @param {string} title
   */
  constructor(stage, title) {
    this.stage = stage;
    const ways = /** @type {Way[]} */ (Object.keys(WAYS)).filter((key) => !(WAYS[key].served && stage.host.offline));
    this.ways = ways.map((key) => this.way(key));
    this.progress = el("progress", { max: 1, "aria-label": title });
    this.cancel = button({ class: "link", onclick: () => this.ends?.abort() }, this.words("cancel"));
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

  /**
   * @param {Under<"stage.takeaway">} key
   * @param {Record<string, string | number>} [values]
   */
  words(key, values) {
    return this.stage.words(`stage.takeaway.${key}`, values);
  }

  /** @param {Way} key */
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
    this.t = Math.floor(this.stage.step);
    this.resume = clock.playing;
    if (clock.playing) clock.pause();
    const ending = filmType()?.ending.replace("webm", "WebM").replace("mp4", "MP4") ?? "";
    for (const { key, about, missing } of this.ways)
      put(about, "text", this.words(missing ? "no_film" : `${key}_about`, { step: this.t, ending }));
    put(this.said, "text", this.words("where"));
  }

  closed() {
    this.ends?.abort();
    if (this.resume && !this.stage.gone) this.stage.clock.play();
  }

  /**
   * Makes a file and saves it, or says why that can't be.
   *
   * @param {Way} key
   */
  async take(key) {
    if (this.ends) return;
    const ends = (this.ends = new AbortController());
    this.busy(key);
    try {
      const progress = (/** @type {number | null} */ share) => put(this.progress, "value", share?.toFixed(3));
      const blob = await WAYS[key].make(this.stage, { t: this.t, progress, signal: ends.signal });
      ends.signal.throwIfAborted();
      if (!blob) throw new Error("the browser made no file");
      const file = `speedup-${subjectOf(this.stage, key)}${WAYS[key].name({ t: this.t })}`;
      save(blob, file);
      put(this.said, "text", this.words("saved", { file }));
    } catch (error) {
      const { name, message } = /** @type {Error} */ (error);
      const told = ends.signal.aborted ? "cancelled" : (REASONS[name] ?? "failed");
      put(this.said, "text", this.words(told, { reason: message }));
    }
    this.ends = null;
    this.busy(null);
  }

  /**
   * Shows what is in the making.
   *
   * @param {Way | null} key  null: nothing
   */
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

/** @type {Record<string, Under<"stage.takeaway">>} */
const REASONS = { NoMap: "no_map", NoServer: "no_server", Refused: "refused", TooSlow: "too_slow" }; // names of errors -> words

/**
 * Tells what a file is about: the lesson's scene, else long_valley, spiral. A script, which says what it is called, knows no lesson.
 *
 * @param {View} stage
 * @param {Way} key
 */
const subjectOf = (stage, key) => (stage.kind.lesson && key !== "script" ? stage.at : stage.kind.subject(stage));

const frame = () => new Promise(requestAnimationFrame);

/**
 * Waits until the run has come to its end; a race has, a training takes its time.
 *
 * @param {View} stage
 * @param {Work} work
 */
async function trained(stage, { progress, signal }) {
  const { kind } = stage;
  const share = () => (stage.run.done ?? stage.run.spec.steps) / stage.run.spec.steps;
  while (share() < 1 || kind.fingerprint(stage.run.spec) !== kind.fingerprint(stage.spec)) {
    progress(share());
    await frame();
    signal.throwIfAborted();
  }
}
