/** The same training from many seeds: how the lanes do in general, not in one run that happened to be so. */
import { button, el, put } from "../base/dom.js";
import { laneColour, laneLabel, number } from "../draw/format.js";
import { swatch } from "../draw/marks.js";
import { MOST } from "./seed_runs.js";

/**
 * Makes the panel; its button stands above the chart (chart_options.js).
 *
 * @param {TrainView} view
 * @returns {Part}
 */
export function createSeeds(view) {
  const words = wordsOf(view);
  const { seeds } = view.shared;
  const count = el("input", { type: "number", min: 2, max: MOST, value: MOST, "aria-label": words("seed_count") });
  const begin = () => {
    const wanted = Math.min(MOST, Math.max(2, Math.round(count.valueAsNumber) || MOST));
    count.value = String(wanted);
    seeds.run(wanted);
  };
  const go = button({ class: "link go", onclick: () => (seeds.running ? seeds.cancel() : begin()) });
  const progress = el("progress", { max: 1, value: 0, hidden: true, "aria-label": words("seeds") });
  const said = el("p", { role: "status" });
  const table = el("table");
  const close = button({ class: "quiet", "aria-label": view.words("stage.close"), onclick: () => seeds.toggle(false) }, "×");
  const element = el(
    "section",
    { class: "seeds", hidden: true, "aria-label": words("seeds") },
    el("div", { class: "head" }, el("strong", null, words("seeds_title")), close),
    el("p", null, words("seeds_help")),
    el("div", { class: "row" }, count, go, progress),
    said,
    table,
  );
  const unfold = createFold(
    element,
    () => seeds.toggle(false),
    () => seeds.left(),
  );
  const sync = () => {
    const { outdated } = seeds;
    if (outdated && seeds.running) seeds.cancel();
    unfold(seeds.open && view.panel === "loss");
    put(go, "text", words(seeds.running ? "seeds_cancel" : "seeds_run"));
    put(progress, "hidden", !seeds.running);
    put(progress, "value", seeds.progress);
    const done = seeds.result ? words("seeds_done", { count: seeds.count }) : "";
    put(said, "text", outdated ? words("seeds_outdated") : done);
    if (seeds.open) fill(view, table, outdated ? null : seeds.result);
  };
  const destroy = () => {
    unfold(false);
    element.remove();
  };
  return { element, sync, frame() {}, destroy };
}

/**
 * @param {TrainView} view
 * @returns {(key: Under<"stage.network">, values?: Record<string, string | number>) => string}
 */
const wordsOf = (view) => (key, values) => view.words(`stage.network.${key}`, values);

/**
 * Shows an element or hides it. While it is shown Escape calls `close`; if it is hidden with the focus in it `left` is called.
 *
 * @param {HTMLElement} element
 * @param {() => void} close
 * @param {() => void} left
 */
function createFold(element, close, left) {
  /** @type {AbortController | null} */
  let ends = null; // of listening for Escape
  return (/** @type {boolean} */ open) => {
    if (open === Boolean(ends)) return;
    const within = element.contains(document.activeElement);
    put(element, "hidden", !open);
    ends?.abort();
    ends = open ? new AbortController() : null;
    if (ends) {
      const onkeydown = (/** @type {KeyboardEvent} */ event) => event.key === "Escape" && !event.defaultPrevented && close();
      document.addEventListener("keydown", onkeydown, { signal: ends.signal });
    } else if (within) left();
  };
}

/**
 * Fills the table, as large before there are results as with them: nothing may move under the hand.
 *
 * @param {TrainView} view
 * @param {HTMLTableElement} table
 * @param {import("./seed_runs.js").SeedBand[] | null} result
 */
function fill(view, table, result) {
  const words = wordsOf(view);
  const lanes = view.spec.lanes.map((_, i) => result?.[i] ?? { final: [NaN, NaN, NaN], lowest: NaN });
  /** @param {"th" | "td"} tag @param {string[]} texts */
  const cells = (tag, texts) => texts.map((text) => el(tag, null, text));
  const head = el("tr", null, el("td"), cells("th", [words("seeds_median"), words("seeds_range"), words("seeds_lowest")]));
  const order = lanes.map((_, i) => i).sort((a, b) => lanes[a].final[1] - lanes[b].final[1] || a - b);
  const rows = order.map((index) => {
    const { final, lowest } = lanes[index];
    const mark = el("span", { class: "lane-mark" }, swatch(view.tables.optimizers[view.spec.lanes[index].optimizer]));
    mark.style.setProperty("--lane", laneColour(view, index));
    const name = el("th", { scope: "row" }, mark, laneLabel(view, index));
    const range = result ? `${number(final[0], 2)} – ${number(final[2], 2)}` : "–";
    const share = result ? `${Math.round(100 * lowest)} %` : "–";
    return el("tr", null, name, cells("td", [number(final[1]), range, share]));
  });
  table.replaceChildren(head, ...rows);
}
