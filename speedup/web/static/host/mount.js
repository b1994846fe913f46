/** The component that Streamlit calls, again for every change of its data; Streamlit as the host of a stage. */
import { watchConnection } from "./connection.js";
import { enter, see, watchHistory } from "./history.js";
import { answers, fieldsOfScene } from "./host.js";
import { Stage } from "../stage/stage.js";
import { visit } from "./visit.js";

const instances = new WeakMap(); // Streamlit's element -> {host, stage, call}

watchHistory();

/** `call` numbers the component's calls: one overtaken by the `latest` must change nothing, nor clean up after it. */
export default function mount(component, call, latest) {
  const { parentElement, data } = component;
  let one = instances.get(parentElement);
  if (one && call < one.call) return undefined;
  if (!one) {
    const host = createHost(data.base);
    instances.set(parentElement, (one = { host, stage: new Stage({ parentElement, data, host }) }));
  }
  one.call = call;
  one.host.component = component;
  see();
  one.stage.receive(data);
  return () => {
    if (call !== latest()) return;
    one.stage.destroy();
    instances.delete(parentElement);
  };
}

function createHost(base) {
  const home = new URL("../../", new URL(base, location.href));
  const page = () => location.pathname.slice(home.pathname.length).replace(/\/$/, "") || "surfaces";
  const host = {
    component: null, // the latest
    offline: null,
    send: (commit) => host.component.setStateValue("commit", commit),
    alive: () => answers(home),
    watch: watchConnection,
    place: () => ({ page: page(), query: fieldsOfScene() }),
    path: (name, query) => `${name === "surfaces" ? "" : name}${query && "?"}${query}`,
    scroller: () => document.querySelector("[data-testid=stMain]"),
    makeRoom: foldSidebar,
    enter,
    visit,
  };
  return host;
}

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
