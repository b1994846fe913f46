/** My scenes: a panel with the list of scenes that a teacher keeps in this browser, to be shown one after the other. */
import { createDialog } from "../base/dialog.js";
import { button, el, put } from "../base/dom.js";
import { createList } from "./kept_scenes_list.js";
import { sceneLink } from "../base/links.js";
import { keptScenes } from "./kept_scenes_store.js";
import { LONGEST, MOST_BYTES, Refusal, decode, read, write } from "./kept_scenes_text.js";
import { save } from "../base/save.js";
import { createShow } from "./presentation.js";

/**
 * @typedef {import("./kept_scenes_text.js").KeptScene} KeptScene
 * @typedef {import("./kept_scenes_text.js").MineWord} MineWord
 * @typedef {import("./kept_scenes_text.js").Values} Values
 * @typedef {import("./kept_scenes_text.js").MineWords} MineWords
 * @typedef {(key: MineWord, vars?: Values) => void} Saying
 * @typedef {ReturnType<typeof createSaid>} Said
 */

/**
 * Makes the panel: {open(), sync(), destroy()}.
 *
 * @param {View} stage
 */
export function create(stage) {
  /** @type {import("./kept_scenes_text.js").MineWords} */
  const words = (key, values) => stage.words(`stage.mine.${key}`, values);
  const show = createShow(stage);
  const open = (/** @type {KeptScene} */ scene) => {
    dialog.close();
    show.open(scene);
  };
  const present = () => {
    dialog.close();
    show.present();
  };
  const removed = (/** @type {KeptScene} */ scene) => {
    keptScenes().remove(scene);
    said.undo(words("removed", { title: scene.title }));
  };
  const said = createSaid(words);
  const list = createList(stage, { open, removed, shown: show.shown });
  const buttons = createButtons(stage, { said, list, present });
  const empty = el("p", { class: "empty" }, words("empty"));
  const sync = () => {
    const none = keptScenes().scenes.length === 0;
    put(empty, "hidden", !none);
    buttons.sync(none);
    list.sync();
    show.sync();
    said.sync();
  };
  const opened = () => {
    said.clear();
    sync();
  };
  const dialog = createDialog(
    stage,
    { name: "mine", title: words("title"), opened },
    buttons.element,
    said.element,
    empty,
    list.element,
  );
  const unlisten = keptScenes().listen(sync);
  const destroy = () => {
    unlisten();
    show.destroy();
    dialog.element.remove();
  };
  return { open: dialog.open, sync: show.sync, destroy };
}

/**
 * Makes what the panel says: what was done, with a way back; what is asked; what went wrong; why nothing is kept.
 *
 * @param {MineWords} words
 */
function createSaid(words) {
  const text = el("p", { role: "status" });
  const trouble = el("p", { role: "alert", class: "trouble" });
  const say = (/** @type {string} */ sentence, /** @type {boolean} */ wrong, /** @type {Node[]} */ ...more) => {
    put(text, "data-warning", wrong);
    text.replaceChildren(sentence, ...(more.length ? [el("span", { class: "answers" }, more)] : []));
  };
  const choice = (/** @type {MineWord} */ key, /** @type {() => void} */ onclick) =>
    button({ class: "outlined", "data-answer": key, onclick }, words(key));
  const clear = () => text.replaceChildren();
  const undo = (/** @type {string} */ sentence) => {
    const back = choice("undo", () => {
      keptScenes().undo();
      clear();
    });
    say(sentence, false, back);
  };
  const ask = (/** @type {string} */ sentence, /** @type {() => void} */ add, /** @type {() => void} */ replace) => {
    const after = (/** @type {() => void} */ act) => () => {
      clear();
      act();
    };
    say(sentence, false, choice("add", after(add)), choice("replace", after(replace)), choice("cancel", clear));
  };
  const why = (/** @type {Refusal} */ error) => words(`wrong.${error.key}`, error.vars);
  const refuse = (/** @type {string} */ file, /** @type {Refusal} */ error) =>
    say(words("refused", { file, why: why(error) }), true);
  const sync = () => {
    const { trouble: now, before } = keptScenes();
    put(trouble, "hidden", !now);
    put(trouble, "text", now ? words(`trouble.${now.key}`, { why: now.why ? why(now.why) : "" }) : "");
    if (!before && text.querySelector("[data-answer='undo']")) clear();
  };
  const element = el("div", { class: "said" }, trouble, text);
  return {
    element,
    sync,
    clear,
    say: /** @type {Saying} */ ((key, vars) => say(words(key, vars), false)),
    warn: /** @type {Saying} */ ((key, vars) => say(words(key, vars), true)),
    undo,
    ask,
    refuse,
  };
}

