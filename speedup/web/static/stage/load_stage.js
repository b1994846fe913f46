/** What the stage fetches before it can show anything. */
import { loadKernels } from "../model/kernels.js";
import { loadStyle, loadTables } from "../base/load.js";
import { loadPlotly } from "../race/plotly_view.js";

/**
 * Loads a stage's styles, tables and kernels, which have the tables. Rejects if something can't be had, or the browser is too old.
 *
 * @param {string} base  the folder of the assets
 * @param {StageData} data
 */
export async function loadStage(base, { scene, lang }) {
  if (!CSS.supports("selector(&)")) throw Object.assign(new Error("no nested CSS"), { name: "OldBrowser" });
  if (scene.view === "3d") loadPlotly(base).catch(() => {}); // early; asked for again
  const tables = loadTables(base, lang).then((both) => both.tables);
  const [kernels] = await Promise.all([loadKernels(base, tables), loadStyle(`${base}speedup.css`)]);
  return kernels;
}
