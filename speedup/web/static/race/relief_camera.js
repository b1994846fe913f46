/** Where things are in the relief: between data and pixels, by the matrices that Plotly's 3D scene draws with. */

const NEAR_FAR = [1.1, 6]; // from the middle of the scene, in Plotly's unit
const MOVED = 1e-3; // of it: less is rounding
const SHARP = 2; // pixels to a CSS pixel, for its edges and letters

/**
 * @typedef {Record<"x" | "y" | "z", number>} Triple
 * @typedef {{eye: Triple, center: Triple, up: Triple}} Eye  Plotly's camera
 * @typedef {import("../draw/map_camera.js").Hand} Hand
 *
 * @typedef {object} PlotlyScene  what of Plotly's 3D scene is used here
 * @property {PlotlyGl} glplot
 * @property {number[]} dataScale
 * @property {Record<"xaxis" | "yaxis", {range: Span}>} fullSceneLayout
 * @property {() => Eye} getCamera
 *
 * @typedef {object} PlotlyGl
 * @property {HTMLCanvasElement} canvas
 * @property {Record<"projection" | "view" | "model", number[]>} cameraParams
 * @property {{distanceLimits: number[]}} camera
 * @property {(() => void) | null} oncontextloss
 * @property {() => void} onrender
 * @property {() => void} redraw
 * @property {number} pixelRatio  pixels that are drawn to a CSS pixel
 * @property {{drawPick: unknown}[]} objects
 *
 * @typedef {HTMLElement & {_fullLayout: {scene: {_scene: PlotlyScene}}, layout: {scene: {camera: Eye}}}} PlotlyHost
 */

const AXES = /** @type {const} */ (["x", "y", "z"]);

/**
 * Sees the 3D scene that Plotly draws in `plot`; the same interface as MapCamera. `ground(point, eye)` gives where
 * the ray from the eye through a point meets the surface, x, y, height, NaN if nowhere.
 */
export class ReliefCamera {
  /** @type {true} */
  relief = true;
  rect = { left: 0, top: 0, right: 0, bottom: 0 };
  seen = "";
  eye = new Float64Array(3);
  matrix = new DOMMatrix(); // data -> clip space
  inverse = new DOMMatrix();
  /** @type {Eye | null} */
  first = null; // how it is seen at first
  /** @type {PlotlyGl | null} */
  watching = null;

  /**
   * @param {HTMLElement} plot
   * @param {(point: Float64Array, eye: Float64Array) => Float64Array} ground
   */
  constructor(plot, ground) {
    this.plot = /** @type {PlotlyHost} */ (plot);
    this.ground = ground;
  }

  get scene() {
    return this.plot._fullLayout.scene._scene;
  }

  read() {
    const { glplot, dataScale } = this.scene;
    const { projection, view, model } = glplot.cameraParams;
    if (!view) return false; // not drawn yet
    const { clientWidth, clientHeight } = glplot.canvas;
    const now = [clientWidth, clientHeight, ...dataScale, ...projection, ...view, ...model].join();
    if (now === this.seen) return false;
    this.seen = now;
    this.rect = { left: 0, top: 0, right: clientWidth, bottom: clientHeight };
    const matrix = (/** @type {number[]} */ columns) => DOMMatrix.fromFloat64Array(Float64Array.from(columns));
    const [p, v, m] = [projection, view, model].map(matrix);
    const [sx, sy, sz] = dataScale;
    this.matrix = p.multiply(v).multiply(m).scale(sx, sy, sz);
    this.inverse = this.matrix.inverse();
    this.eye.set(this.back(0, 0, 1, 0)); // the one point that the projection sends to infinity
    return true;
  }

