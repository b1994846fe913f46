/** What stands beside the picture of outcomes, the choice of what varies and what its colours mean; and what the picture says. */
import { button, el, put } from "../base/dom.js";
import { plain } from "../draw/format.js";
import { css } from "../draw/shades.js";
import { lackedBy, pixelAt, valuesAt } from "./outcome_axes.js";
import { COLOURS } from "./outcome_plot.js";

/** @typedef {import("./outcome_axes.js").Subject} Subject */

/**
 * Makes {element, sync(subject), frame()}.
 *
 * @param {View} view
 * @param {OutcomeSource} source
 * @param {() => void} home  shows all again
 */
export function createKey(view, source, home) {
  const words = (/** @type {Under<"stage.outcomes">} */ name) => view.words(`stage.outcomes.${name}`);
  const onchange = () => view.set({ pair: select.value, region: null });
  const select = el("select", { "aria-label": words("pair"), onchange });
  const lay = () => view.set({ laid: box.checked ? "map" : "below" });
  const box = el("input", { type: "checkbox", onchange: lay });
  const laid = el("label", { class: "laid", title: words("laid_hint") }, box, words("laid"));
  const all = button({ class: "all", title: words("all_hint"), hidden: true, onclick: home }, words("all"));
  const colours = createColours(view, source);
  const progress = createProgress(view, source);
  const sync = (/** @type {Subject} */ { index, pair, whole }) => {
    put(all, "hidden", whole);
    put(laid, "hidden", pair !== "start" || view.view === "3d");
    box.checked = view.laid === "map";
    const lane = view.spec.lanes[index];
    const label = (/** @type {string} */ one) =>
      one === "start"
        ? words("start")
        : source
            .rows(one, lane)
            .map(({ symbol }) => symbol)
            .join(" × ");
    const offered = source.pairs(lane).map((value) => ({ value, text: label(value) }));
    if (offered.map(({ text }) => text).join() !== [...select.options].map(({ text }) => text).join())
      select.replaceChildren(...offered.map(({ value, text }) => el("option", { value }, text)));
    select.value = pair;
    colours.frame();
  };
  const frame = () => {
    colours.frame();
    progress?.frame();
  };
  return { element: el("div", { class: "key" }, select, colours.element, progress?.element ?? [], laid, all), sync, frame };
}

/**
 * Makes the list of what colours mean, {element, frame()}.
 *
 * @param {View} view
 * @param {OutcomeSource} source
 */
function createColours(view, source) {
  const element = el("ul", { class: "colours" });
  let shown = "";
  const frame = () => {
    const items = source.legend();
    const now = `${view.theme} ${items.join()}`;
    if (now === shown) return;
    shown = now;
    element.replaceChildren(
      ...items.map(([name, text]) => {
        const colour = el("i");
        colour.style.background = css(COLOURS[view.theme][name]);
        return el("li", null, colour, text);
      }),
    );
  };
  return { element, frame };
}

/**
 * Makes how much is computed and what stops that, {element, frame()}; null where it takes a moment only.
 *
 * @param {View} view
 * @param {OutcomeSource} source
 */
function createProgress(view, source) {
  const { progress, turn } = source;
  if (!progress || !turn) return null;
  const bar = el("progress", { max: 1, value: 0, "aria-label": view.words("stage.rate.progress") });
  const stop = button({ onclick: turn }, "");
  const element = el("div", { class: "computed", "data-idle": "" }, bar, stop);
  const frame = () => {
    const { share, running } = progress();
    put(element, "data-idle", share >= 1);
    put(bar, "value", share);
    put(stop, "text", view.words(`stage.outcomes.${running ? "stop" : "go_on"}`));
  };
  return { element, frame };
}

/**
 * @typedef {object} Said
 * @property {import("./outcome_hand.js").Around} around
 * @property {import("../model/pixels.js").Pixels<any> | null} picture  of what is seen; null: there is none yet
 * @property {number | null} share  of it, that arrives; null: it isn't whole yet
 * @property {string} lacks  the pair that the lane was to have
 * @property {boolean} closest  whether float64 ends here
 */

/**
 * Says in words what the picture tells, or what becomes of the lane where a pointer is.
 *
 * @param {View} view
 * @param {OutcomeSource} source
 * @param {Said} said
 */
export function sayOutcomes(view, source, { around: { subject, looked }, picture, share, lacks, closest }) {
  if (!subject) return "";
  const first = lacks ? [sayLacks(view, subject, lacks)] : closest ? [view.words("stage.map.closest")] : [];
  const there = looked && picture && sayThere(source, subject, picture, looked);
  return [...first, ...(there ? [there] : source.sums(subject, share))].join(" · ");
}

/**
 * Says that the chosen lane lacks what was to vary.
 *
 * @param {View} view
 * @param {Subject} subject
 * @param {string} pair
 */
function sayLacks(view, { index }, pair) {
  const { tables, spec } = view;
  const rows = Object.values(tables.optimizers).flatMap(({ hyperparameters }) => hyperparameters);
  const symbols = lackedBy(spec.lanes[index], pair).map((one) => rows.find((row) => row.name === one)?.symbol ?? one);
  return view.words("stage.rate.lacks", { lane: tables.optimizers[spec.lanes[index].optimizer].label, name: symbols.join(", ") });
}

/**
 * Says what has become of the lane in the pixel that is seen at a place; "" if that isn't known yet.
 *
 * @param {OutcomeSource} source
 * @param {Subject} subject
 * @param {import("../model/pixels.js").Pixels<any>} picture
 * @param {Point} looked
 */
function sayThere(source, { axes, window, whole }, picture, looked) {
  const { size } = picture;
  const [column, up] = pixelAt(picture, looked);
  const pixel = picture.nearest(column, size[1] - 1 - up);
  if (pixel < 0) return "";
  const exact = (/** @type {number} */ value) => (whole ? plain(value) : String(value).replace("-", "−"));
  const values = valuesAt({ axes, window, size }, [pixel % size[0], size[1] - 1 - Math.floor(pixel / size[0])]);
  const where = axes.map(({ symbol }, i) => `${symbol} ${exact(values[i])}`).join(", ");
  return `${where}: ${source.became(picture, pixel)}`;
}
