/** A scene's update as the chapter has it and as PyTorch does it; parts have the colour of what they do on the stage. */
import { el } from "../base/dom.js";
import { mix, tones } from "../draw/markers.js";

const PARTS = { gradient: "sgd", momentum: "momentum", step: "adagrad" }; // part -> the optimizer whose hue it has
const [BLACK, WHITE] = [
  [0, 0, 0],
  [255, 255, 255],
];
const MARKED = /\[(\w+)\|([^\]]*)\]/; // [gradient|dx]

/** The elements: the formulas that the scene has, and what their colours mean. */
export function createFormula(stage) {
  const words = (key) => stage.words(`lesson.${key}`);
  const { chapter, pytorch } = stage.tables.lesson[stage.at];
  const given = Object.entries({ chapter, pytorch }).filter(([, lines]) => lines.length);
  if (!given.length) return [];
  const used = Object.keys(PARTS).filter((part) => given.some(([, lines]) => lines.join("").includes(`[${part}|`)));
  const key = used.map((part) => el("li", mark(stage, part), words(part)));
  const blocks = given.map(([source, lines]) =>
    el(
      "figure",
      null,
      el("figcaption", null, words(source)),
      el(
        "pre",
        null,
        lines.map((line) => el("code", null, pieces(stage, line))),
      ),
    ),
  );
  return [el("div", { class: "formulas" }, blocks, el("ul", { class: "key" }, key))];
}

/** A line's text, its marked parts as elements. */
function pieces(stage, line) {
  return line
    .replaceAll(" ** 2", "²")
    .split(/(\[\w+\|[^\]]*\])/)
    .filter(Boolean)
    .map((piece) => {
      const [, part, text] = piece.match(MARKED) ?? [];
      return part ? el("b", mark(stage, part), text) : piece;
    });
}

function mark(stage, part) {
  const { text } = tones(stage.tables.optimizers[PARTS[part]].colour, stage.theme);
  const strong = mix(text, stage.theme === "light" ? BLACK : WHITE, 0.35); // for the last row
  return { class: "part", style: `--part: ${text}; --strong: ${strong}` };
}
