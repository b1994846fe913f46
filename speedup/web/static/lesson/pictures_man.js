/** The man of the chapter, his house, and the night that he walks home in. */
import { at, draw, line, part } from "./pictures_parts.js";

/** @typedef {"walk" | "careful" | "glide" | "stop" | "home"} Pose */

// The man, his feet at (0, 0), 58 high: hat, scarf and nose stay the same, the limbs are a pose.
const HAT = "M-5.5 0C-6.5 -9.5 7 -10 6.5 0Z";
/** @type {Record<Pose, {back: string, front: string, held?: "bottle" | "hat", knees?: boolean}>} */
const POSES = {
  walk: { back: "M-5 -36Q-12 -35 -16 -41", front: "M5 -36Q11 -30 17 -35", held: "bottle" },
  careful: { back: "M-5 -36Q-12 -34 -15 -28", front: "M5 -36Q12 -34 16 -28" },
  glide: { back: "M-5 -36Q-13 -40 -16 -47", front: "M5 -36Q13 -38 17 -45", knees: true },
  stop: { back: "M-5 -36Q-13 -31 -7 -25", front: "M5 -36Q14 -31 10 -42" },
  home: { back: "M-5 -36Q-12 -32 -13 -26", front: "M5 -36Q12 -42 14 -52", held: "hat" },
};

/** @type {Partial<Record<Pose, string>>} */
const MOUTHS = { glide: "M2.5 3q3 2.5 4 -0.5", home: "M2 2.5q3.5 3.5 4.5 -0.5", stop: "M3 4h3" };

/**
 * Draws the man of the chapter, with or without the shoes that hurt.
 *
 * @param {Pose} pose
 */
export function man(pose, boots = false) {
  const { back, front, held, knees } = POSES[pose];
  return part(
    "man",
    { transform: "scale(1.12)" },
    draw("ellipse", "shadow", { rx: 13, ry: 3 }),
    part(
      `sway sway-${pose}`,
      line(back, "limb"),
      knees ? bent(boots) : [leg(-3, boots, "leg leg-back"), leg(3, boots, "leg")],
      part(
        "body",
        part("", at(-4, -40), line("M0 0C-7 2 -10 -4 -18 -1", "scarf scarf-tail")),
        draw("path", "coat", { d: "M-5 -41H5C8 -33 9 -26 10 -18Q0 -15 -10 -18C-9 -26 -8 -33 -5 -41Z" }),
        line("M-5 -40.5Q0 -38 6 -40.5", "scarf"),
        head(pose, held !== "hat"),
        held === "hat"
          ? part("", at(5, -36), part("wave", part("", at(-5, 36), line(front, "limb"), hat(15, -53, 20))))
          : line(front, "limb"),
        held === "bottle" ? bottle() : null,
      ),
    ),
  );
}

/** @param {number} x @param {number} y @param {number} turn */
const hat = (x, y, turn) => part("hat", at(x, y, turn), draw("path", "felt", { d: HAT }), line("M-9.5 0H10"));

/** @param {Pose} pose @param {boolean} covered */
function head(pose, covered) {
  const eye = pose === "walk" ? line("M2 -1.5q2 -2 4 0", "thin") : draw("circle", "full", { cx: 4, cy: -1.5, r: 1.3 });
  const mouth = MOUTHS[pose] ?? "M2.5 4q1.5 -1.5 3.5 -0.5";
  return part(
    "head",
    at(0.5, -48),
    draw("circle", "skin", { r: 7.5 }),
    part("features", eye, line(mouth, "thin")),
    draw("circle", "nose", { cx: 8, cy: 0.5, r: 2.4 }),
    covered ? hat(0, -4.5, -8) : line("M-3 -7q1 -4 3 -1q2 -4 4 0", "thin"),
  );
}

const bottle = () =>
  part("bottle", at(17, -35, 25), draw("path", "glass", { d: "M-2.6 5V-3.5Q-2.6 -5.5 -1.2 -6V-10H1.2V-6Q2.6 -5.5 2.6 -3.5V5Z" }));

/** @param {number} x @param {boolean} boots @param {string} names */
function leg(x, boots, names) {
  return part("hip", at(x, -19), part(names, line("M0 0V17", "limb"), shoe(0, 19, boots)));
}

/** @param {boolean} boots */
const bent = (boots) => [
  line("M-3 -19Q-1 -10 -7 -2", "limb"),
  shoe(-7, 0, boots),
  line("M4 -19Q13 -12 6 -2", "limb"),
  shoe(6, 0, boots),
];

/**
 * Draws a shoe whose sole is at (x, y): a plain one, or the one that hurts.
 *
 * @param {number} x
 * @param {number} y
 * @param {boolean} boots
 */
function shoe(x, y, boots) {
  if (!boots) return part("foot", at(x, y - 1.2), line("M0 0H5.5", "limb"));
  return part(
    "foot boot",
    at(x, y),
    draw("path", "boot-leather", { d: "M-3.6 -9H3.4V-5.2Q9.4 -5 9.4 -1.4H-3.6Z" }),
    line("M-2.6 -1.2l1.2 2.4l1.6 -2.4l1.4 2.4l1.6 -2.4l1.4 2.4l1.6 -2.4l1.4 2.4l1 -2.4", "thin"),
  );
}

/**
 * Draws his house, the door's foot at (x, y); the door may stand open, with light on the ground.
 *
 * @param {number} x
 * @param {number} y
 */
export function house(x, y, open = false) {
  return part(
    "house",
    at(x, y),
    part("smoke", line("M37 -60q-4 -4 0 -8t0 -8", "thin"), line("M41 -62q-4 -4 0 -8t0 -8", "thin")),
    draw("path", "wall", { d: "M33 -42V-56H41V-36" }),
    draw("path", "wall", { d: "M-8 0V-31H42V0Z" }),
    draw("path", "roof", { d: "M-14 -30L17 -55L48 -30Z" }),
    draw("rect", "lit", { x: 20, y: -23, width: 14, height: 12, rx: 1 }),
    line("M27 -23v12M20 -17h14", "thin"),
    draw("path", "door", { d: "M-4 0V-20H8V0Z" }),
    draw("circle", "full", { cx: 5, cy: -9, r: 1.2 }),
    open
      ? part(
          "open",
          draw("path", "beam", { d: "M-4 0H8L-8 17H-44Z" }),
          draw("path", "lit", { d: "M-4 0V-20H8V0Z" }),
          draw("path", "door", { d: "M-4 0V-20L-11 -16V5Z" }),
        )
      : null,
  );
}

/** A moon and two stars: it is late. */
export const night = () =>
  part(
    "night",
    at(152, 24),
    line("M5 -9A10 10 0 1 0 9 5A9 9 0 0 1 5 -9Z"),
    draw("circle", "full", { cx: 30, cy: -6, r: 1.5 }),
    draw("circle", "full", { cx: 22, cy: 12, r: 1.2 }),
  );
