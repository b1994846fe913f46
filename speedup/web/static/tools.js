/** What a room needs besides the stage, as buttons at the top of the page. */
import { el } from "./dom.js";
import { createProjectorButton } from "./projector.js";

/** Each is create(stage) -> {element (its button), sync?(), frame?(t), destroy?()}; words in [stage.tools]. */
const TOOLS = [createProjectorButton];

/** {element, sync(), frame(t), destroy()}. */
export function createTools(stage) {
  const tools = TOOLS.map((create) => create(stage));
  const label = stage.words("stage.tools.title");
  const element = el("div", { class: "tools-bar", role: "group", "aria-label": label }, tools.map((tool) => tool.element));
  const each = (name) => (...values) => tools.forEach((tool) => tool[name]?.(...values));
  return { element, sync: each("sync"), frame: each("frame"), destroy: each("destroy") };
}
