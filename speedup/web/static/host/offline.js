/** The host of a stage in a page that is one file: it holds what a server would send, and asks nobody. */
import { createFigures } from "../model/relief_heights.js";
import { held } from "../base/load.js";
import { Stage } from "../stage/stage.js";
import { enter } from "./history.js";
import { visit } from "./visit.js";

/** @typedef {Map<string, Blob>} Files  name -> what is in it */

const KERNELS = ["kernels.json", "kernels.wasm"]; // what a thread loads itself

/**
 * Shows the stage. `page.json` among the files is the stage's data with `figures`, what relief_heights.js needs.
 *
 * @param {HTMLElement} parentElement
 * @param {Files} files
 * @param {string} code  the script that this module is in
 */
export async function open(parentElement, files, code) {
  const { figures, ...data } = JSON.parse(await /** @type {Blob} */ (files.get("page.json")).text());
  for (const [name, file] of files) held.set(data.base + name, URL.createObjectURL(file));
  const samples = files.get("data");
  if (samples) held.set(new URL("../../api/data", data.base).href, URL.createObjectURL(samples));
  held.set(`${data.base}model/worker.js`, URL.createObjectURL(await threadOf(code, data.base, files)));
  /** @type {Host} */
  const host = {
    offline: { figure: figures && createFigures(figures) },
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

/**
 * Makes the script of a thread: one of a page on a disk may fetch no blob:, so what it loads is in it.
 *
 * @param {string} code
 * @param {string} base
 * @param {Files} files
 */
async function threadOf(code, base, files) {
  const kept = await Promise.all(
    KERNELS.map(async (name) => [base + name, await inWords(/** @type {Blob} */ (files.get(name)))]),
  );
  const start = `for (const one of ${JSON.stringify(kept)}) speedup("base/load.js").held.set(...one); speedup("model/worker.js");`;
  return new Blob([code, start], { type: "text/javascript" });
}

/**
 * Writes a Blob as a data: URL.
 *
 * @param {Blob} blob
 */
function inWords(blob) {
  return new Promise((resolve, reject) => {
    const reader = Object.assign(new FileReader(), { onload: () => resolve(reader.result), onerror: () => reject(reader.error) });
    reader.readAsDataURL(blob);
  });
}
