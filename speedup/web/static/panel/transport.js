/** The bar under the map: play, step, scrub, speed, loop, view, link, full screen, help. */
import { button, el, grow, icon, put, toggleFullScreen } from "../base/dom.js";
import { laneColour, laneLabel } from "../draw/format.js";
import { createShare } from "./copy_button.js";

const ICONS = {
  first: "M19 6v12l-9-6zM6 6h2.4v12H6z",
  back: "M14.5 6v12l-9-6zM16.5 6h2.4v12h-2.4z",
  play: "M8 5v14l11-7z",
  pause: "M7 5h3.5v14H7zM13.5 5H17v14h-3.5z",
  forward: "M9.5 6v12l9-6zM5.1 6h2.4v12H5.1z",
  loop: "M17 2l4 4-4 4M21 6H8a5 5 0 0 0-5 5M7 22l-4-4 4-4M3 18h13a5 5 0 0 0 5-5",
  screen: "M4 9V4h5M15 4h5v5M20 15v5h-5M9 20H4v-5",
};

const VIEWS = /** @type {const} */ (["2d", "3d"]);

/**
 * @param {View} view
 * @returns {Part}
 */
export function createTransport(view) {
  const moves = createMoves(view);
  const options = createOptions(view);
  const scrub = createScrub(view);
  const bar = el("div", { class: "bar" }, moves.element, options.element);
  const element = el("div", { class: "transport" }, bar, scrub.element);
  const frame = (/** @type {number} */ t) => {
    moves.frame();
    options.frame();
    scrub.frame(t);
  };
  return { element, sync: scrub.sync, frame, destroy: options.destroy };
}

/**
 * Gives a button's name for assistive technology, and a tooltip that names the key too.
 *
 * @param {View} view
 * @param {Under<"stage">} key
 * @param {string} [press]
 */
function hints(view, key, press) {
  const text = view.words(`stage.${key}`);
  return { "aria-label": text, title: press ? `${text} (${press})` : text };
}

/**
 * Makes the first step, one back, play or pause, one on.
 *
 * @param {View} view
 */
function createMoves(view) {
  const { clock } = view;
  const space = view.words("stage.keys.space");
  /** @type {(key: "first" | "back" | "forward", press: string, onclick: () => void) => HTMLButtonElement} */
  const make = (key, press, onclick) => button({ class: "round", ...hints(view, key, press), onclick }, icon(ICONS[key], true));
  const faces = { play: icon(ICONS.play, true), pause: icon(ICONS.pause, true) };
  const play = button({ class: "round play", onclick: () => clock.toggle() }, faces.play);
  const element = el(
    "div",
    { class: "moves" },
    make("first", "Home", () => clock.seek(0)),
    make("back", "←", () => clock.step(-1)),
    play,
    make("forward", "→", () => clock.step(1)),
  );
  const frame = () => {
    const face = clock.playing ? "pause" : "play";
    if (!faces[face].isConnected) play.replaceChildren(faces[face]);
    for (const [name, text] of Object.entries(hints(view, face, space))) put(play, name, text);
  };
  return { element, frame };
}

/**
 * Makes speed, loop, 2D or 3D, link, full screen, help.
 *
 * @param {View} view
 */
function createOptions(view) {
  const { clock } = view;
  /** @type {(key: Under<"stage">, press: string, onclick: () => void, face: Node | string) => HTMLButtonElement} */
  const make = (key, press, onclick, face) => button({ class: "round", ...hints(view, key, press), onclick }, face);
  const onchange = () => clock.set({ speed: Number(speed.value) });
  const factors = view.kind.speeds(view).map(({ speed: value, text }) => el("option", { value }, text));
  const speed = el("select", { class: "speed", ...hints(view, "speed"), onchange }, factors);
  const loop = make("loop", "L", () => clock.set({ loop: !clock.loop }), icon(ICONS.loop));
  const views = (view.kind.looks.includes("view") ? VIEWS : []).map((name) => {
    const onclick = () => view.set({ view: name });
    return button({ "data-view": name, ...hints(view, `view_${name}`, "V"), onclick }, name.toUpperCase());
  });
  const screen = make("full_screen", "F", () => toggleFullScreen(view.root), icon(ICONS.screen));
  const share = view.host.offline ? null : createShare(view);
  const question = make("help", "?", () => view.help(), "?");
  const group = views.length ? el("div", { class: "views", role: "group" }, views) : null;
  const element = el("div", { class: "options" }, speed, loop, group, share?.element, screen, question);
  const frame = () => {
    if (speed.value !== String(clock.speed)) speed.value = String(clock.speed);
    put(loop, "aria-pressed", String(Boolean(clock.loop)));
    for (const choice of views) put(choice, "aria-pressed", String(choice.dataset.view === view.view));
  };
  return { element, frame, destroy: () => share?.destroy() };
}

/**
 * Makes the playhead as a slider in line with the chart's axis, marks where lanes arrive, the step in words.
 *
 * @param {View} view
 */
function createScrub(view) {
  const { clock } = view;
  const input = el("input", {
    type: "range",
    min: 0,
    step: 1,
    "aria-label": view.words("stage.playhead"),
    onpointerdown: () => clock.pause(),
    oninput: () => clock.seek(input.valueAsNumber),
  });
  const marks = el("div", { class: "arrivals", "aria-hidden": "true" });
  const label = el("span", { class: "step" });
  const track = el("div", { class: "track" }, marks, input);
  const sync = () => {
    put(input, "max", view.run.spec.steps);
    markArrivals(view, marks);
  };
  const frame = (/** @type {number} */ t) => {
    const { steps } = view.run.spec;
    const step = Math.min(Math.floor(t), steps);
    if (input.valueAsNumber !== step) input.value = String(step);
    put(track, "--at", step / steps);
    put(label, "text", view.words("stage.step", { step, steps }));
    put(label, "data-long", steps >= 10000);
    put(input, "aria-valuetext", label.textContent);
  };
  const element = el("div", { class: "scrub" }, track, label);
  return { element, sync, frame };
}

/** @param {View} view @param {HTMLElement} marks */
function markArrivals(view, marks) {
  const { lanes, spec } = view.run;
  grow(marks, lanes.length, () => el("i")).forEach((mark, index) => {
    const { arrived } = lanes[index];
    const shown = arrived >= 0 && !view.veiled && view.spec.lanes[index]?.on; // the run may have more lanes than the next one
    put(mark, "hidden", !shown);
    if (!shown) return;
    put(mark, "title", laneLabel(view, index));
    put(mark, "--at", arrived / spec.steps);
    put(mark, "--lane", laneColour(view, index));
  });
}
