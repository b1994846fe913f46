/** Computes a picture of trainings on threads, at leisure; it may be stopped, and what is known of it stays and is gone on from. */
import { Pictures } from "./pictures.js";
import { Threads, turnOf } from "./threads.js";
import { TrainedPicture } from "./trained_picture.js";

/** @type {[fewest: number, most: number]} */
const AT_ONCE = [1, 3]; // threads: they take long, meanwhile one goes on
const PACE = 150; // milliseconds between two drawings of what has come: they take time from the threads

/** @typedef {{key: string, kind: string, job: () => import("./trained_picture.js").Job}} Wanted */

/** @extends {Pictures<TrainedPicture>} */
export class TrainedThreads extends Pictures {
  running = false;
  stopped = false; // by hand
  failed = ""; // what failed isn't tried again
  drawn = 0; // when it was drawn last, in milliseconds
  /** @type {Pick<Wanted, "key" | "kind">} */
  wanted = { key: "", kind: "" };

  /** @param {Pick<TrainView, "kernels" | "base" | "notice" | "redraw">} view */
  constructor(view) {
    super();
    this.view = view;
    this.threads = new Threads(view, "trainings", this, AT_ONCE);
  }

  /**
   * Takes note of what is to be computed, and has it computed. While something moves there is what there was, and the stage has the
   * processor's time.
   *
   * @param {Wanted} wanted
   * @param {boolean} moving
   */
  want({ key, kind, job }, moving) {
    this.wanted = { key, kind };
    if (moving && this.picture) this.rest();
    if ((moving && this.picture) || key === this.failed) return;
    const before = this.picture;
    if (key === before?.key) {
      if (!this.running && !this.stopped && !before.complete) this.ask(before);
      return;
    }
    if (before?.coarse) this.keep(before);
    this.turnTo(this.kept.find((one) => one.key === key) ?? new TrainedPicture(key, job(), kind));
  }

  /** @param {TrainedPicture} picture */
  turnTo(picture) {
    this.picture = picture;
    if (picture.coarse) this.shown = picture;
    this.stopped = false;
    this.ask(picture); // if nothing is missing, that ends what was under way
  }

  /** @override */
  get complete() {
    return super.complete && this.picture?.key === this.wanted.key;
  }

  /** Tells whether it is no part of what is wanted. @param {TrainedPicture} picture */
  outdated(picture) {
    return picture.kind !== this.wanted.kind;
  }

  /** How much of what is wanted is computed, 0 to 1. */
  get progress() {
    return this.picture?.progress ?? 1;
  }

  /** @override */
  get layers() {
    const { picture, shown } = this;
    return picture && picture !== shown && picture.count ? [...super.layers, picture] : super.layers;
  }

  /** What is known of what is wanted that has the lowest loss, null as long as there is none. */
  get best() {
    const known = [...this.kept, ...(this.picture ? [this.picture] : [])];
    const found = known.filter((one) => !this.outdated(one) && one.best >= 0);
    return found.reduce(
      (/** @type {TrainedPicture | null} */ low, one) => (low && low.losses[low.best] <= one.losses[one.best] ? low : one),
      null,
    );
  }

  /**
   * Deals what isn't known out to the threads.
   *
   * @param {TrainedPicture} picture
   */
  ask(picture) {
    const { job, missing } = picture;
    this.running = missing.length > 0;
    this.threads.ask((nth) => ({ job, runs: turnOf(missing, nth, this.threads.count) }));
  }

  /** @param {{found: import("./trained_picture.js").Found[]}} answer */
  take({ found }) {
    const { picture } = this;
    if (!picture) return;
    for (const one of found) picture.take(one);
    if (picture.coarse) this.shown = picture;
    if (picture.complete) {
      this.running = false;
      this.keep(picture);
    }
    const now = performance.now();
    if (now - this.drawn < PACE && !picture.complete) return;
    this.drawn = now;
    this.view.redraw();
  }

  /** Ends what is under way, until it is wanted again: what is known stays. */
  rest() {
    if (!this.running) return;
    this.running = false;
    this.threads.rest();
  }

  /** Ends what is under way until somebody has it go on. */
  stop() {
    this.rest();
    this.stopped = true;
    this.view.redraw();
  }

  goOn() {
    this.stopped = false;
    if (this.picture) this.ask(this.picture);
    this.view.redraw();
  }

  /** Half a picture isn't left as a whole one: there is none, and that is said. */
  fail() {
    this.running = false;
    this.failed = this.wanted.key;
    this.picture = this.shown = null;
    this.view.notice.show("notice.no_picture", true);
    this.view.redraw();
  }

  close() {
    this.threads.close();
    this.running = false;
  }
}
