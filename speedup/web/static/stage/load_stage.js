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

/** Gives the stage its `tables` and `kernels`. Rejects if something can't be had, or the browser is too old. */
export async function loadStage(stage, lang) {
  const { base, kind } = stage;
  if (!CSS.supports("selector(&)")) throw Object.assign(new Error("no nested CSS"), { name: "OldBrowser" });
  const tables = loadJson(`${base}tables.json`);
  const style = Promise.all(STYLES.map((name) => loadStyle(`${base}${name}.css`)));
  if (stage.latest.scene.view === "3d") loadPlotly(base).catch(() => {}); // early; asked for again
  loadWords(base, lang).catch(() => {});
  stage.tables = await tables;
  stage.kernels = await loadKernels(base, stage.tables);
  await style;
}
