/** The room that the window leaves: its theme, and the stage's height in it. */
import { watchTheme } from "./theme.js";

const LEAST = 420; // pixels; a lower window scrolls

const isAcross = () => matchMedia("(pointer: coarse) and (max-height: 500px)").matches; // a phone
const isSmall = () => isAcross() || matchMedia("(max-width: 767px)").matches;

let visited = false;

/**
 * Closes Streamlit's sidebar where it hides the stage: it opens in a wide window, also on a phone held across, and on a
 * small screen it stays open over the page that was chosen in it.
 */
function foldSidebar() {
  const hides = visited ? isSmall() : isAcross();
  visited = true;
  if (!hides) return;
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
