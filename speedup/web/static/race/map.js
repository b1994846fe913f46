/** The map: what stands still, flat or in relief (that is Plotly's); what moves is on canvases over it. */
import { drawBalls } from "../draw/balls.js";
import { fit, measure } from "../draw/canvas.js";
import { Places } from "../draw/labels.js";
import { el, put } from "../base/dom.js";
import { watchMouse } from "./map_mouse.js";
import { MapNotes } from "./map_notes.js";
import { MapView } from "./flat_map.js";
import { watchPinch } from "./pinch.js";
import { Pointer } from "./pointer.js";
import { roundTo } from "./map_camera.js";
import { ReliefCamera } from "./relief_camera.js";
import { Start } from "./start_ring.js";
import { queryOf, Still } from "./plotly_view.js";
import { Stills } from "../model/figure_queue.js";
import { Trails } from "../draw/trails.js";
import { giveUpRelief, hasRelief, loseRelief } from "./webgl.js";
import { watchWheel } from "./relief_wheel.js";

const RETRY = 3000; // milliseconds
const JUMP = 40; // steps: after more of them, and at the end, names find their places anew

/** {element, sync(), frame(t), project(x, y, height) -> [px, py], destroy()}. */
export const createScene = (stage) => new Scene(stage);

class Scene {
  constructor(stage) {
    this.stage = stage;
    const ground = (...ray) => this.ground(...ray);
    this.views = {
      "2d": new MapView(stage),
      "3d": new Still(
        stage.base,
        (host) => new ReliefCamera(host, ground),
        () => this.follow(),
      ),
    };
    const label = stage.words("stage.summary.map");
    // of the trails, of the balls and names
    this.canvases = [el("canvas", { role: "img", "aria-label": label }), el("canvas", { "aria-hidden": "true" })];
    this.waiting = el("p", { class: "waiting", role: "status" });
    const hosts = Object.values(this.views).map(({ host }) => host);
    this.element = el("div", { class: "map", "data-figure": "loading" }, hosts, this.canvases[0]);
    this.trails = new Trails(stage);
    this.stills = new Stills(
      (query) => this.ask(query),
      () => stage.refresh(),
    );
    this.pointer = new Pointer(stage, this);
    this.start = new Start(stage, this);
    this.notes = new MapNotes(stage, this);
    this.element.append(this.start.element, this.canvases[1], this.pointer.element, this.waiting, this.notes.element);
    this.unwatch = [watchPinch(this), watchMouse(this, this.views["2d"]), watchWheel(this)];
    this.views["3d"].host.addEventListener("webglcontextlost", () => this.lose(), true);
    this.box = { width: 0, height: 0, size: 0 };
    Object.assign(this, { places: new Places(), at: 0 }); // of the names at the last playhead
    this.laid = null; // the frame that the trails are laid out in
    this.element.project = (...place) => this.project(...place); // for tests, like the stage's `run`
    this.observer = new ResizeObserver(() => stage.refresh());
    this.observer.observe(this.element);
  }

  /** A figure of the server's, or as it would make it; null if the server refuses. */
  async ask(query) {
    const { offline, api } = this.stage;
    if (offline) return offline.figure(this.stage, query);
    const response = await fetch(`${new URL("figure", api).href}?${query}`);
    if (!response.ok && response.status !== 400) throw new Error(`${response.status}`);
    return response.ok ? response.json() : null;
  }

  /** The view of the scene, or the flat one where no relief can be drawn. */
  get view() {
    return this.stage.view === "3d" && !hasRelief() ? "2d" : this.stage.view;
  }

  /** The graphics card was taken away: the relief is drawn anew, or the map is flat from now on. */
  lose() {
    if (this.gone) return;
    loseRelief();
    this.views["3d"].clear();
    this.stage.refresh();
  }

  /** The view shown, null while it does not show the surface of the spec. */
  get still() {
    const still = this.views[this.view];
    return still.surface === this.stage.run.spec.surface && this.box.width > 0 ? still : null;
  }

  get camera() {
    return this.still?.camera ?? null;
  }

  sync() {
    const { stage } = this;
    this.box = fitAll(this.element, this.canvases, this.box);
    this.start.sync();
    this.notes.sync();
    put(this.waiting, "text", stage.words("stage.loading"));
    for (const [view, { host }] of Object.entries(this.views)) put(host, "data-away", view !== this.view);
    if (this.view === "2d") {
      if (this.box.width > 0) this.views["2d"].sync(this.box);
      this.stills.want(null);
    } else this.want(queryOf(stage));
    this.laid = null;
  }

  /** Has the relief drawn as soon as its figure is here. If that fails it is tried again later. */
  async want(query) {
    this.stills.want(query);
    const figure = this.stills.get(query);
    if (!figure || this.box.width === 0) return;
    try {
      await this.views["3d"].show(query, figure, this.box);
      this.follow();
    } catch (error) {
      clearTimeout(this.again);
      if (error.name === "NoRelief") giveUpRelief();
      this.again = setTimeout(() => this.stage.refresh(), error.name === "NoRelief" ? 0 : RETRY);
    }
  }

