/** The way home, five times: on flat ground, down a slope, in shoes that hurt, with both but a gap, with all of it. */
import { house, man, night } from "./pictures_man.js";
import { at, draw, footprints, line, part, sampled, through, traveller } from "./pictures_parts.js";

const FLAT = "M4 146L34 98H316L300 146Z";
/** @type {Point} */
const DOOR = [262, 121];
/** @type {Point} */
const MAT = [245, 125]; // before the door, where the ways end
/** @type {Point[]} */
const ZIGZAG = [[22, 136], [52, 106], [84, 140], [118, 105], [150, 140], [184, 106], [216, 139], MAT];

const ground = () => part("ground", draw("path", "meadow", { d: FLAT }), line("M4 146H300"));

/** Without help: from side to side, far more way than there is. */
export function drunk() {
  return [
    night(),
    ground(),
    line(through([ZIGZAG[0], MAT]), "ideal"),
    house(...DOOR),
    footprints(ZIGZAG, 0.8),
    traveller(
      ZIGZAG,
      0.8,
      man("walk"),
      part(
        "tipsy",
        draw("circle", "bubble", { cx: 21, cy: -67, r: 2 }),
        draw("circle", "bubble", { cx: 28, cy: -74, r: 3 }),
        draw("circle", "bubble", { cx: 21, cy: -83, r: 2.4 }),
      ),
    ),
  ];
}

/** In the shoes: a step aside hurts, so he hardly takes one. The dotted way is the one without them. */
export function shoes() {
  const [[fromX, fromY], [toX, toY]] = [ZIGZAG[0], MAT];
  const way = sampled((share) => [
    fromX + share * (toX - fromX),
    fromY + share * (toY - fromY) + 5 * Math.sin(share * 7 * Math.PI) * (1 - share),
  ]);
  return [
    night(),
    ground(),
    line(through(ZIGZAG), "ideal"),
    house(...DOOR),
    footprints(way, 0.6, (share) => 11 - 4 * share),
    lens(),
    traveller(way, 0.6, man("careful", true), ouch(19, -9)),
  ];
}

/** @param {number} x @param {number} y */
const ouch = (x, y) => part("ouch step-size", at(x, y), line("M0 -3L2 -11M4 0L12 -5M5 5L13 6"));

/** One shoe, large: what is in it. */
function lens() {
  return part(
    "lens",
    at(40, 36),
    line("M23 21L35 32", "handle"),
    draw("circle", "glass-lens", { r: 30 }),
    part(
      "step-size",
      draw("path", "boot-large", { d: "M-17 -19H1V-4Q20 -3 20 11H-17Z" }),
      line("M-17 11l3 6l4 -6l4 6l4 -6l4 6l4 -6l4 6l4 -6l4 6l2 -6"),
    ),
    part("nails", line("M-12 10l2 -7l2 7M-3 10l2 -7l2 7M7 10l2 -6l2 6")),
  );
}

// The slope: its front edge from the top to where it is flat, and how the band that he walks on lies behind it.
/** @type {[top: Point, foot: Point, end: Point, floor: number]} */
const [TOP, FOOT, END, FLOOR] = [[6, 82], [198, 142], [296, 142], 156];
const [DEEP_X, DEEP_Y] = [20, -26];
/** @type {Point} */
const HOME = [262, 127];
/** @param {number} x */
const edge = (x) => TOP[1] + ((x - TOP[0]) / (FOOT[0] - TOP[0])) * (FOOT[1] - TOP[1]);
/** @type {(point: Point) => Point} */
const behind = ([x, y]) => [x + DEEP_X, y + DEEP_Y];
/** @type {[left: Point, right: Point]} the piece */
const [LEFT, RIGHT] = [
  [96, edge(96)],
  [150, edge(150)],
];

/**
 * Gives a side of a jigsaw piece from one point to another, with a knob to the right (1) or to the left (0) of its way.
 *
 * @param {Point} from
 * @param {Point} to
 * @param {0 | 1} side
 */
