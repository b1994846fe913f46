/** The map: what stands still, flat or in relief (that is Plotly's); what moves is on canvases over it. */
import { drawBalls } from "../draw/balls.js";
import { Places } from "../draw/labels.js";
import { el, put } from "../base/dom.js";
import { oneByOne } from "../base/one_by_one.js";
import { watchMouse } from "../draw/map_mouse.js";
import { MapNotes } from "./map_notes.js";
import { FlatMap } from "./flat_map.js";
import { penOf } from "../draw/canvas.js";
import { MapSpace } from "./map_space.js";
import { watchPinch } from "../draw/pinch.js";
import { Pointer } from "./pointer.js";
import { StartRing } from "./start_ring.js";
import { drawStepArrows } from "./step_arrows.js";
import { giveUpRelief, loseRelief } from "./webgl.js";
import { watchWheel } from "./relief_wheel.js";

const RETRY = 3000; // milliseconds
const JUMP = 40; // steps: after more of them, and at the end, names find their places anew

/**
 * Makes the map: {element, sync(), frame(t), project(x, y, height) -> [px, py], destroy()}.
 *
 * @param {RaceView} stage
 */
export const createScene = (stage) => new RaceMap(stage);

export class RaceMap extends MapSpace {
  latest = oneByOne(); // drawings of the relief: Plotly takes its time
  places = new Places(); // of the names at the last playhead
  at = 0; // that playhead
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  again;
  draws = /** @type {const} */ (true);
  gone = false;
  resized = true; // since it was measured
  waiting = el("p", { class: "waiting", role: "status" });

  /** @param {RaceView} stage */
  constructor(stage) {
    super(stage);
    const label = stage.words("stage.summary.map");
    // of the trails, of the balls and names
    this.canvases = [el("canvas", { role: "img", "aria-label": label }), el("canvas", { "aria-hidden": "true" })];
    this.views["3d"].host.addEventListener("webglcontextlost", () => this.lose(), true);
    const hosts = Object.values(this.views).map(({ host }) => host);
    this.element = el("div", { class: "map", "data-figure": "loading" }, hosts, this.canvases[0]);
    this.pointer = new Pointer(stage, this);
    this.start = new StartRing(stage, this);
    this.notes = new MapNotes(stage, this);
    this.element.append(this.start.element, this.canvases[1], this.pointer.element, this.waiting, this.notes.element);
    this.unwatch = [watchPinch(this.pinched), watchMouse(this.zoomed), watchWheel(this)];
    const project = (/** @type {[number, number, number?]} */ ...place) => this.project(...place);
    Object.assign(this.element, { project }); // for tests, like the stage's `run`
    this.observer = new ResizeObserver(() => {
      this.resized = true;
      stage.refresh();
    });
    this.observer.observe(this.element);
  }

  /** What a mouse zooms: the flat map. @type {import("../draw/map_mouse.js").Zoomed} */
  get zoomed() {
    const { element, views } = this;
    const flat = views["2d"];
    const camera = () => (this.camera === flat.camera ? flat.camera : null);
    return { element, host: flat.host, camera, move: (window) => flat.move(window) };
  }

  /** What two fingers zoom. @type {import("../draw/pinch.js").Pinched} */
  get pinched() {
    const caught = () => {
      this.pointer.pressed = null; // no click
    };
    return { element: this.element, hold: () => this.still?.hold() ?? null, caught };
  }

  /** The graphics card was taken away: the relief is drawn anew, or the map is flat from now on. */
  lose() {
    if (this.gone) return;
    loseRelief();
    this.views["3d"].clear();
    this.stage.shared.relief = null;
    this.stage.refresh();
  }

  sync() {
    const { stage } = this;
    if (this.resized || !stage.dragging) this.measure(this.element, this.canvases); // not in each frame of a drag, see measure()
    this.resized = false;
    this.start.sync();
    this.notes.sync();
    put(this.waiting, "text", stage.words("stage.loading"));
    for (const [view, { host }] of Object.entries(this.views)) put(host, "data-away", view !== this.view);
    if (this.view === "3d") this.latest(() => this.bend());
    else if (this.box.width > 0) this.views["2d"].sync(this.box);
    this.laid = null;
  }

  /** Has the relief drawn as it is now. If that fails it is tried again later. */
  async bend() {
    if (this.gone || this.view !== "3d" || this.box.width === 0) return;
    try {
      await this.views["3d"].show(this.stage, this.box);
      this.stage.shared.relief = this.views["3d"].camera;
      this.follow();
    } catch (error) {
      clearTimeout(this.again);
      const never = /** @type {Error} */ (error).name === "NoRelief";
      if (never) giveUpRelief();
      this.again = setTimeout(() => this.stage.refresh(), never ? 0 : RETRY);
    }
  }

  /**
   * Goes with the relief, which has moved or was drawn anew: the trails follow at once, in the same frame as Plotly.
   *
   * @override
   */
  follow() {
    const { still } = this;
    if (this.gone || this.view !== "3d" || !still) return;
    const moved = still.camera.read();
    if (moved) this.views["3d"].rest(this.stage, this.box);
    if (this.laid !== still.extent) this.frame(this.stage.step);
    else if (moved) {
      this.place();
      this.frame(this.stage.step);
    }
  }

  /** @param {number} t */
  frame(t) {
    const { still, stage, box } = this;
    const [pen, brush] = this.canvases.map((canvas) => penOf(canvas));
    brush.clearRect(0, 0, box.width, box.height);
    put(this.element, "data-figure", still ? "shown" : "loading");
    put(this.waiting, "hidden", still !== null);
    this.notes.frame();
    if (!still) {
      this.start.place(null);
      pen.clearRect(0, 0, box.width, box.height);
      this.trails.forget();
      return;
    }
    const moved = still.camera.read();
    if (still instanceof FlatMap) still.draw();
    if (this.laid !== still.extent) this.lay(still);
    else if (moved) this.place();
    const { rect } = still.camera;
    this.trails.draw(pen, t, box.size, rect);
    if (Math.abs(t - this.at) > JUMP || (t !== this.at && t === stage.run.spec.steps)) this.places.clear();
    this.at = t;
    const { minima } = stage.tables.surfaces[stage.run.spec.surface];
    const at = this.visible(stage.spec.start);
    this.start.place(at);
    const start = at && { at, text: this.start.text };
    const stars = minima.map((minimum) => this.visible(minimum)).filter((star) => star !== null);
    const { size, family } = box;
    const taken = drawStepArrows(brush, stage, this);
    drawBalls(brush, stage, this.trails.lanes, t, { rect, size, family, places: this.places, start, stars, taken });
  }

  destroy() {
    this.gone = true;
    clearTimeout(this.again);
    this.observer.disconnect();
    this.unwatch.forEach((stop) => stop());
    for (const part of [this.pointer, this.notes, ...Object.values(this.views)]) part.destroy();
    this.element.remove();
  }
}