  /**
   * Projects as MapCamera's does.
   *
   * @param {ArrayLike<number>} at
   * @param {number} n
   * @param {Float32Array | number[]} out
   */
  projectAll(at, n, out) {
    const { m11, m21, m31, m41, m12, m22, m32, m42, m14, m24, m34, m44 } = this.matrix;
    const { right, bottom } = this.rect;
    for (let i = 0; i < n; i++) {
      const x = at[3 * i];
      const y = at[3 * i + 1];
      const z = at[3 * i + 2];
      const depth = m14 * x + m24 * y + m34 * z + m44;
      const front = depth > 0 ? depth : NaN; // what is behind the eye is nowhere
      out[2 * i] = (0.5 + (0.5 * (m11 * x + m21 * y + m31 * z + m41)) / front) * right;
      out[2 * i + 1] = (0.5 - (0.5 * (m12 * x + m22 * y + m32 * z + m42)) / front) * bottom;
    }
  }

  /**
   * Gives the place on the surface that is seen at a pixel, null beside the surface.
   *
   * @param {number} px
   * @param {number} py
   */
  locate(px, py) {
    const { right, bottom } = this.rect;
    const [x, y] = this.ground(this.back((2 * px) / right - 1, 1 - (2 * py) / bottom, 0.5, 1), this.eye);
    return Number.isFinite(x) ? [x, y] : null;
  }

  /**
   * Goes from clip space to data.
   *
   * @param {number} x
   * @param {number} y
   * @param {number} z
   * @param {number} w
   */
  back(x, y, z, w) {
    const at = this.inverse.transformPoint({ x, y, z, w });
    return Float64Array.of(at.x / at.w, at.y / at.w, at.z / at.w);
  }

  get grain() {
    const { xaxis, yaxis } = this.scene.fullSceneLayout;
    return [xaxis, yaxis].map(({ range }) => (range[1] - range[0]) / 4000);
  }

  /** Whether it is seen otherwise than at first. */
  get isMoved() {
    const { first } = this;
    const now = this.scene.getCamera();
    const parts = /** @type {const} */ (["eye", "center"]);
    return parts.some((part) => AXES.some((axis) => Math.abs(now[part][axis] - (first?.[part]?.[axis] ?? 0)) > MOVED));
  }

  get home() {
    return { "scene.camera": structuredClone(this.first) };
  }

  /**
   * Has it drawn sharp, or with no more pixels than the screen has: in 0.6 of the time where software draws them.
   *
   * @param {boolean} sharp
   * @param {number} ratio  pixels of the screen to a CSS pixel
   */
  sharpen(sharp, ratio) {
    this.scene.glplot.pixelRatio = sharp ? SHARP : Math.min(SHARP, ratio);
  }

  /** What two fingers hold: the eye where it is. */
  grip() {
    return { camera: structuredClone(this.scene.getCamera()) };
  }

  /**
   * Gives the view for a hand, as MapCamera's: the eye comes closer to what it looks at.
   *
   * @param {{camera: Eye}} grip
   * @param {Pick<Hand, "apart">} from
   * @param {Pick<Hand, "apart">} to
   */
  pinched({ camera }, from, to) {
    const { eye, center } = structuredClone(camera);
    const away = Math.hypot(...AXES.map((axis) => eye[axis] - center[axis]));
    const closer = Math.min(away / NEAR_FAR[0], Math.max(away / NEAR_FAR[1], to.apart / from.apart));
    for (const axis of AXES) eye[axis] = center[axis] + (eye[axis] - center[axis]) / closer;
    return { "scene.camera": { ...camera, eye } };
  }

  /**
   * Calls back whenever the relief is drawn.
   *
   * @param {() => void} moved
   */
  watch(moved) {
    const { glplot } = this.scene;
    glplot.camera.distanceLimits = NEAR_FAR; // a wheel would go through the surface, and lose it
    for (const one of glplot.objects) one.drawPick = null; // what is under a mouse, which Plotly would draw apart, nobody asks
    this.first ??= structuredClone(this.plot.layout.scene.camera);
    if (this.watching === glplot) return;
    this.watching = glplot;
    glplot.oncontextloss = null; // Plotly would wait for its graphics card for ever: scene.js draws anew
    const before = glplot.onrender;
    glplot.onrender = () => {
      before();
      moved();
    };
  }
}
