/** How close a training comes to its speed limit, measured at some steps by a thread of its own, and what lies between them. */
import { FeltThread, MANY, remembers } from "../model/felt_thread.js";
import { limitOf } from "../model/sharpness.js";
import { createChangeMarks } from "./change_marks.js";
import { limitSheet } from "./limit.js";
import { visible } from "./loss_marks.js";
import { restUnseen } from "./unseen.js";

const TRIED = 1e6; // samples x parameters: of larger nets one product takes longer than anybody may have to wait for it

/** @typedef {{step: number, lr: number, limit: number}} Rate  in force from a step on, and the limit of it times the curvature */

/**
 * Makes the instrument.
 *
 * @param {TrainView} view
 * @returns {Instrument}
 */
export function createTrainLimit(view) {
  const thread = new FeltThread(view);
  const name = () =>
    thread.progress < 1
      ? `${view.words("stage.limit.axis")} · ${waiting(view, thread.progress)}`
      : view.words("stage.limit.axis");
  let here = -1;
  const want = () => {
    const { training } = view.run;
    const shown = view.panel === "limit";
    here = view.clock.playing ? -1 : Math.min(Math.floor(view.step), view.run.spec.steps);
    if (shown) thread.want(training, wanted(view), { here, deep: deepOf(view) });
    else thread.rest();
  };
  const lanes = () => {
    if (thread.training !== view.run.training) want();
    return view.run.lanes.map((_, index) => nearness(view, thread, index));
  };
  const sheet = markedSheet(view, { lanes, name });
  const sync = () => {
    want();
    sheet.sync();
    thread.news = false;
  };
  const frame = (/** @type {number} */ t) => {
    if (here !== (view.clock.playing ? -1 : Math.floor(t)) || thread.deep !== deepOf(view)) {
      thread.news ||= thread.deep !== deepOf(view);
      want();
    }
    if (thread.news) sheet.sync();
    thread.news = false;
    sheet.frame(t);
  };
  const unwatch = restUnseen(view, () => thread.rest());
  const destroy = () => {
    unwatch();
    thread.close();
    sheet.destroy();
  };
  return { ...sheet, sync, frame, destroy, again: (other) => markedSheet(other, { lanes, name }) };
}

/**
 * Makes the sheet, with marks where a hyperparameter was changed.
 *
 * @param {TrainView} view
 * @param {Parameters<typeof limitSheet>[1]} subject
 */
function markedSheet(view, subject) {
  /** @type {Plot | null} */
  let plot = null;
  const marks = createChangeMarks(view, () => plot);
  const sheet = limitSheet(view, subject, (made) => {
    plot = made;
    if (view.panel === "limit") marks.sync();
  });
  sheet.element.append(marks.element);
  return sheet;
}

/**
 * Says how far the measuring is.
 *
 * @param {TrainView} view
 * @param {number} progress
 */
const waiting = ({ words }, progress) => words("stage.limit.computing", { share: Math.floor(100 * progress) });

/**
 * Gives the lanes to be measured, the one looked at first.
 *
 * @param {TrainView} view
 */
const wanted = (view) =>
  visible(view)
    .map(({ index }) => index)
    .reverse();

/**
 * Gives the lane looked at, if more than its sharpest direction is wanted, else -1.
 *
 * @param {TrainView} view
 */
const deepOf = (view) => (view.directions === "three" ? (wanted(view)[0] ?? -1) : -1);

/**
 * Gives how near a lane is to its limit at each step, lr and limit being those in force there.
 *
 * @param {TrainView} view
 * @param {FeltThread} thread
 * @param {number} index
 * @returns {import("./limit.js").Nearness}
 */
function nearness(view, thread, index) {
  const { training, spec } = view.run;
  const rates = ratesOf(view, training, index);
  const at = (/** @type {number} */ step) => rates.findLast((rate) => rate.step <= step) ?? rates[0];
  const sharesOf = (/** @type {number} */ nth) => {
    const shares = thread.values(index, spec.steps, nth);
    rates.forEach(({ step, lr, limit }, i) => {
      const end = rates[i + 1]?.step ?? shares.length;
      for (let k = step; k < end; k++) shares[k] *= lr / limit;
    });
    return shares;
  };
  const shares = sharesOf(0);
  const further = index === deepOf(view) ? Array.from({ length: MANY - 1 }, (_, i) => sharesOf(i + 1)) : [];
  const waits = (/** @type {number} */ step) => Number.isNaN(shares[step]) && !thread.courses[index].known.has(step);
  return {
    shares,
    further,
    limit: (step) => at(step).limit,
    waits: (step) => waits(step) && !(step === 0 && remembers(training, index)),
  };
}

/**
 * Gives a lane's learning rate and its limit from each step at which they change.
 *
 * @param {TrainView} view
 * @param {Training} training
 * @param {number} index
 * @returns {Rate[]}
 */
function ratesOf({ kernels, tables }, training, index) {
  const { pieces, optimizer } = training.job(training.lanes[index]);
  const lr = tables.hyperparameters.indexOf("lr");
  return pieces.map(({ step, h }) => ({ step, lr: h[lr], limit: limitOf(kernels, optimizer, h) }));
}

/**
 * Gives what a thread may try while the page rests: the curvature where the first lane begins.
 *
 * @param {TrainView} view
 */
export function trialOfTraining({ run: { training } }) {
  const { lanes, net, data } = training;
  if (!lanes.length || net.parameters * data.train > TRIED) return null;
  const [from] = lanes[0].marks;
  return { kind: "felt", lanes: [{ index: 0, many: 1, job: training.job(lanes[0]), points: [{ step: 0, from, near: null }] }] };
}
