/** What several of the lesson's pictures are drawn of: lines, ways with their footprints, the man, his house, valleys. */
import { svg } from "../base/dom.js";

const round = (value) => Math.round(value * 100) / 100;

/** part("drunk tint", child, …): a group with the classes picture-drunk and picture-tint; the first may be attributes. */
export function part(names, ...children) {
  const [first, ...others] = children;
  const plain = first !== undefined && !Array.isArray(first) && !(first instanceof Node);
  return svg("g", { class: classes(names), ...(plain ? first : {}) }, (plain ? others : children).flat(Infinity));
}

/** A shape with classes: draw("circle", "full", {r: 2}). */
export const draw = (tag, names, props) => svg(tag, { class: classes(names), ...props });
export const line = (d, names = "") => draw("path", names, { d });
export const at = (x, y, turn = 0, scale = 1) => ({ transform: `translate(${x} ${y}) rotate(${turn}) scale(${scale})` });
const classes = (names) =>
  names
    .split(" ")
    .filter(Boolean)
    .map((name) => `picture-${name}`)
    .join(" ") || null;
export const through = (points) => `M${points.map(([x, y]) => `${round(x)} ${round(y)}`).join("L")}`;

/** The points of a curve (share) => [x, y]. */
export const sampled = (curve, count = 60) => Array.from({ length: count + 1 }, (_, i) => curve(i / count));

/** Places along a way, `stride(share)` apart, the first one half a stride in: [x, y, heading in degrees, stride]. */
function paces(points, stride) {
  const lengths = points.slice(1).map(([x, y], i) => Math.hypot(x - points[i][0], y - points[i][1]));
  const total = lengths.reduce((sum, length) => sum + length, 0);
  const places = [];
  let [next, passed] = [stride(0) / 2, 0];
  lengths.forEach((length, i) => {
    const [[x, y], [toX, toY]] = [points[i], points[i + 1]];
    for (; next <= passed + length; next += stride(next / total)) {
      const share = (next - passed) / length;
      const heading = (Math.atan2(toY - y, toX - x) * 180) / Math.PI;
      places.push([x + share * (toX - x), y + share * (toY - y), heading, stride(next / total)]);
    }
    passed += length;
  });
  return places;
}

let masks = 0; // a mask is found by an id, and a page may have the same picture twice

/** Footprints along a way as far as the walker's share of it, left and right in turn. */
export function footprints(points, share, stride = () => 9) {
  const id = `picture-mask-${++masks}`;
  const prints = paces(points, stride).map(([x, y, heading, length], i) => {
    const place = at(round(x), round(y), Math.round(heading));
    return draw("ellipse", "full", { ...place, cy: i % 2 ? 2.3 : -2.3, rx: round(Math.max(2.9, length * 0.3)), ry: 1.8 });
  });
  const shown = draw("path", "reveal", { d: through(points), pathLength: 1, style: `--picture-share: ${share}` });
  const mask = svg("mask", { id, maskUnits: "userSpaceOnUse", x: 0, y: 0, width: 320, height: 160 }, shown);
  return part("gradient prints", mask, svg("g", { mask: `url(#${id})` }, prints));
}

/** Someone who goes a way of points; without animation he stands at a share of it. */
export function traveller(points, share, ...drawn) {
  const style = `offset-path: path("${through(points)}"); --picture-share: ${share}`;
  return part("traveller", { style }, ...drawn);
}

// The man, his feet at (0, 0), 58 high: hat, scarf and nose stay the same, the limbs are a pose.
const HAT = "M-5.5 0C-6.5 -9.5 7 -10 6.5 0Z";
const POSES = {
  walk: { back: "M-5 -36Q-12 -35 -16 -41", front: "M5 -36Q11 -30 17 -35", held: "bottle" },
  careful: { back: "M-5 -36Q-12 -34 -15 -28", front: "M5 -36Q12 -34 16 -28" },
  glide: { back: "M-5 -36Q-13 -40 -16 -47", front: "M5 -36Q13 -38 17 -45", knees: true },
  stop: { back: "M-5 -36Q-13 -31 -7 -25", front: "M5 -36Q14 -31 10 -42" },
  home: { back: "M-5 -36Q-12 -32 -13 -26", front: "M5 -36Q12 -42 14 -52", held: "hat" },
};

const MOUTHS = { glide: "M2.5 3q3 2.5 4 -0.5", home: "M2 2.5q3.5 3.5 4.5 -0.5", stop: "M3 4h3" };

/** The man of the chapter: `pose` of POSES, with or without the shoes that hurt. */
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

const hat = (x, y, turn) => part("hat", at(x, y, turn), draw("path", "felt", { d: HAT }), line("M-9.5 0H10"));

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

function leg(x, boots, names) {
  return part("hip", at(x, -19), part(names, line("M0 0V17", "limb"), shoe(0, 19, boots)));
}

const bent = (boots) => [
  line("M-3 -19Q-1 -10 -7 -2", "limb"),
  shoe(-7, 0, boots),
  line("M4 -19Q13 -12 6 -2", "limb"),
  shoe(6, 0, boots),
];

/** A shoe whose sole is at (x, y): a plain one, or the one that hurts. */
function shoe(x, y, boots) {
  if (!boots) return part("foot", at(x, y - 1.2), line("M0 0H5.5", "limb"));
  return part(
    "foot boot",
    at(x, y),
    draw("path", "boot-leather", { d: "M-3.6 -9H3.4V-5.2Q9.4 -5 9.4 -1.4H-3.6Z" }),
    line("M-2.6 -1.2l1.2 2.4l1.6 -2.4l1.4 2.4l1.6 -2.4l1.4 2.4l1.6 -2.4l1.4 2.4l1 -2.4", "thin"),
  );
}

/** His house, the door's foot at (0, 0); the door may stand open, with light on the ground. */
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
