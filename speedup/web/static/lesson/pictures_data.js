/** Data and nets: all of them for one step, blocks of them for many; and a hundred races instead of one. */
import { MARKERS } from "../draw/marks.js";
/** @typedef {import("./pictures_parts.js").Drawing} Drawing */
import { at, draw, line, part, sampled, through, traveller } from "./pictures_parts.js";

/** @param {number} x @param {number} y @param {number} size */
const square = (x, y, size, turn = 0) =>
  part("datum", at(x, y, turn), draw("rect", "tile", { x: -size / 2, y: -size / 2, width: size, height: size, rx: 1.5 }));

/**
 * Gives a chance that is always the same: 0 … 1 of a number.
 *
 * @param {number} n
 */
const chance = (n) => (((Math.sin(n * 12.9898) * 43758.5453) % 1) + 1) % 1;

/**
 * Draws what goes into a net, `turn` of a loop ahead.
 *
 * @param {number} turn
 * @param {Drawing} moved
 */
const fedIn = (turn, moved) => part("fed", { style: `--picture-turn: ${turn}` }, moved);

/**
 * Draws a net of layers, everything joined; each layer lights up after the one before.
 *
 * @param {number} left
 * @param {number} middle
 * @param {number} apart
 * @param {{sizes: number[], gap: number, radius: number}} shape
 */
function net(left, middle, apart, { sizes, gap, radius }) {
  /** @type {(size: number, i: number) => Point[]} */
  const column = (size, i) => Array.from({ length: size }, (_, j) => [left + i * apart, middle + (j - (size - 1) / 2) * gap]);
  const places = sizes.map(column);
  const joins = places
    .slice(1)
    .flatMap((layer, i) => layer.flatMap((to) => places[i].map((from) => through([from, to]))))
    .join("");
  const circles = (/** @type {Point[]} */ layer, /** @type {string} */ names) =>
    layer.map(([cx, cy]) => draw("circle", names, { cx, cy, r: radius }));
  const layers = places.map((layer, i) =>
    part(
      "layer",
      circles(layer, "unit"),
      part("glow", { style: `--picture-turn: ${i / sizes.length}` }, circles(layer, "unit-lit")),
    ),
  );
  return part("net", line(joins, "joins"), layers);
}

/**
 * Draws a valley from above, its lowest point a star.
 *
 * @param {number} x
 * @param {number} y
 * @param {number} scale
 * @param {number} turn
 */
const valley = (x, y, scale, turn) =>
  part(
    "valley",
    at(x, y, turn, scale),
    ...[1, 0.68, 0.36].map((share) => draw("ellipse", "contour", { rx: 36 * share, ry: 22 * share })),
    draw("path", "star", { d: MARKERS.star, transform: `rotate(${-turn}) scale(5)` }),
  );

/** A mountain of data and a big net, an hourglass, and all of it for one step. */
export function slow() {
  const heap = Array.from({ length: 10 }, (_, row) =>
    Array.from({ length: 10 - row }, (_, i) => {
      const [aside, turn] = [chance(row * 11 + i) - 0.5, 14 * chance(row * 7 + i * 3) - 7];
      return square(12 + 5.1 * row + 10.2 * i + aside, 144 - 10 * row, 8.4, turn);
    }),
  );
  /** @type {Point[]} */
  const way = [
    [64, 48],
    [86, 42],
    [108, 52],
    [128, 78],
  ];
  const fed = [0, 1, 2].map((i) => fedIn(i / 3, traveller(way, 0.2 + 0.36 * i, square(0, 0, 8.4, 20 * i))));
  return [
    line("M4 150H112", "floor"),
    part("gradient", heap, fed),
    net(136, 80, 28, { sizes: [6, 8, 8, 5], gap: 17, radius: 4.6 }),
    hourglass(276, 46),
    valley(276, 122, 0.95, -24),
    part(
      "gradient first-step",
      line("M250 136L258 131.5"),
      draw("circle", "full", { cx: 250, cy: 136, r: 3 }),
      draw("circle", "full ball", { cx: 258, cy: 131.5, r: 4.4 }),
    ),
  ];
}

/** @param {number} x @param {number} y */
function hourglass(x, y) {
  return part(
    "hourglass",
    at(x, y),
    part(
      "turned",
      draw("path", "glass-lens", { d: "M-17 -32V-26Q-17 -14 -3 -2V2Q-17 14 -17 26V32H17V26Q17 14 3 2V-2Q17 -14 17 -26V-32Z" }),
      part(
        "sand",
        draw("path", "full upper", { d: "M-13 -17Q-10 -11 0 -2Q10 -11 13 -17Z" }),
        draw("path", "full lower", { d: "M-14 30Q-12 18 0 14Q12 18 14 30Z" }),
        line("M0 -3V26", "grain"),
      ),
      line("M-21 -33H21M-21 33H21"),
    ),
  );
}

const BLOCK = [
  [-6.3, -6.3],
  [6.3, -6.3],
  [-6.3, 6.3],
  [6.3, 6.3],
];
const block = () => BLOCK.map(([x, y]) => square(x, y, 10.8));
// The steps' errors: what a small block says is not exact.
const ASIDE = [0, 1, -0.5, 0.8, -1, -0.3, 0.9, -0.8, 0.4, -1, 0.6, 0];

