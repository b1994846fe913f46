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

/** {element, sync(), frame(t), destroy()}. */
export function createTransport(stage) {
  const moves = createMoves(stage);
  const options = createOptions(stage);
  const scrub = createScrub(stage);
  const bar = el("div", { class: "bar" }, moves.element, options.element);
  const element = el("div", { class: "transport" }, bar, scrub.element);
  const frame = (t) => {
    for (const part of [moves, options, scrub]) part.frame(t);
  };
  return { element, sync: scrub.sync, frame, destroy: options.destroy };
}

/** Its name for assistive technology, and a tooltip that names the key too. */
function hints(stage, key, press) {
  const text = stage.words(`stage.${key}`);
  return { "aria-label": text, title: press ? `${text} (${press})` : text };
}

/** The first step, one back, play or pause, one on. */
function createMoves(stage) {
  const { clock } = stage;
  const space = stage.words("stage.keys.space");
  const make = (key, press, onclick) => button({ class: "round", ...hints(stage, key, press), onclick }, icon(ICONS[key], true));
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
    for (const [name, text] of Object.entries(hints(stage, face, space))) put(play, name, text);
  };
  return { element, frame };
}

/** Speed, loop, 2D or 3D, link, full screen, help. */
function createOptions(stage) {
  const { clock } = stage;
  const make = (key, press, onclick, face) => button({ class: "round", ...hints(stage, key, press), onclick }, face);
  const onchange = () => clock.set({ speed: Number(speed.value) });
  const factors = stage.kind.speeds(stage).map(({ speed: value, text }) => el("option", { value }, text));
  const speed = el("select", { class: "speed", ...hints(stage, "speed"), onchange }, factors);
  const loop = make("loop", "L", () => clock.set({ loop: !clock.loop }), icon(ICONS.loop));
  const views = (stage.kind.looks.includes("view") ? ["2d", "3d"] : []).map((view) => {
    const onclick = () => stage.set({ view });
    return button({ "data-view": view, ...hints(stage, `view_${view}`, "V"), onclick }, view.toUpperCase());
  });
  const screen = make("full_screen", "F", () => toggleFullScreen(stage.root), icon(ICONS.screen));
  const share = stage.offline ? null : createShare(stage);
  const question = make("help", "?", () => stage.help(), "?");
  const group = views.length ? el("div", { class: "views", role: "group" }, views) : null;
  const element = el("div", { class: "options" }, speed, loop, group, share?.element, screen, question);
  const frame = () => {
    if (speed.value !== String(clock.speed)) speed.value = String(clock.speed);
    put(loop, "aria-pressed", String(Boolean(clock.loop)));
    for (const choice of views) put(choice, "aria-pressed", String(choice.dataset.view === stage.view));
  };
  return { element, frame, destroy: () => share?.destroy() };
}

/** The playhead as a slider in line with the chart's axis, marks where lanes arrive, the step in words. */
function createScrub(stage) {
  const { clock } = stage;
  const input = el("input", {
    type: "range",
    min: 0,
    step: 1,
    "aria-label": stage.words("stage.playhead"),
    onpointerdown: () => clock.pause(),
    oninput: () => clock.seek(input.valueAsNumber),
  });
  const marks = el("div", { class: "arrivals", "aria-hidden": "true" });
  const label = el("span", { class: "step" });
  const track = el("div", { class: "track" }, marks, input);
  const sync = () => {
    put(input, "max", stage.run.spec.steps);
    markArrivals(stage, marks);
  };
  const frame = (t) => {
    const { steps } = stage.run.spec;
    const step = Math.min(Math.floor(t), steps);
    if (input.valueAsNumber !== step) input.value = step;
    track.style.setProperty("--at", step / steps);
    put(label, "text", stage.words("stage.step", { step, steps }));
    put(label, "data-long", steps >= 10000);
    put(input, "aria-valuetext", label.textContent);
  };
  const element = el("div", { class: "scrub" }, track, label);
  return { element, sync, frame };
}

function markArrivals(stage, marks) {
  const { lanes, spec } = stage.run;
  grow(marks, lanes.length, () => el("i")).forEach((mark, index) => {
    const { arrived } = lanes[index];
    const shown = arrived >= 0 && !stage.veiled && stage.spec.lanes[index]?.on; // the run may have more lanes than the next one
    put(mark, "hidden", !shown);
    if (!shown) return;
    put(mark, "title", laneLabel(stage, index));
    mark.style.setProperty("--at", arrived / spec.steps);
    mark.style.setProperty("--lane", laneColour(stage, index));
  });
}
