/** The component that Streamlit calls, again for every change of its data; Streamlit as the host of a stage. */
import { watchConnection } from "./connection.js";
import { enter, see, watchHistory } from "./history.js";
import { answers, fieldsOfScene, homeOf } from "./host.js";
import { inApp } from "../base/links.js";
import { oneOf } from "./one_each.js";
import { Stage } from "../stage/stage.js";
import { visit } from "./visit.js";

/**
 * @typedef {object} Component  what Streamlit calls with, anew for each call
 * @property {HTMLElement} parentElement
 * @property {StageData} data
 * @property {(name: "commit", value: Commit) => void} setStateValue
 */

watchHistory();

/**
 * Shows what the component is called with; returns what ends it.
 *
 * @param {Component} component
 */
export default function mount(component) {
  const { parentElement, data } = component;
  const make = () => {
    const around = createHost(component);
    return { around, stage: new Stage({ parentElement, data, host: around.host }) };
  };
  const [one, end] = oneOf(parentElement, make, ({ stage }) => stage.destroy());
  one.around.component = component;
  see();
  one.stage.receive(data);
  return end;
}

/**
 * Makes Streamlit the host of a stage: {host, component (the latest)}.
 *
 * @param {Component} component
 */
function createHost(component) {
  const home = homeOf(component.data);
  const page = () => location.pathname.slice(home.pathname.length).replace(/\/$/, "") || "surfaces";
  /** @type {Host} */
  const host = {
    offline: false,
    send: (commit) => around.component.setStateValue("commit", commit),
    alive: () => answers(home),
    watch: watchConnection,
    place: () => ({ page: page(), query: fieldsOfScene() }),
    path: inApp,
    scroller: () => document.querySelector("[data-testid=stMain]"),
    makeRoom: foldSidebar,
    enter,
    visit,
  };
  const around = { host, component };
  return around;
}

const isAcross = () => matchMedia("(pointer: coarse) and (max-height: 500px)").matches; // a phone
const isSmall = () => isAcross() || matchMedia("(max-width: 767px)").matches;

const FOLD = "[data-testid=stSidebar][data-collapsed=false] [data-testid=stSidebarCollapseButton] button";

let visited = false;

/**
 * Closes Streamlit's sidebar where it hides the stage: it opens in a wide window, also on a phone held across, and on a
 * small screen it stays open over the page that was chosen in it.
 */
function foldSidebar() {
  const hides = visited ? isSmall() : isAcross();
  visited = true;
  if (!hides) return;
  /** @type {HTMLElement | null} */ (document.querySelector(FOLD))?.click();
}
