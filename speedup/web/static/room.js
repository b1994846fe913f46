/** The room that the window leaves: its theme, and the stage's height in it. */
import { watchTheme } from "./theme.js";

const LEAST = 420; // pixels; a lower window scrolls

/** {fit(), leave()}; `fit` is to be called when something above the stage has come or gone. */
export function watchRoom(stage) {
  const { root } = stage;
  const unwatch = watchTheme(root, (theme) => {
    Object.assign(stage, theme);
    stage.refresh();
  });
  const fit = () => {
    const top = root.getBoundingClientRect().top + (root.closest("[data-testid=stMain]")?.scrollTop ?? 0);
    root.style.setProperty("--stage-height", `${Math.max(LEAST, innerHeight - top - 12)}px`);
    stage.refresh();
  };
  const observer = new ResizeObserver(() => stage.refresh());
  observer.observe(root);
  addEventListener("resize", fit);
  const leave = () => {
    unwatch();
    observer.disconnect();
    removeEventListener("resize", fit);
  };
  return { fit, leave };
}
