/** Computes a picture of outcomes on several threads, and hands over what there is of it as it comes. */
import { PIECES, Picture, STRIDES } from "./outcomes.js";
import { Pictures } from "./pictures.js";
import { Threads } from "./threads.js";

/** @type {[fewest: number, most: number]} */
export const AT_ONCE = [2, 4]; // threads: one waits for the picture

/**
 * @typedef {import("./outcomes.js").Job} Job
 * @typedef {{key: string, kind: string, job: () => Job}} Wanted  `kind`: alike for all parts of one picture
 */

/** @extends {Pictures<Picture>} */
export class OutcomeThreads extends Pictures {
  /** @type {Picture | null} */
  next = null;
  asked = 0; // levels of the picture that is computed

  /** @param {Pick<RaceView, "kernels" | "base" | "notice" | "redraw" | "dragging">} view */
  constructor(view) {
    super();
    this.view = view;
    this.threads = new Threads(view, "outcomes", this, AT_ONCE);
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

  /** @override */
  get complete() {
    return super.complete && !this.next;
  }

  /** @param {Picture} picture  complete */
  goBack(picture) {
    this.picture = this.shown = picture;
    this.next = null;
    this.threads.rest();
  }

  /** @param {Picture} picture */
  begin(picture) {
    this.picture = picture;
    this.next = null;
    this.asked = 0;
    this.ask(picture);
  }

  /**
   * Has more of it computed: all the rest, or while something is dragged a level by one thread, for the stage needs its time too.
   *
   * @param {Picture} picture
   */
  ask({ job, level: from }) {
    const { dragging } = this.view;
    this.asked = dragging ? from + 1 : STRIDES.length;
    const count = dragging ? 1 : this.threads.count;
    this.threads.ask((nth) => {
      const own = PIECES.map(({ level, pair }) => level >= from && level < this.asked && pair % count === nth);
      return { job, pieces: own.flatMap((is, piece) => (is ? [piece] : [])) };
    });
  }

  /** @param {{found: import("./outcomes.js").Found[]}} answer */
  take({ found }) {
    const { picture } = this;
    if (!picture) return;
    const before = picture.level;
    for (const one of found) picture.take(one);
    if (picture.level === before) return; // drawing takes time from the threads: once a level is enough
    this.shown = picture;
    if (picture.complete) this.keep(picture);
    if (this.next) this.begin(this.next);
    else if (picture.level === this.asked && !picture.complete) this.ask(picture);
    this.view.redraw();
  }

  /** Half a picture isn't left as a whole one: there is none, and that is said. */
  fail() {
    this.forget();
    this.view.notice.show("notice.no_picture", true);
    this.view.redraw();
  }

  /** Ends what is under way; what is complete stays. */
  close() {
    this.threads.close();
    this.forget();
  }

  forget() {
    this.next = null;
    if (!this.picture?.complete) this.picture = this.shown = null;
  }
}
