/** The room that the window leaves: its theme, and the stage's height in it. */
import { watchTheme } from "./theme.js";

const LEAST = 420; // pixels; a lower window scrolls

/**
 * Watches the room of a stage: {fit(), leave()}; `fit` is to be called when something above the stage has come or gone.
 *
 * @param {import("./state.js").State} stage
 */
export function watchRoom(stage) {
  const { root } = stage;
  const watch = watchTheme(root, ({ theme, colours }) => {
    stage.theme = theme;
    stage.colours = colours;
    stage.refresh();
  });
  const fit = () => {
    const top = root.getBoundingClientRect().top + (stage.host.scroller()?.scrollTop ?? 0);
    watch.look();
    const room = document.documentElement.clientHeight - top - 12; // `innerHeight` grows while anything is wider than a phone
    root.style.setProperty("--stage-room", `${room}px`);
    root.style.setProperty("--stage-height", `${Math.max(LEAST, room)}px`);
    stage.refresh();
  };
  const observer = new ResizeObserver(() => stage.refresh());
  observer.observe(root);
  addEventListener("resize", fit);
  stage.host.makeRoom();
  const leave = () => {
    watch.stop();
    observer.disconnect();
    removeEventListener("resize", fit);
  };
  return { fit, leave };
}
