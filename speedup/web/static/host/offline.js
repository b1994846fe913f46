/** The host of a stage in a page that is one file: it holds what a server would send, and asks nobody. */
import { held } from "../base/load.js";
import { Stage } from "../stage/stage.js";
import { enter } from "./history.js";
import { visit } from "./visit.js";

/** @typedef {Map<string, Blob>} Files  name -> what is in it */

/**
 * Shows the stage. `page.json` among the files is the stage's data.
 *
 * @param {HTMLElement} parentElement
 * @param {Files} files
 */
export async function open(parentElement, files) {
  const data = JSON.parse(await /** @type {Blob} */ (files.get("page.json")).text());
  for (const [name, file] of files) held.set(data.base + name, URL.createObjectURL(file));
  const samples = files.get("data");
  if (samples) held.set(new URL("../../api/data", data.base).href, URL.createObjectURL(samples));
  /** @type {Host} */
  const host = {
    offline: true,
    /** What the stage commits is kept nowhere: it gets it back at once, as from a server. */
    send: ({ scene, id }) => queueMicrotask(() => stage.receive({ ...data, scene, id })),
    alive: async () => true,
    watch: () => () => {},
    place: () => ({ page: data.kind, query: new URLSearchParams() }),
    path: () => "",
    scroller: () => parentElement,
    makeRoom() {},
    enter,
    visit,
  };
  const stage = new Stage({ parentElement, data, host });
  stage.receive(data);
}
