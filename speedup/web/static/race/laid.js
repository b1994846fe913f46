/** What is laid over the ground of the flat map: pictures of all starts, each where its starts are. */
import { createDiffers } from "../base/differs.js";
import { el, put } from "../base/dom.js";
import { penOf } from "../draw/canvas.js";
import { drawLayer, edgesIn } from "../instruments/outcome_plot.js";

const OPACITY = 0.55; // the map's lines and bands shine through

/** @typedef {import("../instruments/outcome_plot.js").Layer} Layer */

export class Laid {
  canvas = el("canvas", { hidden: true });
  differs = createDiffers();

  /**
   * Draws pictures onto a canvas that lies over what is seen of the map.
   *
   * @param {Layer[]} layers  the lowest first; a finer one takes the place of what lies below it
   * @param {import("../draw/map_camera.js").Window} window
   * @param {number[]} size  the screen's pixels
   */
  draw(layers, window, [width, height]) {
    const { canvas } = this;
    put(canvas, "hidden", layers.length === 0);
    if (!layers.length || !this.differs(...window, width, height, ...layers.map(({ key }) => key))) return;
    Object.assign(canvas, { width, height }); // empties it
    const pen = penOf(canvas);
    Object.assign(pen, { imageSmoothingEnabled: false, globalAlpha: OPACITY });
    const place = { left: 0, top: 0, width, height };
    for (const layer of layers) {
      pen.clearRect(...edgesIn(place, window, layer.window));
      drawLayer(pen, place, window, layer);
    }
  }
}
