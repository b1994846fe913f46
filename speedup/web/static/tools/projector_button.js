/** The button of projector mode among the tools. */
import { put } from "../base/dom.js";
import { createToolButton } from "./tool_button.js";

const SCREEN = "M3 4h18M4.5 4v11h15V4M12 15v3M8 21l4-3 4 3";

/**
 * Makes {element, sync()}.
 *
 * @param {View} stage
 */
export function createProjectorButton(stage) {
  const name = stage.words("stage.tools.projector");
  const element = createToolButton({ path: SCREEN, name, key: "P", onclick: () => stage.projector.toggle() });
  const sync = () => {
    put(element, "aria-pressed", String(stage.projector.on));
    put(element, "hidden", !stage.projector.possible);
  };
  return { element, sync };
}
