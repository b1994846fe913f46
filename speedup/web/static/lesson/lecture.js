/** The lecture beside the stage: a scene's picture, words and formula, a question to guess at, something to try. */
import { createAttempt } from "./try_it.js";
import { button, el, icon, put } from "../base/dom.js";
import { createFormula } from "./formula.js";
import { picture } from "./pictures.js";
import { createQuestion } from "./question.js";
import { home, settled } from "../base/links.js";
import { addressOf, go, isOwn, names, open, told } from "./lesson_nav.js";

const BACK = "M15 5l-7 7 7 7";
const ON = "M9 5l7 7-7 7";

/**
 * @typedef {"title" | "words" | "question" | "reveal" | "why" | "try" | "outcome"} Told
 * @typedef {(key: Told) => string} Say  gives the words of the scene that is told
 */

/**
 * @param {LessonView} view
 * @returns {Part}
 */
export function createLecture(view) {
  const nav = createNav(view);
  const body = el("div", { class: "telling", tabindex: 0, role: "region" });
  const asking = el("div", { class: "asking" }); // stays in sight, whatever of the telling has to be scrolled to
  const more = watchMore(body);
  const foot = createFoot(view);
  const element = el(
    "section",
    { class: "lecture", "aria-label": view.words("page.lesson") },
    nav.element,
    body,
    asking,
    foot.element,
  );
  let shown = ""; // the scene whose parts stand there
  /** @type {{sync(): void}[]} */
  let parts = [];
  let frame = (/** @type {number} */ _) => {};
  const tell = () => {
    shown = view.at;
    const say = sayOf(view, shown);
    const [question, attempt] = [createQuestion(view, say), createAttempt(view, say)];
    parts = [question, attempt];
    frame = question.frame;
    const title = el("h2", null, say("title"));
    body.replaceChildren(picture(shown, say("title")), title, el("p", { class: "words" }, say("words")), ...createFormula(view));
    asking.replaceChildren(question.element, attempt.element);
    put(body, "aria-label", title.textContent);
    body.scrollTop = 0;
  };
  const sync = () => {
    if (shown !== view.at) tell();
    for (const part of [nav, foot, ...parts]) part.sync();
  };
  const destroy = () => {
    more();
    element.remove();
  };
  return { element, sync, frame: (t) => frame(t), destroy };
}

/**
 * @param {LessonView} view
 * @param {string} at
 * @returns {Say}
 */
const sayOf = (view, at) => (key) => view.words(/** @type {Word} */ (`lesson.scenes.${at}.${key}`));

/**
 * Says by data-more, which fades it out there, that an element goes on below of what is seen. Returns what ends it.
 *
 * @param {Element} element
 */
function watchMore(element) {
  const look = () => put(element, "data-more", element.scrollHeight - element.clientHeight - element.scrollTop > 2);
  element.addEventListener("scroll", look, { passive: true });
  const observer = new ResizeObserver(look);
  observer.observe(element);
  return () => observer.disconnect();
}

/**
 * Makes the way through the lesson: one scene back, a dot for each, one on.
 *
 * @param {LessonView} view
 */
function createNav(view) {
  /** @type {(label: string, press: string, by: 1 | -1, path: string) => HTMLButtonElement} */
  const arrow = (label, press, by, path) => {
    const hint = { "aria-label": label, title: `${label} (${press})` };
    return button({ class: "round", ...hint, onclick: () => go(view, by) }, icon(path));
  };
  const back = arrow(view.words("lesson.previous"), "←, PgUp", -1, BACK);
  const on = arrow(view.words("lesson.next"), "→, PgDn", 1, ON);
  const all = names(view);
  const dots = all.map((at, i) => {
    const title = `${i + 1}. ${sayOf(view, at)("title")}`;
    const onclick = () => open(view, told(view, at));
    return button({ class: "dot", "aria-label": title, title, onclick });
  });
  const place = el("span", { class: "place" });
  const element = el(
    "nav",
    { "aria-label": view.words("lesson.scenes_title") },
    back,
    el("div", { class: "dots" }, dots),
    place,
    on,
  );
  const sync = () => {
    const here = all.indexOf(view.at);
    put(back, "disabled", here === 0);
    put(on, "disabled", here === all.length - 1);
    put(place, "text", `${here + 1} / ${all.length}`);
    dots.forEach((dot, i) => put(dot, "aria-current", i === here ? "step" : null));
  };
  return { element, sync };
}

/**
 * Makes the way back to the scene as it is told, once it has been changed, and away to the page where one goes on with it.
 *
 * @param {LessonView} view
 */
function createFoot(view) {
  const reset = button({ class: "link", onclick: () => open(view, told(view, view.at)) }, view.words("lesson.reset"));
  const leave = button({
    class: "link leave",
    onclick: async () => {
      if (!(await settled(view))) return; // the address holds what was changed last
      const { page, query } = addressOf(view);
      view.host.visit(home(view) + view.host.path(page, `${query}&lang=${view.lang}`));
    },
  });
  const sync = () => {
    put(reset, "hidden", isOwn(view));
    put(leave, "text", view.words(`lesson.leave_${view.tables.lesson[view.at].kind}`));
  };
  return { element: el("footer", null, leave, reset), sync };
}
