// A line over the stage: the link is not saved, or the stage can't run here and why.

import { button, el, put } from "./dom.js";

const BROWSERS = "Chrome or Edge 120, Firefox 117, Safari 17.2"; // the first with nested CSS; SIMD came earlier

/**
 * Makes the line over a stage: {element, show(key, yes, ...more), fail(error, retry)}.
 *
 * @param {Pick<View, "root" | "words">} stage
 */
export function createNotice(stage) {
  const element = el("div", { class: "notice", role: "status" }, "Loading … 正在载入 …"); // until there are words
  const words = (/** @type {string} */ key, /** @type {string} */ fallback) =>
    stage.words ? stage.words(/** @type {Word} */ (`stage.${key}`)) : fallback;
  const show = (/** @type {string} */ key, /** @type {boolean} */ yes, /** @type {Node[]} */ ...more) => {
    put(element, "hidden", !yes);
    element.replaceChildren(...(yes ? [words(key, key), ...more] : []));
  };
  /** The stage could not be loaded: says why, with a button that tries again. */
  const fail = (/** @type {Error} */ error, /** @type {() => void} */ retry) => {
    stage.root.dataset.state = "failed";
    put(element, "hidden", false);
    if (error.name === "OldBrowser") {
      element.replaceChildren(
        `This browser is too old: ${error.message}. Please use ${BROWSERS} or newer. ` +
          `这个浏览器版本太旧，请使用 ${BROWSERS} 或更新的版本。`,
      );
      return;
    }
    const again = () => {
      put(element, "hidden", true);
      retry();
    };
    element.replaceChildren(
      `The stage could not be loaded (${error.message}). 演示未能加载。 `,
      button({ onclick: again }, "Try again · 重试"),
    );
  };
  return { element, show, fail };
}