  /** The relief has moved or was drawn anew: the trails follow at once, in the same frame as Plotly. */
  follow() {
    if (this.gone || this.view !== "3d" || !this.still) return;
    const moved = this.camera.read();
    if (this.laid !== this.still.frame) this.frame(this.stage.step);
    else if (moved) {
      this.place();
      this.frame(this.stage.step);
    }
  }

  frame(t) {
    const { still, stage, box } = this;
    const [pen, brush] = this.canvases.map((canvas) => canvas.getContext("2d"));
    brush.clearRect(0, 0, box.width, box.height);
    put(this.element, "data-figure", still ? "shown" : "loading");
    put(this.waiting, "hidden", still !== null);
    this.notes.frame();
    if (!still) {
      this.start.place(null);
      pen.clearRect(0, 0, box.width, box.height);
      return;
    }
    const moved = still.camera.read();
    still.draw?.();
    if (this.laid !== still.frame) this.lay();
    else if (moved) this.place();
    this.trails.draw(pen, t, box.size, still.camera.rect);
    if (Math.abs(t - this.at) > JUMP || (t !== this.at && t === stage.run.spec.steps)) this.places.clear();
    this.at = t;
    const { minima } = stage.tables.surfaces[stage.run.spec.surface];
    const start = this.visible(stage.spec.start);
    this.start.place(start);
    drawBalls(brush, stage, this.trails.lanes, t, {
      rect: still.camera.rect,
      size: box.size,
      family: box.family,
      places: this.places,
      start: start && { at: start, text: this.start.text },
      stars: minima.map((minimum) => this.visible(minimum)).filter((at) => at !== null),
    });
  }

  /** Lays the trails out on the map, on the flat one cut to what is seen: the run, or the frame, is another. */
  lay() {
    const { frame, camera } = this.still;
    const {
      kernels,
      run: { spec },
    } = this.stage;
    const lift = ({ at, n }) => {
      const flat = new Float64Array(2 * n);
      for (let i = 0; i < n; i++) [flat[2 * i], flat[2 * i + 1]] = [at[3 * i], at[3 * i + 1]];
      const heights = kernels.heights(kernels.values(spec.surface, spec.params, flat), frame);
      for (let i = 0; i < n; i++) at[3 * i + 2] = heights[i];
    };
    this.trails.lay(frame, camera.relief ? lift : null);
    this.laid = frame;
    this.place();
  }

  /** Finds the trails' pixels: the camera has moved. */
  place() {
    const { frame, camera } = this.still;
    const {
      kernels,
      run: { spec },
    } = this.stage;
    const hidden = (points) => kernels.hidden(spec.surface, spec.params, points, frame, camera.eye);
    this.trails.place(camera, camera.relief ? hidden : null);
  }

  /** A place as exactly as a pixel tells it: no longer than a link needs. */
  exactly(place) {
    const { grain } = this.camera;
    return place.map((value, axis) => roundTo(value, grain[axis]));
  }

  /** Where the ray from the eye through a point meets the surface. */
  ground(point, eye) {
    const {
      kernels,
      run: { spec },
    } = this.stage;
    return kernels.hits(spec.surface, spec.params, point, this.still.frame, eye);
  }

  /** Pixels of a place, null if it is out of sight. */
  visible([x, y]) {
    const at = this.project(x, y);
    const { left, right, top, bottom } = this.camera.rect;
    return at[0] >= left && at[0] <= right && at[1] >= top && at[1] <= bottom ? at : null;
  }

  /** Where a place is drawn, in pixels from the map's corner: on the surface, unless a height is given. */
  project(x, y, height) {
    const { frame, camera } = this.still;
    const {
      kernels,
      run: { spec },
    } = this.stage;
    const out = [0, 0];
    const lift = () => kernels.heights(kernels.values(spec.surface, spec.params, Float64Array.of(x, y)), frame)[0];
    camera.projectAll([x, y, camera.relief ? (height ?? lift()) : 0], 1, out);
    return out;
  }

  destroy() {
    this.gone = true;
    clearTimeout(this.again);
    this.observer.disconnect();
    this.unwatch.forEach((stop) => stop());
    for (const part of [this.stills, this.pointer, this.notes, ...Object.values(this.views)]) part.destroy();
    this.element.remove();
  }
}

/** Gives canvases their element's size in the screen's pixels; returns it in CSS pixels, with its type. */
function fitAll(element, canvases, before) {
  const now = measure(element);
  const left = now.size * (parseFloat(getComputedStyle(element).getPropertyValue("--plot-left")) || 3);
  const box = { ...now, left };
  if (Object.keys(box).every((name) => box[name] === before[name])) return before;
  for (const canvas of canvases) fit(canvas, box);
  return box;
}
