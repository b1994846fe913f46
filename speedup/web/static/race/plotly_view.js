/** The relief's still figure: fetched from the server, drawn by Plotly, seen through a camera. */
import { el } from "../base/dom.js";
import { loadScript } from "../base/load.js";

const CONFIG = { displayModeBar: false, scrollZoom: true, doubleClick: false, showTips: false };

const RELIEF_TYPE = 3.5; // what is written in relief grows with the square of its size: this makes it as large as the rest
const RELIEF_TITLE = 1.2; // its axes' names only with their size

/** The place where Plotly draws it. `surface`, `frame`, `camera` are those of the figure drawn last. */
export class Still {
  /** `makeCamera(host)`; `moved()` is called when the view moves. */
  constructor(base, makeCamera, moved) {
    this.host = el("div", { class: "still", "aria-hidden": "true" });
    const camera = makeCamera(this.host);
    Object.assign(this, { base, moved, camera, surface: null, frame: null, drawn: "" });
  }

  /**
   * Draws a figure at the size of the stage. Resolves when it is to be seen, at once if it is already; rejects if
   * Plotly can't be had or can't draw (then it says itself why).
   */
  async show(query, figure, box) {
    const wanted = `${query} ${box.width} ${box.height} ${box.size}`;
    if (this.drawn === wanted) return;
    this.drawn = wanted;
    try {
      await loadPlotly(this.base);
      if (this.drawn !== wanted) return; // another one has been asked for since
      const { data, layout } = sized(figure, box);
      await window.Plotly.react(this.host, data, layout, CONFIG);
      if (this.gone) return;
      if (layout.scene && !this.camera.scene?.glplot) throw Object.assign(new Error("no WebGL"), { name: "NoRelief" });
      this.camera.watch(this.moved);
      Object.assign(this, { surface: surfaceOf(query), frame: Float64Array.from(layout.meta.frame) });
    } catch (error) {
      if (this.drawn === wanted) this.drawn = "";
      throw error;
    }
  }

  /** Looks at it from elsewhere, as its camera says it. */
  move(update) {
    return window.Plotly.relayout(this.host, update);
  }

  home() {
    this.move(this.camera.home);
  }

  /** Forgets what is drawn. */
  clear() {
    Object.assign(this, { drawn: "", surface: null, frame: null });
    this.camera.watching = null;
    window.Plotly?.purge(this.host);
  }

  destroy() {
    this.gone = true;
    this.clear();
    this.host.remove();
  }
}

export const loadPlotly = (base) => loadScript(`${base}plotly.min.js`);

/** The query that asks the server for the relief of what the stage shows. */
export function queryOf({ base, run: { spec }, theme }) {
  const params = Object.entries(spec.params)
    .map(([name, value]) => `,${name}:${value}`)
    .join("");
  const version = base.match(/([^/]+)\/$/)[1];
  return `surface=${spec.surface}${params}&view=3d&theme=${theme}&version=${version}`;
}

const surfaceOf = (query) => query.match(/^surface=(\w+)/)[1];

/** The figure in the stage's size and type. The camera stays as it is while the domain is the same. */
function sized({ data, layout }, { width, height, size, family }) {
  const font = { ...layout.font, size: RELIEF_TYPE * Math.sqrt(size), family };
  const uirevision = layout.meta.frame.slice(0, 4).join();
  const fitted = { ...structuredClone(layout), width, height, font, autosize: false, uirevision };
  stepBack(fitted.scene.camera.eye, width / height);
  for (const axis of [fitted.scene.xaxis, fitted.scene.yaxis]) axis.title.font = { size: size * RELIEF_TITLE };
  return { data: structuredClone(data), layout: fitted };
}

/** The relief is made for a map about twice as wide as it is high: from narrower ones the eye steps back. */
function stepBack(eye, ratio) {
  for (const axis of "xyz") eye[axis] *= Math.max(1, 1.75 / ratio);
}
