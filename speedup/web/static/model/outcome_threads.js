/** Computes a picture of outcomes on several threads, and hands over what there is of it as it comes. */
import { PIECES, Picture, STRIDES } from "./outcomes.js";
import { openThreads } from "./threads.js";

/** @type {[fewest: number, most: number]} */
export const AT_ONCE = [2, 4]; // threads: one waits for the picture
const KEPT = 6; // complete pictures, to come back to

/**
 * @typedef {import("./outcomes.js").Job} Job
 * @typedef {{key: string, kind: string, job: () => Job}} Wanted  `kind`: alike for all parts of one picture
 */

export class OutcomeThreads {
  id = 0; // of the latest message
  /** @type {Worker[]} */
  threads = [];
  /** @type {Picture | null} */
  picture = null; // that is computed
  /** @type {Picture | null} */
  shown = null; // something of it is known everywhere
  /** @type {Picture | null} */
  next = null;
  /** @type {Picture[]} */
  kept = []; // complete, the latest last
  asked = 0; // levels of the picture that is computed

  /** @param {Pick<RaceView, "kernels" | "base" | "notice" | "redraw" | "dragging">} view */
  constructor(view) {
    this.view = view;
  }

  /**
   * Takes note of what is to be computed. What is under way comes to something first: whoever drags a slider sees that.
   *
   * @param {Wanted} wanted
   */
  want({ key, kind, job }) {
    if (key === this.picture?.key) {
      this.next = null;
      return;
    }
    if (key === this.next?.key) return;
    const known = this.kept.find((one) => one.key === key);
    if (known) {
      this.goBack(known);
      return;
    }
    const picture = new Picture(key, job(), kind);
    if (this.picture && !this.picture.coarse) this.next = picture;
    else this.begin(picture);
  }

  /** Whether all that is wanted is shown. */
  get complete() {
    return this.shown !== null && this.shown === this.picture && this.shown.complete && !this.next;
  }

  /**
   * Gives what is shown, the coarsest first: while a part of a picture is computed, what is known of it by others that are seen.
   *
   * @returns {Picture[]}
   */
  get layers() {
    const { shown, picture, known } = this;
    const now = shown === picture;
    if (now && shown?.complete) return [shown];
    return known.filter((one) => one === shown || !now || one.grain < /** @type {Picture} */ (shown).grain);
  }

  /** What is known of the picture that is shown, by others too, the coarsest first. */
  get known() {
    const { shown, kept } = this;
    if (!shown) return [];
    return [shown, ...kept.filter((one) => one !== shown && one.kind === shown.kind)].sort((a, b) => b.grain - a.grain);
  }

  /** @param {Picture} picture  complete */
  goBack(picture) {
    this.picture = this.shown = picture;
    this.next = null;
    this.id += 1;
    for (const thread of this.threads) thread.postMessage({ id: this.id, kind: "outcomes", pieces: [] }); // they stop
  }

  /** @param {Picture} picture */
  begin(picture) {
    this.picture = picture;
    this.next = null;
    this.asked = 0;
    this.id += 1;
    this.ask(picture);
  }

  /**
   * Has more of it computed: all the rest, or while something is dragged a level by one thread, for the stage needs its time too.
   *
   * @param {Picture} picture
   */
  ask({ job, level: from }) {
    if (!this.threads.length) this.open();
    const { dragging } = this.view;
    this.asked = dragging ? from + 1 : STRIDES.length;
    const threads = dragging ? this.threads.slice(0, 1) : this.threads;
    threads.forEach((thread, i) => {
      const own = PIECES.map(({ level, pair }) => level >= from && level < this.asked && pair % threads.length === i);
      const pieces = own.flatMap((is, piece) => (is ? [piece] : []));
      thread.postMessage({ id: this.id, kind: "outcomes", job, pieces });
    });
  }

  open() {
    this.threads = openThreads(this.view, AT_ONCE, { kind: "outcomes", pieces: [] }, this);
  }

  /** @param {{id: number, found: import("./outcomes.js").Found[], error?: string}} message */
  take({ id, found, error }) {
    const { picture } = this;
    if (id !== this.id || !picture) return;
    if (error) {
      this.fail();
      return;
    }
    const before = picture.level;
    for (const one of found) picture.take(one);
    if (picture.level === before) return; // drawing takes time from the threads: once a level is enough
    this.shown = picture;
    if (picture.complete) this.kept = [...this.kept, picture].slice(-KEPT);
    if (this.next) this.begin(this.next);
    else if (picture.level === this.asked && !picture.complete) this.ask(picture);
    this.view.redraw();
  }

  /** Half a picture isn't left as a whole one: there is none, and that is said. */
  fail() {
    this.close();
    this.view.notice.show("notice.no_picture", true);
    this.view.redraw();
  }

  /** Ends what is under way; what is complete stays. */
  close() {
    for (const thread of this.threads) thread.terminate();
    this.threads = [];
    this.next = null;
    if (!this.picture?.complete) this.picture = this.shown = null;
  }

  destroy() {
    this.close();
  }
}
