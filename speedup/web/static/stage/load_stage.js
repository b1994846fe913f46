/** What the stage fetches before it can show anything. */
import { loadKernels } from "../model/kernels.js";
import { loadJson, loadStyle, loadWords } from "../base/load.js";
import { loadPlotly } from "../race/plotly_view.js";

const STYLES = [
  "stage/frame",
  "stage/stage",
  "panel/controls",
  "panel/lanes",
  "tools/tools",
  "tools/share",
  "tools/kept_scenes",
  "tools/downloads",
  "host/devices",
  "host/phone",
  "host/projector",
]; // the later ones outweigh the earlier

/**
 * Loads a stage's styles, tables and kernels. Rejects if something can't be had, or the browser is too old.
 *
 * @param {string} base  the folder of the assets
 * @param {StageData} data
 */
export async function loadStage(base, { scene, lang }) {
  if (!CSS.supports("selector(&)")) throw Object.assign(new Error("no nested CSS"), { name: "OldBrowser" });
  /** @type {Promise<Tables>} */
  const asked = loadJson(`${base}tables.json`);
  const style = Promise.all(STYLES.map((name) => loadStyle(`${base}${name}.css`)));
  if (scene.view === "3d") loadPlotly(base).catch(() => {}); // early; asked for again
  loadWords(base, lang).catch(() => {});
  const tables = await asked;
  const kernels = await loadKernels(base, tables);
  await style;
  return { tables, kernels };
}
