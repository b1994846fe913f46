/** The room that the window leaves: its theme, and the stage's height in it. */
import { watchTheme } from "./theme.js";

const LEAST = 420; // pixels; a lower window scrolls

let folded = false;

/** Streamlit opens its sidebar in a wide window, also on a phone held across, where nothing would be left for the stage. */
function foldSidebar() {
  if (folded || !matchMedia("(pointer: coarse) and (max-height: 500px)").matches) return;
  folded = true;
  document.querySelector("[data-testid=stSidebar][data-collapsed=false] [data-testid=stSidebarCollapseButton] button")?.click();
}

/** {fit(), leave()}; `fit` is to be called when something above the stage has come or gone. */
export function watchRoom(stage) {
  const { root } = stage;
  const watch = watchTheme(root, (theme) => {
    Object.assign(stage, theme);
    stage.refresh();
  });
  const fit = () => {
    const top = root.getBoundingClientRect().top + (root.closest("[data-testid=stMain]")?.scrollTop ?? 0);
    watch.look();
    const room = innerHeight - top - 12;
    root.style.setProperty("--stage-room", `${room}px`);
    root.style.setProperty("--stage-height", `${Math.max(LEAST, room)}px`);
    stage.refresh();
  };
  const observer = new ResizeObserver(() => stage.refresh());
  observer.observe(root);
  addEventListener("resize", fit);
  foldSidebar();
  const leave = () => {
    watch.stop();
    observer.disconnect();
    removeEventListener("resize", fit);
  };
  return { fit, leave };
}
