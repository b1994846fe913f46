/** Fetches the still figures: the latest wanted, one at a time, and again later if it can't be had. */

const PAUSE = 150; // milliseconds between two requests, while a surface is being bent
const RETRY = 3000; // after the server was not there
const LATER = 1000; // the spare figure is fetched so long after the one wanted
const KEPT = 24; // figures

export class Stills {
  /** `ask(query)` resolves to a figure, null if there is none, and rejects if it can't be had now; `got()` is called
      when the one wanted has come. */
  constructor(ask, got) {
    // busy: a request is under way; free: when the next may be sent
    Object.assign(this, { ask, got, wanted: null, spare: null, busy: false, timer: 0, free: 0 });
    this.kept = new Map();
  }

  /** The figure, if it is here. */
  get(query) {
    return this.kept.get(query) ?? null;
  }

  /** Of all queries wanted only the latest is asked for; after it the spare, once, for the server may go. */
  want(query, spare) {
    Object.assign(this, { wanted: query, spare: spare === this.missed ? null : spare });
    this.plan();
  }

  plan() {
    if (this.busy || this.wanted === null) return;
    const next = [this.wanted, this.spare].find((query) => query !== null && !this.kept.has(query)) ?? null;
    if (this.timer && next === this.next) return;
    clearTimeout(this.timer);
    Object.assign(this, { next, timer: 0 });
    const wait = next === this.wanted ? Math.max(0, this.free - performance.now()) : LATER;
    if (next !== null) this.timer = setTimeout(() => this.load(next), wait);
  }

  async load(query) {
    Object.assign(this, { timer: 0, busy: true, free: performance.now() + PAUSE });
    try {
      this.keep(query, await this.ask(query));
    } catch {
      this.free = performance.now() + RETRY;
      if (query === this.spare) Object.assign(this, { spare: null, missed: query });
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
