/** The app's frame around the stage of a page that is one file: it holds what a server would send, and asks nobody. */
import { createFigures } from "./figures.js";
import { held } from "./load.js";
import mount from "./mount.js";

const KERNELS = ["kernels.json", "kernels.wasm"]; // what a thread loads itself

/**
 * Shows the stage in `parentElement`. `files`: name -> Blob; `page.json` among them is the stage's data with `figures`,
 * what figures.js needs; `code` is the script that this module is in.
 */
export async function open(parentElement, files, code) {
  const { figures, ...data } = JSON.parse(await files.get("page.json").text());
  for (const [name, file] of files) held.set(data.base + name, URL.createObjectURL(file));
  if (files.has("data")) held.set(new URL("../../api/data", data.base).href, URL.createObjectURL(files.get("data")));
  held.set(`${data.base}worker.js`, URL.createObjectURL(await threadOf(code, data.base, files)));
  const offline = { figure: figures && createFigures(figures) };
  let calls = 0;
  const show = (scene, id) => mount({ parentElement, setStateValue: take, data: { ...data, offline, scene, id } }, ++calls, () => calls);
  /** What the stage commits is kept nowhere: it gets it back at once, as from a server. */
  const take = (_, { scene, id }) => queueMicrotask(() => show(scene, id));
  show(data.scene, null);
}

/** The script of a thread: one of a page on a disk may fetch no blob:, so what it loads is in it. */
async function threadOf(code, base, files) {
  const kept = await Promise.all(KERNELS.map(async (name) => [base + name, await inWords(files.get(name))]));
  const start = `for (const one of ${JSON.stringify(kept)}) speedup("load.js").held.set(...one); speedup("worker.js");`;
  return new Blob([code, start], { type: "text/javascript" });
}

/** A Blob as a data: URL. */
function inWords(blob) {
  return new Promise((resolve, reject) => {
    const reader = Object.assign(new FileReader(), { onload: () => resolve(reader.result), onerror: () => reject(reader.error) });
    reader.readAsDataURL(blob);
  });
}