/** @type {(share: number, aside: number) => Point} */
const stepAt = (share, aside) => [281 - 34 * (1 - share) + 0.82 * aside, 80 + 50 * (1 - share) + 0.57 * aside];

/** The same data cut into blocks, fed one after another into a small net: many steps, none of them exact. */
export function minibatch() {
  /** @type {Point[]} */
  const places = Array.from({ length: 9 }, (_, i) => [17 + 30 * (i % 3), 50 + 30 * Math.floor(i / 3)]);
  const taken = places[5];
  const left = places.filter((place) => place !== taken).map(([x, y]) => part("block", at(x, y), block()));
  /** @type {Point[]} */
  const way = [taken, [184, 80]];
  const fed = [0, 1, 2].map((i) => fedIn(i / 3, traveller(way, 0.28 + 0.29 * i, block())));
  const steps = ASIDE.map((part, i) => stepAt(i / 11, part * (5 + 9 * (1 - i / 11))));
  const prints = steps.map(([cx, cy]) => draw("circle", "full", { cx, cy, r: 2.2 }));
  return [
    draw("rect", "hole", { x: taken[0] - 13, y: taken[1] - 13, width: 26, height: 26, rx: 3 }),
    part("gradient", left, fed),
    net(189, 80, 20, { sizes: [3, 4, 2], gap: 25, radius: 6.5 }),
    valley(281, 80, 1.35, -55),
    part(
      "gradient steps",
      draw("path", "reveal-line", { d: through(steps), pathLength: 1 }),
      prints,
      traveller(steps, 1, draw("circle", "full ball", { r: 4.4 })),
    ),
  ];
}

// Who runs: marker, class of the colour, where the first, second and third race ended.
/** @type {[marker: MarkerName, name: string, ends: number[]][]} */
const RUNNERS = [
  ["circle", "gradient", [100, 170, 120]],
  ["square", "momentum", [150, 130, 185]],
  ["triangle-up", "step-size", [130, 110, 160]],
  ["diamond", "rmsprop", [165, 185, 140]],
  ["star", "adam", [190, 150, 175]],
];
const PIPS = {
  1: [[0, 0]],
  5: [
    [-1, -1],
    [1, -1],
    [0, 0],
    [-1, 1],
    [1, 1],
  ],
  3: [
    [-1, -1],
    [0, 0],
    [1, 1],
  ],
};

/** Dice, five runners, and behind them the paths of very many races. */
export function which() {
  const lanes = RUNNERS.map(([marker, name, ends], i) => {
    const y = 22 + 29 * i;
    return part(`lane ${name}`, at(84, y), strands(ends, i), runner(marker, ends, i));
  });
  const flag = Array.from({ length: 38 }, (_, i) =>
    draw("rect", "check", { x: 308 + 4 * (i % 2), y: 4 + 4 * i, width: 4, height: 4 }),
  );
  return [line("M84 6V154", "start"), flag, part("dice", die(34, 52, 1.3, 0), die(48, 112, 1, 1)), lanes];
}

/**
 * Draws fourteen other races of a runner: faint paths with an end each.
 *
 * @param {number[]} ends
 * @param {number} lane
 */
function strands(ends, lane) {
  const reach = ends.reduce((sum, end) => sum + end) / ends.length;
  return Array.from({ length: 14 }, (_, i) => {
    const random = (/** @type {number} */ n) => chance(lane * 100 + i * 7 + n);
    const [far, aside] = [reach + 70 * (random(1) + random(2) - 1), 22 * (random(3) - 0.5)];
    const wave = (/** @type {number} */ share) => 3 * share * Math.sin(share * (8 + 6 * random(4)) + 6 * random(5));
    const way = sampled((share) => [share * far, aside * Math.sin((share * Math.PI) / 2) + wave(share)], 24);
    const [cx, cy] = way[way.length - 1];
    return [draw("path", "strand", { d: through(way) }), draw("circle", "full strand-end", { cx, cy, r: 1.9 })];
  });
}

/** @param {MarkerName} marker @param {number[]} ends @param {number} lane */
function runner(marker, ends, lane) {
  const style = `--picture-first: ${ends[0]}px; --picture-second: ${ends[1]}px; --picture-third: ${ends[2]}px`;
  return part(
    "runner",
    { style },
    part(
      "trot",
      { style: `--picture-turn: ${lane / 5}` },
      part("hip", at(-2.5, 5), line("M0 0V7h2.5", "leg")),
      part("hip", at(2.5, 5), line("M0 0V7h2.5", "leg leg-back")),
      draw("path", "full", { d: MARKERS[marker], transform: "translate(0 -1.5) scale(9)" }),
      draw("circle", "eye", { cx: 2.6, cy: -3, r: 1.9 }),
    ),
  );
}

/** @param {number} x @param {number} y @param {number} scale @param {number} number */
function die(x, y, scale, number) {
  const faces = Object.values(PIPS).map((pips, i) =>
    part(
      `face face-${(i + number) % 3}`,
      pips.map(([cx, cy]) => draw("circle", "full", { cx: 7 * cx, cy: 7 * cy, r: 2.6 })),
    ),
  );
  return part(
    "die",
    at(x, y, number ? 16 : -12, scale),
    part(`tumble tumble-${number}`, draw("rect", "cube", { x: -15, y: -15, width: 30, height: 30, rx: 6 }), faces),
  );
}