function knob([x, y], [toX, toY], side) {
  const on = (/** @type {number} */ share) => `${x + share * (toX - x)} ${y + share * (toY - y)}`;
  const radius = Math.hypot(toX - x, toY - y) * 0.2;
  return `L${on(0.34)}A${radius} ${radius} 0 1 ${side} ${on(0.66)}L${toX} ${toY}`;
}

/** @type {[left: Point, right: Point]} */
const [LOW_LEFT, LOW_RIGHT] = [
  [LEFT[0], LEFT[1] + 34],
  [RIGHT[0], RIGHT[1] + 22],
];
const PIECE_BAND = through([LEFT, behind(LEFT), behind(RIGHT), RIGHT]); // both open where they meet: its edge
const PIECE_FACE = `${through([RIGHT])}${knob(RIGHT, LOW_RIGHT, 0)}L${LOW_LEFT.join(" ")}${knob(LOW_LEFT, LEFT, 1)}`;

/** The hill but for the piece. */
function hill() {
  const face = `${through([TOP, FOOT, END, [END[0], FLOOR], [TOP[0], FLOOR]])}Z${PIECE_FACE}`;
  const band = `${through([TOP, behind(TOP), behind(FOOT), behind(END), END, FOOT])}Z${PIECE_BAND}`;
  const edges = `${through([TOP, LEFT])}${through([RIGHT, FOOT, END])}`;
  return part("hill momentum", draw("path", "side", { d: face }), draw("path", "band", { d: band }), line(edges));
}

/**
 * Draws the piece that makes the hill whole; with seams it is seen.
 *
 * @param {string} names
 */
const piece = (names) =>
  part(
    `momentum ${names}`,
    draw("path", "side", { d: PIECE_FACE }),
    draw("path", "band", { d: PIECE_BAND }),
    line(through([LEFT, RIGHT]), "edge"),
  );

/**
 * Gives a way down the middle of the band, from side to side less and less.
 *
 * @param {number} sway
 * @param {number} waves
 * @param {number} decay
 * @returns {Point[]}
 */
function descent(sway, waves, decay) {
  const [mx, my] = [DEEP_X / 2, DEEP_Y / 2];
  const from = [TOP[0] + 14 + mx, edge(TOP[0] + 14) + my];
  const to = [FOOT[0] + mx, FOOT[1] + my];
  const slope = sampled((share) => {
    const aside = sway * Math.sin(share * waves * Math.PI) * Math.exp(-decay * share);
    return [from[0] + share * (to[0] - from[0]) - aside * 0.6, from[1] + share * (to[1] - from[1]) + aside];
  });
  return [...slope, [243, 131]];
}

const rush = () => part("rush momentum", line("M-26 -56H-48M-30 -34H-62M-26 -16H-46"));

/** On a slope: he goes on by himself, with longer and longer strides. */
export function slope() {
  const way = descent(11, 5, 2.6);
  return [
    night(),
    hill(),
    piece("whole"),
    house(...HOME),
    footprints(way, 0.64, (share) => 6 + 24 * share * share),
    traveller(way, 0.64, part("", at(0, 0, 12), man("glide"), rush())),
  ];
}

/** Slope and shoes, and a piece is missing. */
export function both() {
  const way = descent(4, 3, 2).filter(([x]) => x < LEFT[0] + 2);
  return [
    night(),
    hill(),
    piece("gap"),
    house(...HOME),
    footprints(way, 1, () => 8),
    traveller(way, 1, part("before", man("careful", true)), part("after", man("stop", true))),
  ];
}

/** The piece in its place: he is home. */
export function adam() {
  const way = descent(4, 3, 2)
    .slice(0, -1)
    .concat([[230, 131]]);
  return [
    night(),
    hill(),
    piece("placed"),
    house(...HOME, true),
    footprints(way, 1, (share) => 8 + 16 * share * share),
    traveller(way, 1, part("before", at(0, 0, 12), man("glide", true)), part("after", man("home", true))),
  ];
}