/**
 * Makes the buttons: keep, present, download, open a file.
 *
 * @param {View} stage
 * @param {{said: Said, list: ReturnType<typeof createList>, present: () => void}} panel
 */
function createButtons(stage, { said, list, present }) {
  /** @type {import("./kept_scenes_text.js").MineWords} */
  const words = (key, values) => stage.words(`stage.mine.${key}`, values);
  const make = (/** @type {MineWord} */ key, /** @type {() => void} */ onclick) =>
    button({ class: "outlined", onclick }, words(key));
  const keep = make("keep", async () => {
    const link = await sceneLink(stage);
    if (link === null) return said.warn("away");
    if (link.length > LONGEST.link)
      return said.warn("wrong.long", {
        n: keptScenes().scenes.length + 1,
        name: "link",
        length: link.length,
        most: LONGEST.link,
      });
    const scene = { title: propose(stage), note: "", link };
    try {
      keptScenes().add([scene]);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return said.warn(`wrong.${error.key}`, error.vars);
    }
    said.say("kept", { n: keptScenes().scenes.length });
    return list.edit(scene);
  });
  const [start, take] = [make("present", present), make("download", () => download(words("file")))];
  put(start, "title", words("present_keys"));
  const input = el("input", {
    type: "file",
    accept: ".json,application/json",
    hidden: true,
    onchange: () => open(input, said, words),
  });
  const file = make("open_file", () => input.click());
  const element = el("div", { class: "mine-buttons" }, keep, start, take, file, input);
  const sync = (/** @type {boolean} */ none) => {
    put(start, "disabled", none);
    put(take, "disabled", none);
  };
  return { element, sync };
}

/** @param {string} name */
function download(name) {
  const day = new Date().toISOString().slice(0, 10);
  save(new Blob([write(keptScenes().scenes)], { type: "application/json" }), `${name} ${day}.json`);
}

/**
 * Takes in a chosen file, or says why not.
 *
 * @param {HTMLInputElement} input
 * @param {Said} said
 * @param {MineWords} words
 */
async function open(input, said, words) {
  const file = input.files?.[0];
  input.value = ""; // so that the same one can be chosen again, mended
  if (!file) return;
  const attempt = (/** @type {() => void} */ act) => {
    try {
      return act();
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return said.refuse(file.name, error);
    }
  };
  const bytes = file.size > MOST_BYTES ? null : await file.arrayBuffer();
  attempt(() => {
    if (!bytes) throw new Refusal("too_large", { size: (file.size / 1e6).toFixed(1), most: MOST_BYTES / 1e6 });
    const scenes = read(decode(bytes));
    const what = { file: file.name, count: scenes.length };
    const take = (/** @type {() => void} */ act) => () =>
      attempt(() => {
        act();
        said.undo(words("opened", what));
      });
    const add = take(() => keptScenes().add(scenes, true));
    if (keptScenes().scenes.length === 0) add();
    else
      said.ask(
        words("ask", what),
        add,
        take(() => keptScenes().set(scenes, true)),
      );
  });
}

/**
 * Proposes a title for the scene on the stage: where, and who.
 *
 * @param {View} stage
 */
function propose(stage) {
  const { spec, tables, lang } = stage;
  const place = stage.kind.title(stage);
  /** @type {Map<OptimizerName, number>} */
  const counts = new Map();
  for (const { optimizer, on } of spec.lanes) if (on) counts.set(optimizer, (counts.get(optimizer) ?? 0) + 1);
  const names = [...counts].map(([name, count]) => tables.optimizers[name].label + (count > 1 ? ` × ${count}` : ""));
  if (!names.length) return place;
  return stage.words("stage.mine.proposal", { place, lanes: new Intl.ListFormat(lang).format(names) }).slice(0, LONGEST.title);
}
