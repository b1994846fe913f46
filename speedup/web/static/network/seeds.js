/** The same training from many seeds: how the lanes do in general, not in one run that happened to be so. */
import { button, el, put } from "../base/dom.js";
import { laneColour, laneLabel, number } from "../draw/format.js";
import { startThread } from "../base/load.js";
import { swatch } from "../draw/marks.js";

const MOST = 100; // seeds
const FRAMES = 24; // times the loss is measured
const QUANTILES = Float64Array.of(0.1, 0.5, 0.9);

/** {element (the panel), button (for elsewhere), bands() for the chart or null, sync(), frame(t), close(), destroy()}. */
export function createSeeds(stage) {
  const seeds = new Seeds(stage);
  stage.shared.seeds?.close();
  stage.shared.seeds = seeds;
  return seeds;
}

class Seeds {
  constructor(stage) {
    const words = (key, values) => stage.words(`stage.network.${key}`, values);
    Object.assign(this, { stage, words, thread: null, id: 0, result: null, asked: "" });
    this.button = button({ class: "link", "aria-expanded": "false", onclick: () => this.toggle() }, words("seeds"));
    this.count = el("input", { type: "number", min: 2, max: MOST, value: MOST, "aria-label": words("seed_count") });
    this.go = button({ class: "link go", onclick: () => (this.thread ? this.cancel() : this.run()) });
    this.progress = el("progress", { max: 1, value: 0, hidden: true, "aria-label": words("seeds") });
    this.said = el("p", { role: "status" });
    this.table = el("table");
    const close = button({ class: "quiet", "aria-label": stage.words("stage.close"), onclick: () => this.toggle(false) }, "×");
    this.element = el(
      "section",
      { class: "seeds", hidden: true, "aria-label": words("seeds") },
      el("div", { class: "head" }, el("strong", null, words("seeds_title")), close),
      el("p", null, words("seeds_help")),
      el("div", { class: "row" }, this.count, this.go, this.progress),
      this.said,
      this.table,
    );
    this.button.dataset.name = "seeds";
  }

  toggle(open = this.element.hidden) {
    const within = this.element.contains(document.activeElement);
    put(this.element, "hidden", !open);
    put(this.button, "aria-expanded", String(open));
    this.ends?.abort();
    if (open) {
      this.ends = new AbortController(); // of listening for Escape
      const onkeydown = (event) => event.key === "Escape" && !event.defaultPrevented && this.toggle(false);
      document.addEventListener("keydown", onkeydown, { signal: this.ends.signal });
      if (!this.result && !this.thread) this.run();
    } else if (within) this.button.focus();
    this.stage.refresh();
  }

  get name() {
    return this.stage.kind.fingerprint(this.stage.spec);
  }

  /** Begins anew with the scene as it is. */
  run() {
    const {
      stage: {
        run: { training, spec },
        tables,
        base,
      },
    } = this;
    const count = Math.min(MOST, Math.max(2, Math.round(this.count.valueAsNumber) || MOST));
    this.cancel();
    this.count.value = count;
    const every = Math.ceil(spec.steps / FRAMES);
    const lanes = training.lanes.map((lane) => ({ job: { ...training.job(lane), every }, steps: spec.steps }));
    Object.assign(this, { result: null, asked: this.name, values: [], wanted: count, every, steps: spec.steps });
    this.thread = startThread(base);
    this.thread.onmessage = ({ data }) => this.take(data);
    this.thread.onerror = () => this.fail();
    this.thread.postMessage({ id: ++this.id, kind: "seeds", lanes, spec, count, tables });
    this.stage.refresh();
  }

  take({ id, seeds, finished, error }) {
    if (id !== this.id) return;
    if (error) {
      this.fail();
      return;
    }
    this.values.push(...seeds);
    put(this.progress, "value", this.values.length / this.wanted);
    this.result = this.summary();
    if (finished) this.cancel();
    this.stage.refresh();
  }

  fail() {
    this.cancel();
    this.stage.notice.show("notice.no_thread", true);
  }

  cancel() {
    this.thread?.terminate();
    this.thread = null;
    this.stage.refresh();
  }

  /** Of each lane {steps, low, middle, high (a value each), final ([low, middle, high]), lowest (share of seeds)}. */
  summary() {
    const {
      values,
      every,
      stage: { kernels },
    } = this;
    const ends = values.map((lanes) => lanes.map((frames) => frames.at(-1)));
    const first = ends.map((lanes) =>
      lanes.reduce((best, loss, i) => (loss < lanes[best] || !Number.isFinite(lanes[best]) ? i : best), 0),
    );
    return values[0].map((frames, lane) => {
      const bands = Array.from(frames, (_, frame) => {
        const out = new Float64Array(3);
        const each = Float64Array.from(values, (lanes) => lanes[lane][frame]);
        kernels.call("quantiles", [out, each, each.length, QUANTILES, 3], [0]);
        return out;
      });
      const [low, middle, high] = [0, 1, 2].map((i) => bands.map((band) => band[i]));
      const steps = bands.map((_, frame) => Math.min(this.steps, (frame + 1) * every));
      return { steps, low, middle, high, final: bands.at(-1), lowest: first.filter((i) => i === lane).length / values.length };
    });
  }

  /** What the chart draws: nothing while the panel is closed, or once the scene is another. */
  bands() {
    return !this.element.hidden && this.result && this.asked === this.name && this.stage.run.lanes.length === this.result.length
      ? this.result
      : null;
  }

  sync() {
    const { words } = this;
    const outdated = this.result && this.asked !== this.name;
    if (outdated && this.thread) this.cancel();
    put(this.go, "text", words(this.thread ? "seeds_cancel" : "seeds_run"));
    put(this.progress, "hidden", !this.thread);
    put(
      this.said,
      "text",
      outdated ? words("seeds_outdated") : this.result ? words("seeds_done", { count: this.values.length }) : "",
    );
    if (!this.element.hidden) this.fill(outdated ? null : this.result);
  }

  /** The table, as large before there are results as with them: nothing may move under the hand. */
  fill(result) {
    const { stage, words } = this;
    const lanes = stage.spec.lanes.map((_, i) => result?.[i] ?? { final: [NaN, NaN, NaN], lowest: NaN });
    const cells = (tag, texts) => texts.map((text) => el(tag, null, text));
    const head = el("tr", null, el("td"), cells("th", [words("seeds_median"), words("seeds_range"), words("seeds_lowest")]));
    const order = lanes.map((_, i) => i).sort((a, b) => lanes[a].final[1] - lanes[b].final[1] || a - b);
    this.table.replaceChildren(
      head,
      ...order.map((index) => {
        const { final, lowest } = lanes[index];
        const mark = el("span", { class: "lane-mark" }, swatch(stage.tables.optimizers[stage.spec.lanes[index].optimizer]));
        mark.style.setProperty("--lane", laneColour(stage, index));
        const name = el("th", { scope: "row" }, mark, laneLabel(stage, index));
        const range = result ? `${number(final[0], 2)} – ${number(final[2], 2)}` : "–";
        const share = result ? `${Math.round(100 * lowest)} %` : "–";
        return el("tr", null, name, cells("td", [number(final[1]), range, share]));
      }),
    );
  }

  frame() {}

  close() {
    this.thread?.terminate();
    this.thread = null;
    this.ends?.abort();
  }

  destroy() {
    this.close();
    this.element.remove();
  }
}
