/** Fetches the figures of the relief: the latest wanted, one at a time, and again later if it can't be had. */

const PAUSE = 150; // milliseconds between two requests, while a surface is being bent
const RETRY = 3000; // after the server was not there
const KEPT = 24; // figures

/** @template Figure */
export class Stills {
  /** @type {string | null} */
  wanted = null;
  busy = false; // a request is under way
  timer = 0;
  free = 0; // when the next request may be sent
  /** @type {Map<string, Figure | null>} */
  kept = new Map();

  /**
   * @param {(query: string) => Promise<Figure | null>} ask  null if there is none; rejects if it can't be had now
   * @param {() => void} got  called when the one wanted has come
   */
  constructor(ask, got) {
    this.ask = ask;
    this.got = got;
  }

  /**
   * Gives the figure, if it is here.
   *
   * @param {string} query
   */
  get(query) {
    return this.kept.get(query) ?? null;
  }

  /**
   * Asks for the latest of all queries wanted only; null: none is wanted.
   *
   * @param {string | null} query
   */
  want(query) {
    this.wanted = query;
    this.plan();
  }

  plan() {
    if (this.busy || this.timer || this.wanted === null || this.kept.has(this.wanted)) return;
    this.timer = setTimeout(() => this.load(this.wanted), Math.max(0, this.free - performance.now()));
  }

  /** @param {string | null} query */
  async load(query) {
    this.timer = 0;
    if (query === null) return;
    this.busy = true;
    this.free = performance.now() + PAUSE;
    try {
      this.keep(query, await this.ask(query));
    } catch {
      this.free = performance.now() + RETRY;
    }
    this.busy = false;
    if (this.wanted !== null && this.kept.has(this.wanted)) this.got();
    this.plan();
  }

  /**
   * @param {string} query
   * @param {Figure | null} figure
   */
  keep(query, figure) {
    this.kept.set(query, figure);
    const [oldest] = this.kept.keys();
    if (this.kept.size > KEPT) this.kept.delete(oldest);
  }

  destroy() {
    this.wanted = null;
    clearTimeout(this.timer);
  }
}
