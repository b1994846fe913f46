/** A scene's update as the chapter has it and as PyTorch does it; parts have the colour of what they do on the stage. */
import { el } from "../base/dom.js";
import { mix, tones } from "../draw/markers.js";
import { PARTS } from "../draw/parts.js";

/** @type {Record<"light" | "dark", [r: number, g: number, b: number]>} */
const STRONG = { light: [0, 0, 0], dark: [255, 255, 255] }; // what colours are mixed with for the last row
const MARKED = /\[(\w+)\|([^\]]*)\]/; // [gradient|dx]

/** @typedef {import("../draw/parts.js").PartName} PartName */
const NAMES = /** @type {PartName[]} */ (Object.keys(PARTS));

/**
 * Makes the elements: the formulas that the scene has, and what their colours mean.
 *
 * @param {LessonView} view
 */
export function createFormula(view) {
  const scene = view.tables.lesson[view.at];
  const sources = /** @type {const} */ (["chapter", "pytorch"]).filter((source) => scene[source].length);
  if (!sources.length) return [];
  const used = NAMES.filter((part) => sources.some((source) => scene[source].join("").includes(`[${part}|`)));
  const key = used.map((part) => el("li", mark(view, part), view.words(`lesson.${part}`)));
  const blocks = sources.map((source) => {
    const lines = scene[source].map((line) => el("code", null, ...pieces(view, line)));
    return el("figure", null, el("figcaption", null, view.words(`lesson.${source}`)), el("pre", null, lines));
  });
  return [el("div", { class: "formulas" }, blocks, el("ul", { class: "key" }, key))];
}

/**
 * Gives a line's text, its marked parts as elements.
 *
 * @param {LessonView} view
 * @param {string} line
 */
function pieces(view, line) {
  return line
    .replaceAll(" ** 2", "²")
    .split(/(\[\w+\|[^\]]*\])/)
    .filter(Boolean)
    .map((piece) => {
      const [, part, text] = piece.match(MARKED) ?? [];
      return part ? el("b", mark(view, /** @type {PartName} */ (part)), text) : piece;
    });
}

/** @param {LessonView} view @param {PartName} part */
function mark(view, part) {
  const { text } = tones(view.tables.optimizers[PARTS[part]].colour, view.theme);
  const strong = mix(text, STRONG[view.theme], 0.35);
  return { class: "part", style: `--part: ${text}; --strong: ${strong}` };
}
