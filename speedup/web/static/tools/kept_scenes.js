/** My scenes: a panel with the list of scenes that a teacher keeps in this browser, to be shown one after the other. */
import { createDialog } from "../base/dialog.js";
import { button, el, put } from "../base/dom.js";
import { createList } from "./kept_scenes_list.js";
import { sceneLink } from "../base/links.js";
import { LONGEST, MOST_BYTES, Refusal, decode, read, shelf, write } from "./kept_scenes_store.js";
import { createShow } from "./presentation.js";

/** {open(), sync(), destroy()}. */
export function create(stage) {
  const words = (key, vars) => stage.words(`stage.mine.${key}`, vars);
  const show = createShow(stage);
  const close =
    (act) =>
    (...values) => {
      dialog.close();
      act(...values);
    };
  const removed = (scene) => {
    shelf.remove(scene);
    said.undo(words("removed", { title: scene.title }));
  };
  const said = createSaid(words);
  const list = createList(stage, { open: close(show.open), removed, shown: show.shown });
  const buttons = createButtons(stage, { said, list, present: close(show.present) });
  const empty = el("p", { class: "empty" }, words("empty"));
  const sync = () => {
    const none = shelf.scenes.length === 0;
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
  const unlisten = shelf.listen(sync);
  const destroy = () => {
    unlisten();
    show.destroy();
    dialog.element.remove();
  };
  return { open: dialog.open, sync: show.sync, destroy };
}

/** What the panel says: what was done, with a way back; what is asked; what went wrong; why nothing is kept. */
function createSaid(words) {
  const text = el("p", { role: "status" });
  const trouble = el("p", { role: "alert", class: "trouble" });
  const say = (sentence, wrong, ...more) => {
    put(text, "data-warning", wrong);
    text.replaceChildren(sentence, ...(more.length ? [el("span", { class: "answers" }, more)] : []));
  };
  const choice = (key, onclick) => button({ class: "framed", "data-answer": key, onclick }, words(key));
  const clear = () => text.replaceChildren();
  const undo = (sentence) => {
    const back = choice("undo", () => {
      shelf.undo();
      clear();
    });
    say(sentence, false, back);
  };
  const ask = (sentence, answers) => {
    const all = { ...answers, cancel: () => {} };
    say(
      sentence,
      false,
      ...Object.entries(all).map(([key, act]) =>
        choice(key, () => {
          clear();
          act();
        }),
      ),
    );
  };
  const why = (error) => words(`wrong.${error.key}`, error.vars);
  const refuse = (file, error) => say(words("refused", { file, why: why(error) }), true);
  const sync = () => {
    const { trouble: now, before } = shelf;
    put(trouble, "hidden", !now);
    put(trouble, "text", now ? words(`trouble.${now.key}`, { why: now.why ? why(now.why) : "" }) : "");
    if (!before && text.querySelector("[data-answer='undo']")) clear();
  };
  const element = el("div", { class: "said" }, trouble, text);
  return {
    element,
    sync,
    clear,
    say: (key, vars) => say(words(key, vars), false),
    warn: (key, vars) => say(words(key, vars), true),
    undo,
    ask,
    refuse,
  };
}

/** Keep, present, download, open a file. */
function createButtons(stage, { said, list, present }) {
  const words = (key, vars) => stage.words(`stage.mine.${key}`, vars);
  const make = (key, onclick) => button({ class: "framed", onclick }, words(key));
  const keep = make("keep", async () => {
    const link = await sceneLink(stage);
    if (link === null) return said.warn("away");
    if (link.length > LONGEST.link)
      return said.warn("wrong.long", { n: shelf.scenes.length + 1, name: "link", length: link.length, most: LONGEST.link });
    const scene = { title: propose(stage), note: "", link };
    try {
      shelf.add([scene]);
    } catch (error) {
      return said.warn(`wrong.${error.key}`, error.vars);
    }
    said.say("kept", { n: shelf.scenes.length });
    return list.edit(scene);
  });
  const [start, save] = [make("present", present), make("download", () => download(words("file")))];
  put(start, "title", words("present_keys"));
  const input = el("input", {
    type: "file",
    accept: ".json,application/json",
    hidden: true,
    onchange: () => open(input, said, words),
  });
  const file = make("open_file", () => input.click());
  const element = el("div", { class: "mine-buttons" }, keep, start, save, file, input);
  const sync = (none) => {
    put(start, "disabled", none);
    put(save, "disabled", none);
  };
  return { element, sync };
}

function download(name) {
  const day = new Date().toISOString().slice(0, 10);
  const href = URL.createObjectURL(new Blob([write(shelf.scenes)], { type: "application/json" }));
  el("a", { href, download: `${name} ${day}.json` }).click();
  setTimeout(URL.revokeObjectURL, 60_000, href);
}

/** Takes in a chosen file, or says why not. */
async function open(input, said, words) {
  const [file] = input.files;
  input.value = ""; // so that the same one can be chosen again, mended
  if (!file) return;
  const attempt = (act) => {
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
    const take = (put) => () =>
      attempt(() => {
        put();
        said.undo(words("opened", what));
      });
    const add = take(() => shelf.add(scenes, true));
    if (shelf.scenes.length === 0) add();
    else said.ask(words("ask", what), { add, replace: take(() => shelf.set(scenes, true)) });
  });
}

/** A title for the scene on the stage: where, and who. */
function propose(stage) {
  const { spec, tables, lang } = stage;
  const place = stage.words(spec.surface ? `surfaces.${spec.surface}.label` : `datasets.${spec.dataset}.label`);
  const counts = new Map();
  for (const { optimizer, on } of spec.lanes) if (on) counts.set(optimizer, (counts.get(optimizer) ?? 0) + 1);
  const names = [...counts].map(([name, count]) => tables.optimizers[name].label + (count > 1 ? ` × ${count}` : ""));
  if (!names.length) return place;
  return stage.words("stage.mine.proposal", { place, lanes: new Intl.ListFormat(lang).format(names) }).slice(0, LONGEST.title);
}
