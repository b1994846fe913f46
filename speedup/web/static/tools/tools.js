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

/**
 * @typedef {{element: HTMLElement, sync?: () => void, frame?: (t: number) => void, destroy?: () => void}} Tool  its button, and what a part has
 * @typedef {{create: (stage: View) => Tool, fetch?: () => Promise<unknown>, linked?: boolean}} ToolMaker  linked: it is about links, which lead to a server
 * @typedef {{open: () => void, sync?: () => void, destroy: () => void}} Opened  what a tool's own module makes
 * @typedef {{create: (stage: View) => Opened}} ToolModule
 */

/** @type {ToolMaker[]} */
const TOOLS = [
  { create: createProjectorButton },
  {
    ...later(
      "mine",
      () => import("./kept_scenes.js"),
      () => shown() !== null,
    ),
    linked: true,
  },
  { ...later("share", () => import("./share_dialog.js")), linked: true },
  later("takeaway", () => import("./downloads.js")),
];

const SOON = 4000; // milliseconds in which they are fetched, however busy the browser is
const idle = (/** @type {() => void} */ act) =>
  "requestIdleCallback" in window ? requestIdleCallback(act, { timeout: SOON }) : setTimeout(act, SOON); // Safari

/**
 * Makes the bar of tools.
 *
 * @param {View} stage
 * @returns {Part}
 */
export function createTools(stage) {
  const here = TOOLS.filter(({ linked }) => !(linked && stage.host.offline));
  const tools = here.map((maker) => maker.create(stage));
  const label = stage.words("stage.tools.title");
  const element = el(
    "div",
    { class: "tools-bar", role: "group", "aria-label": label },
    tools.map((tool) => tool.element),
  );
  idle(() =>
    Promise.all(here.map((maker) => maker.fetch?.())).then(
      () => put(element, "data-here", true),
      () => {},
    ),
  );
  return {
    element,
    sync: () => tools.forEach((tool) => tool.sync?.()),
    frame: (t) => tools.forEach((tool) => tool.frame?.(t)),
    destroy: () => tools.forEach((tool) => tool.destroy?.()),
  };
}

/**
 * Gives a tool of a module of its own. It is loaded at the first click, at once where it is `wanted`, else when the browser
 * has nothing else to do: the server may be away later.
 *
 * @param {keyof typeof ICONS} name
 * @param {() => Promise<ToolModule>} load
 * @returns {ToolMaker}
 */
function later(name, load, wanted = () => false) {
  /** @type {ToolModule | null} */
  let loaded = null;
  const fetch = async () => (loaded ??= await load());
  const create = (/** @type {View} */ stage) => {
    /** @type {Opened | null} */
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
  return { create, fetch };
}
