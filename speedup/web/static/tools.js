/** What a room needs besides the stage, as buttons at the top of the page. */
import { el } from "./dom.js";
import { createMine } from "./mine.js";
import { createShareTool } from "./share_dialog.js";
import { createTakeaway } from "./takeaway.js";

/** Each is create(stage) -> {element (its button), sync?(), frame?(t), destroy?()}; words in [stage.tools]. */
const TOOLS = [createMine, createShareTool, createTakeaway];

/** {element, sync(), frame(t), destroy()}. */
export function createTools(stage) {
  const tools = (stage.offline ? [] : TOOLS).map((create) => create(stage)); // they hand on what a server has
  const label = stage.words("stage.tools.title");
  const element = el("div", { class: "tools-bar", role: "group", "aria-label": label }, tools.map((tool) => tool.element));
  const each = (name) => (...values) => tools.forEach((tool) => tool[name]?.(...values));
  return { element, sync: each("sync"), frame: each("frame"), destroy: each("destroy") };
}
