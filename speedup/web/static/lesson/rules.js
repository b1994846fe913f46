/** What the lesson asks for, read off the run that is drawn: the lane with the least score. */
import { evenStep } from "../model/net.js";

/**
 * @typedef {View<RaceSpec, Race, LessonShared>} RaceTold
 * @typedef {View<TrainSpec, TrainRun, LessonShared>} TrainingTold
 *
 * @typedef {{
 *   score(view: LessonView, lane: number): number,
 *   seen(view: LessonView, lane: number): number,
 * }} Rule  `score` is Infinity or NaN for a lane that is not it; `seen`: the step from which on the winner is to be seen
 */

/** @param {LessonView} view */
const last = ({ run }) => run.spec.steps;

/** @type {Record<LessonScene["question"], Rule>} */
export const RULES = {
  first: {
    score: (/** @type {RaceTold} */ { run }, lane) => arrival(run.lanes[lane]),
    seen: (/** @type {RaceTold} */ { run }, lane) => Math.min(run.spec.steps, arrival(run.lanes[lane])),
  },
  lowest: {
    score: (/** @type {TrainingTold} */ { run }, lane) => run.training.measuredAt(lane, evenStep(run, lane)).train_loss,
    seen: last,
  },
  straightest: {
    score: (/** @type {RaceTold} */ { run, kind }, lane) => way(run.lanes[lane], kind),
    seen: last,
  },
};

/** @param {RaceLane} lane */
const arrival = ({ arrived }) => (arrived >= 0 ? arrived : Infinity);

/**
 * Measures the way to where a lane arrives; those that don't arrive are out.
 *
 * @param {RaceLane} lane
 * @param {RaceTold["kind"]} kind
 */
function way(lane, { walked }) {
  return walked && lane.arrived >= 0 ? walked(lane, lane.arrived) : Infinity;
}

/**
 * Gives the lane that answers a question; -1 if none does.
 *
 * @param {Rule} rule
 * @param {LessonView} view
 */
export function winner(rule, view) {
  const scores = view.run.lanes.map((_, lane) => rule.score(view, lane)).map((score) => (Number.isNaN(score) ? Infinity : score));
  const least = Math.min(...scores);
  return Number.isFinite(least) ? scores.indexOf(least) : -1;
}
