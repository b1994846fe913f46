/** Where things are in the relief: between data and pixels, by the matrices that Plotly's 3D scene draws with. */

const NEAR_FAR = [1.1, 6]; // from the middle of the scene, in Plotly's unit
const MOVED = 1e-3; // of it: less is rounding

/**
 * Sees the 3D scene that Plotly draws in `plot`; the same interface as MapCamera. `ground(point, eye)` gives where
 * the ray from the eye through a point meets the surface, x, y, height, NaN if nowhere.
 */
export class ReliefCamera {
  constructor(plot, ground) {
    const rect = { left: 0, top: 0, right: 0, bottom: 0 };
    const eye = new Float64Array(3);
    Object.assign(this, { plot, ground, relief: true, rect, seen: "", eye });
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
    const matrix = (columns) => DOMMatrix.fromFloat64Array(Float64Array.from(columns));
    const [p, v, m] = [projection, view, model].map(matrix);
    this.matrix = p
      .multiply(v)
      .multiply(m)
      .scale(...dataScale); // data -> clip space
    this.inverse = this.matrix.inverse();
    this.eye.set(this.back(0, 0, 1, 0)); // the one point that the projection sends to infinity
    return true;
  }

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

  /** The place on the surface that is seen at a pixel, null beside the surface. */
  locate(px, py) {
    const { right, bottom } = this.rect;
    const [x, y] = this.ground(this.back((2 * px) / right - 1, 1 - (2 * py) / bottom, 0.5, 1), this.eye);
    return Number.isFinite(x) ? [x, y] : null;
  }

  /** From clip space to data. */
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
    const now = this.scene.getCamera();
    const away = (part, axis) => Math.abs(now[part][axis] - (this.first[part]?.[axis] ?? 0));
    return ["eye", "center"].some((part) => ["x", "y", "z"].some((axis) => away(part, axis) > MOVED));
  }

  get home() {
    return { "scene.camera": structuredClone(this.first) };
  }

  /** What two fingers hold: the eye where it is. */
  grip() {
    return { camera: structuredClone(this.scene.getCamera()) };
  }

  /** As MapCamera's: the eye comes closer to what it looks at. */
  pinched({ camera }, from, to) {
    const { eye, center } = structuredClone(camera);
    const axes = ["x", "y", "z"];
    const away = Math.hypot(...axes.map((axis) => eye[axis] - center[axis]));
    const closer = Math.min(away / NEAR_FAR[0], Math.max(away / NEAR_FAR[1], to.apart / from.apart));
    for (const axis of axes) eye[axis] = center[axis] + (eye[axis] - center[axis]) / closer;
    return { "scene.camera": { ...camera, eye } };
  }

  watch(moved) {
    const { glplot } = this.scene;
    glplot.camera.distanceLimits = NEAR_FAR; // a wheel would go through the surface, and lose it
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
