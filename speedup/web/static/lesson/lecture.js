/** The lecture beside the stage: a scene's picture, words and formula, a question to guess at, something to try. */
import { createAttempt } from "./try_it.js";
import { button, el, icon, put } from "../base/dom.js";
import { createFormula } from "./formula.js";
import { picture } from "./pictures.js";
import { createQuestion } from "./question.js";
import { home, settled } from "../base/links.js";
import { addressOf, go, isOwn, names, told, turn } from "./lesson_nav.js";

const BACK = "M15 5l-7 7 7 7";
const ON = "M9 5l7 7-7 7";

/** {element, sync(), frame(t), destroy()}. */
export function createLecture(stage) {
  const words = (key, values) => stage.words(`lesson.${key}`, values);
  const nav = createNav(stage, words);
  const body = el("div", { class: "telling", tabindex: 0, role: "region" });
  const asking = el("div", { class: "asking" }); // stays in sight, whatever of the telling has to be scrolled to
  const more = watchMore(body);
  const foot = createFoot(stage, words);
  const element = el(
    "section",
    { class: "lecture", "aria-label": stage.words("page.lesson") },
    nav.element,
    body,
    asking,
    foot.element,
  );
  let shown = null; // the scene whose parts stand there
  let parts = [];
  const tell = () => {
    shown = stage.at;
    const say = (key) => words(`scenes.${shown}.${key}`);
    const [question, attempt] = (parts = [createQuestion(stage, say), createAttempt(stage, say)]);
    const title = el("h2", null, say("title"));
    body.replaceChildren(picture(shown, say("title")), title, el("p", { class: "words" }, say("words")), ...createFormula(stage));
    asking.replaceChildren(question.element, attempt.element);
    put(body, "aria-label", title.textContent);
    body.scrollTop = 0;
  };
  const sync = () => {
    if (shown !== stage.at) tell();
    for (const part of [nav, foot, ...parts]) part.sync();
  };
  const destroy = () => {
    more();
    element.remove();
  };
  return { element, sync, frame: (t) => parts.forEach((part) => part.frame?.(t)), destroy };
}

/** Says by data-more, which fades it out there, that an element goes on below of what is seen. Returns what ends it. */
function watchMore(element) {
  const look = () => put(element, "data-more", element.scrollHeight - element.clientHeight - element.scrollTop > 2);
  element.addEventListener("scroll", look, { passive: true });
  const observer = new ResizeObserver(look);
  observer.observe(element);
  return () => observer.disconnect();
}

/** One scene back, a dot for each, one on. */
function createNav(stage, words) {
  const arrow = (key, press, by, path) => {
    const label = words(key);
    return button(
      { class: "round", "aria-label": label, title: `${label} (${press})`, onclick: () => go(stage, by) },
      icon(path),
    );
  };
  const back = arrow("previous", "←, PgUp", -1, BACK);
  const on = arrow("next", "→, PgDn", 1, ON);
  const all = names(stage);
  const dots = all.map((at, i) => {
    const title = `${i + 1}. ${words(`scenes.${at}.title`)}`;
    const onclick = () => turn(stage, told(stage, at));
    return button({ class: "dot", "aria-label": title, title, onclick });
  });
  const place = el("span", { class: "place" });
  const element = el("nav", { "aria-label": words("scenes_title") }, back, el("div", { class: "dots" }, dots), place, on);
  const sync = () => {
    const here = all.indexOf(stage.at);
    put(back, "disabled", here === 0);
    put(on, "disabled", here === all.length - 1);
    put(place, "text", `${here + 1} / ${all.length}`);
    dots.forEach((dot, i) => put(dot, "aria-current", i === here ? "step" : null));
  };
  return { element, sync };
}

/** Back to the scene as it is told, once it has been changed; away to the page where one goes on with it. */
function createFoot(stage, words) {
  const reset = button({ class: "link", onclick: () => turn(stage, told(stage, stage.at)) }, words("reset"));
  const leave = button({
    class: "link leave",
    onclick: async () => {
      if (!(await settled(stage))) return; // the address holds what was changed last
      const { page, query } = addressOf(stage);
      stage.host.visit(home(stage) + stage.host.path(page, `${query}&lang=${stage.lang}`));
    },
  });
  const sync = () => {
    put(reset, "hidden", isOwn(stage));
    put(leave, "text", words(`leave_${stage.tables.lesson[stage.at].kind}`));
  };
  return { element: el("footer", null, leave, reset), sync };
}
