/** What becomes of the chosen lane while two numbers of it vary, or with every start: a picture, the lane's own place in it a cross. */
import { el, put } from "../base/dom.js";
import { createBoard } from "../draw/canvas.js";
import { createLayers } from "../draw/layers.js";
import { areaOf } from "./loss.js";
import { shareOfAll, subjectOf } from "./outcome_axes.js";
import { computed } from "./computed.js";
import { createCross } from "./outcome_hand.js";
import { drawCross, drawOutcomes } from "./outcome_plot.js";
import { Sight } from "./outcome_sight.js";
import { createKey, sayOutcomes } from "./outcome_words.js";
import { restUnseen } from "./unseen.js";

/** @typedef {import("../model/pixels.js").Pixels<any>} Pixels */

const ROOMY = 6; // em beside the plot in which the key has room

/**
 * Makes the instrument.
 *
 * @param {View} view
 * @param {OutcomeSource} source
 * @returns {Instrument}
 */
export const createOutcomes = (view, source) => new Outcomes(view, source);

class Outcomes {
  element = el("div", { class: "sheet outcomes" });
  /** @type {import("./outcome_hand.js").Around} */
  around = { place: null, subject: null, looked: null };
  draw = createLayers(); // a cross that is dragged moves over a picture that stays
  sized = 0; // how often it got another size

  /** @param {View} view @param {OutcomeSource} source */
  constructor(view, source) {
    this.view = view;
    this.source = source;
    this.threads = source.threads;
    this.painted = createPainted(source);
    this.lacking = createLacking(view);
    this.sight = new Sight(view, () => this.sync());
    this.key = createKey(view, source, () => this.sight.zoom(0));
    const resized = () => this.lay();
    this.board = createBoard(this.element, resized, view.words("stage.outcomes.title"));
    this.cross = createCross(view, this.element, this.around, { source, sight: this.sight });
    this.element.append(this.key.element);
    this.observer = new ResizeObserver(resized);
    this.observer.observe(this.key.element);
    this.unwatch = restUnseen(view, () => source.rest());
    view.shared.laid = () => this.laid();
    view.shared.zoom = (closer) => this.around.subject !== null && this.cross.points() && this.sight.zoom(closer);
  }

  /** Finds its place in the sheet anew. */
  lay() {
    this.around.place = placeIn(this.element, this.board.box(), this.key.element);
    this.sight.lay(this.around.place);
    this.sized += 1; // the board is empty
    this.view.redraw();
  }

  sync() {
    const { view, source } = this;
    const subject = this.sight.show(view.panel === "map" ? subjectOf(view, source) : null);
    this.around.subject = subject;
    if (!subject) return source.rest();
    this.lacking.sync(subject);
    source.want(subject, this.sight.moving);
    put(this.element, "data-zoomed", !subject.whole);
    this.key.sync(subject);
    this.cross.sync();
  }

  frame() {
    const { view, source, threads, board } = this;
    const { place, subject } = this.around;
    if (!place || !subject) return;
    const at = shareOfAll(subject, source.valuesOf(subject));
    const names = subject.axes.map(({ name }) => name).join();
    const shown = threads.layers.filter(({ job }) => job.names.join() === names);
    const now = shown.flatMap((one) => [one.key, source.toneOf(one), source.fades(one)]);
    const drawn = [view.theme, this.sized, subject.pair, ...subject.window, ...now];
    const what = () => ({ subject, layers: shown.map((one) => this.layerOf(one)), best: source.best(subject) });
    this.draw(board.pen, [
      { of: drawn, draw: (pen) => drawOutcomes(view, pen, place, what()) },
      { of: [view.theme, this.sized, ...at], draw: (pen) => drawCross(view, pen, place, at) },
    ]);
    this.cross.place(at);
    this.key.frame();
    put(this.element, "data-sharp", threads.complete);
  }

  /** @param {Pixels} picture */
  layerOf(picture) {
    const { canvas, now } = this.painted(picture);
    const { key, job } = picture;
    return { canvas, window: /** @type {number[]} */ (job.window), key: `${key} ${now}`, faint: this.source.fades(picture) };
  }

  /** Gives the pictures of all starts that are to be laid over the map. */
  laid() {
    const { view, threads, around } = this;
    if (view.laid !== "map" || around.subject?.pair !== "start") return [];
    return threads.known.filter(({ job }) => job.names[0] === "x").map((one) => this.layerOf(one));
  }

  say() {
    const { threads, around, lacking, sight, source } = this;
    const { shown, complete } = threads;
    const seen = shown && !source.fades(shown) && shown.job.window?.join() === around.subject?.window.join();
    const share = complete && shown ? this.painted(shown).share : null; // of half a picture it would change at each piece
    return sayOutcomes(this.view, source, {
      around,
      picture: seen ? shown : null,
      share,
      lacks: lacking.pair,
      closest: sight.camera.isClosest,
    });
  }

  /** @type {Instrument["again"]} */
  again = (view) => createOutcomes(view, computed(this.source));

  destroy() {
    this.view.shared.laid = null;
    this.unwatch();
    for (const one of [this.source, this.cross, this.board]) one.destroy();
    this.sight.rest();
    this.observer.disconnect();
    this.element.remove();
  }
}

/**
 * Makes what knows the pair that the chosen lane was to have and lacks, until another lane is chosen, or another pair. The link
 * has forgotten it by then.
 *
 * @param {View} view
 */
function createLacking(view) {
  let lane = "";
  const self = {
    pair: "",
    sync(/** @type {import("./outcome_axes.js").Subject} */ { index, lacks }) {
      const now = `${index} ${view.spec.lanes[index].optimizer}`;
      if (now !== lane || lacks || view.pair) self.pair = lacks;
      lane = now;
    },
  };
  return self;
}

/**
 * Gives where the picture is drawn: below its key, where there is no room for that beside it. Null where there is no room at all.
 *
 * @param {HTMLElement} sheet
 * @param {import("../draw/canvas.js").Box | null} room
 * @param {HTMLElement} key
 */
function placeIn(sheet, room, key) {
  const area = room && areaOf(sheet, room);
  if (!area) return null;
  const narrow = area.margin < ROOMY * area.size;
  put(sheet, "data-narrow", narrow);
  const above = narrow ? key.offsetHeight : 0;
  return { ...area, top: area.top + above, height: Math.max(1, area.height - above) };
}

/**
 * Makes painted(picture): its canvas, painted again as soon as there is more of it, and the share of it that arrives.
 *
 * @param {OutcomeSource} source
 */
function createPainted(source) {
  /** @type {WeakMap<Pixels, {canvas: HTMLCanvasElement, share: number, now: string}>} */
  const all = new WeakMap();
  return (/** @type {Pixels} */ picture) => {
    const now = source.toneOf(picture);
    const before = all.get(picture);
    if (before?.now === now) return before;
    const canvas = before?.canvas ?? el("canvas");
    const after = { canvas, share: source.paint(canvas, picture), now };
    all.set(picture, after);
    return after;
  };
}
