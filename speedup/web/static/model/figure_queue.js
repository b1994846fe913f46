/** Fetches the figures of the relief: the latest wanted, one at a time, and again later if it can't be had. */

const PAUSE = 150; // milliseconds between two requests, while a surface is being bent
const RETRY = 3000; // after the server was not there
const KEPT = 24; // figures

export class Stills {
  /** `ask(query)` resolves to a figure, null if there is none, and rejects if it can't be had now; `got()` is called
      when the one wanted has come. */
  constructor(ask, got) {
    // busy: a request is under way; free: when the next may be sent
    Object.assign(this, { ask, got, wanted: null, busy: false, timer: 0, free: 0 });
    this.kept = new Map();
  }

  /** The figure, if it is here. */
  get(query) {
    return this.kept.get(query) ?? null;
  }

  /** Of all queries wanted only the latest is asked for; null: none is wanted. */
  want(query) {
    this.wanted = query;
    this.plan();
  }

  plan() {
    if (this.busy || this.timer || this.wanted === null || this.kept.has(this.wanted)) return;
    this.timer = setTimeout(() => this.load(this.wanted), Math.max(0, this.free - performance.now()));
  }

  async load(query) {
    this.timer = 0;
    if (query === null) return;
    Object.assign(this, { busy: true, free: performance.now() + PAUSE });
    try {
      this.keep(query, await this.ask(query));
    } catch {
      this.free = performance.now() + RETRY;
    }
    this.busy = false;
    if (this.wanted !== null && this.kept.has(this.wanted)) this.got();
    this.plan();
  }

  keep(query, figure) {
    this.kept.set(query, figure);
    if (this.kept.size > KEPT) this.kept.delete(this.kept.keys().next().value);
  }

  destroy() {
    this.wanted = null;
    clearTimeout(this.timer);
  }
}
