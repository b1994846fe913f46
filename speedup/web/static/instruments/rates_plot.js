/** The geometry of the rates: which lanes are shown, between which ends, and where each one's dot is. */
import { axisRange, createPlot } from "../draw/plot.js";
import { findings, heightsOf } from "../model/rate_findings.js";
import { COUNT } from "../model/rate_sweep.js";
import { POSITIONS, toPosition } from "../panel/scale.js";
import { visible } from "./loss_marks.js";

/**
 * @typedef {import("./rates_source.js").Source} Source
 * @typedef {import("./rates_source.js").Row} Row
 * @typedef {{view: View, source: Source, row: Row, measure: Looks["measure"]}} Subject  what is drawn
 */

const HEAD = 0.86; // of the plot's height, steps: above it are those who never arrive

/**
 * Gives the lanes that are shown and have what varies.
 *
 * @param {Subject} subject
 */
export const shownOf = ({ view, source, row }) => visible(view).filter(({ index }) => source.valueOf(index, row) !== null);

/**
 * Gives what a lane's curve tells.
 *
 * @param {Subject} subject
 * @param {number} index
 */
export function tellingOf({ source, measure }, index) {
  const { start, zero } = source.losses();
  return findings(source.lanes()[index], { measure, from: zero ?? start });
}

/**
 * Makes the geometry. What came to more than the start's loss sets no scale, nor what left the map of a surface without a minimum.
 *
 * @param {Subject} subject
 * @param {import("../draw/plot.js").Area & import("../draw/plot.js").Type} box
 */
export function plotOf(subject, box) {
  const { view, source, measure } = subject;
  const lanes = source.lanes();
  const heights = lanes.map((swept) => heightsOf(swept, measure));
  const range = measure === "steps" ? stepRange(subject, heights) : lossRange(subject);
  const name = view.words(`stage.rate.measures.${measure}`);
  const units = lanes.map(() => 1);
  return createPlot(box, { ...range, name, cut: "", whole: true, steps: COUNT - 1, units, losses: heights });
}

/** @param {Subject} subject */
function lossRange(subject) {
  const { start, zero } = subject.source.losses();
  const lanes = subject.source.lanes();
  const counted = shownOf(subject).flatMap(({ index }) => {
    const { losses, left } = lanes[index];
    return [...losses].filter((loss, i) => loss <= start && (zero !== null || left[i] < 0));
  });
  return axisRange([start, ...counted], zero);
}

/**
 * @param {Subject} subject
 * @param {Float64Array[]} heights
 */
function stepRange(subject, heights) {
  const arrived = shownOf(subject).flatMap(({ index }) => [...heights[index]].filter((step) => step > 0 && step < Infinity));
  const most = subject.view.spec.steps;
  const low = 10 ** Math.floor(Math.log10(Math.min(most / 10, ...arrived)));
  return { zero: 0, low, high: low * (most / low) ** (1 / HEAD) };
}

/**
 * Gives the height of something of a curve, in CSS pixels: at the top, or as far above it as `far`, what goes beyond.
 *
 * @param {Plot} plot
 * @param {number} height
 */
export const clamped = (plot, height, far = 0) => Math.min(plot.bottom, Math.max(plot.top - far, plot.y(height)));

/**
 * Gives where a lane's dot is, in CSS pixels: at its value and at what its run has come to, at the top if to nothing.
 *
 * @param {Subject} subject
 * @param {Plot} plot
 * @param {number} index
 */
export function placeOf({ source, row, measure }, plot, index) {
  const { loss, arrived, diverged } = source.endOf(index, row);
  const ends = { losses: Float64Array.of(loss), arrived: [arrived], diverged: [diverged] };
  const y = clamped(plot, heightsOf(ends, measure)[0]);
  const x = plot.left + (plot.width * toPosition(row, source.valueOf(index, row) ?? 0)) / POSITIONS;
  return { x, y: Number.isNaN(y) ? plot.top : y };
}
