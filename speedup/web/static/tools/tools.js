/** What a room needs besides the stage, as buttons at the top of the page; what they open is loaded later. */
import { el, put } from "../base/dom.js";
import { createProjectorButton } from "./projector_button.js";
import { shown } from "./presenting.js";
import { createToolButton } from "./tool_button.js";

const ICONS = {
  mine: "M6 4h12v16l-6-4.5L6 20z",
  share: "M4 4h6v6H4zM14 4h6v6h-6zM4 14h6v6H4zM14 14h2.5v2.5M20 14v2.5M14 20h2.5M17.5 17.5H20V20",
  takeaway: "M12 4v11M7 10.5l5 5 5-5M5 20h14",
};

/** Each is create(stage) -> {element (its button), sync?(), frame?(t), destroy?()}; words in [stage.tools]. */
const TOOLS = [
  createProjectorButton,
  later(
    "mine",
    () => import("./kept_scenes.js"),
    () => shown() !== null,
  ),
  later("share", () => import("./share_dialog.js")),
  later("takeaway", () => import("./downloads.js")),
];

const SOON = 4000; // milliseconds in which they are fetched, however busy the browser is
const idle = (act) => (window.requestIdleCallback ? requestIdleCallback(act, { timeout: SOON }) : setTimeout(act, SOON)); // Safari

/** {element, sync(), frame(t), destroy()}. */
export function createTools(stage) {
  const here = stage.offline ? [] : TOOLS; // they hand on what a server has
  const tools = here.map((create) => create(stage));
  const label = stage.words("stage.tools.title");
  const element = el(
    "div",
    { class: "tools-bar", role: "group", "aria-label": label },
    tools.map((tool) => tool.element),
  );
  idle(() =>
    Promise.all(here.map((create) => create.fetch?.())).then(
      () => put(element, "data-here", true),
      () => {},
    ),
  );
  const each =
    (name) =>
    (...values) =>
      tools.forEach((tool) => tool[name]?.(...values));
  return { element, sync: each("sync"), frame: each("frame"), destroy: each("destroy") };
}

/**
 * A tool whose module exports create(stage) -> {open(), sync?(), destroy()}. It is loaded at the first click, at once
 * where it is `wanted`, else when the browser has nothing else to do: the server may be away later.
 */
function later(name, load, wanted = () => false) {
  let loaded = null;
  const fetch = async () => (loaded ??= await load());
  const create = (stage) => {
    let tool = null;
    let gone = false;
    const make = async () => {
      const module = await fetch();
      if (!gone) tool ??= module.create(stage);
      return tool;
    };
    const onclick = () =>
      make().then(
        (made) => made?.open(),
        () => stage.notice.show("notice.no_data", true),
      );
    const element = createToolButton({ path: ICONS[name], name: stage.words(`stage.tools.${name}`), onclick });
    if (loaded || wanted())
      make().then(
        (made) => made?.sync?.(),
        () => {},
      );
    const destroy = () => {
      gone = true;
      tool?.destroy();
    };
    return { element, sync: () => tool?.sync?.(), destroy };
  };
  return Object.assign(create, { fetch });
}
