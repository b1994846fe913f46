/** The axes of the loss chart, and what they are called. */
import { lossTicks, spanTicks } from "../draw/plot.js";
import { visible } from "./loss_marks.js";

/**
 * Draws the axis of losses: its lines across the chart and its numbers.
 *
 * @param {View} view
 * @param {CanvasRenderingContext2D} pen
 * @param {Plot} plot
 */
export function drawLosses({ colours }, pen, plot) {
  const ticks = lossTicks(plot, plot.size * 1.5).map(({ value, text }) => ({ y: plot.y(value), text }));
  drawHeights(colours, pen, plot, ticks);
}

/**
 * Draws lines across a chart, and left of each its number, no wider than there is room.
 *
 * @param {Colours} colours
 * @param {CanvasRenderingContext2D} pen
 * @param {Plot} plot
 * @param {{y: number, text: string}[]} ticks
 */
export function drawHeights(colours, pen, plot, ticks) {
  pen.font = `${plot.size * 0.85}px ${plot.font}`;
  pen.lineWidth = 1;
  pen.strokeStyle = colours.line;
  pen.fillStyle = colours.faint;
  pen.textBaseline = "middle";
  pen.textAlign = "right";
  for (const { y: height, text } of ticks) {
    const y = Math.round(height) + 0.5;
    pen.beginPath();
    pen.moveTo(plot.left, y);
    pen.lineTo(plot.right, y);
    pen.stroke();
    pen.fillText(text, plot.left - plot.size * 0.5, y, plot.left - plot.size * 0.6);
  }
}

/**
 * Draws the axes' lines and numbers.
 *
 * @param {View} view
 * @param {CanvasRenderingContext2D} pen
 * @param {Plot} plot
 */
export function drawAxes(view, pen, plot) {
  drawLosses(view, pen, plot);
  pen.textAlign = "center";
  pen.textBaseline = "top";
  const under = plot.bottom + plot.size * 0.45;
  for (const { x, text } of spanTicks(plot, plot.size * 5)) {
    const farthest = plot.right + plot.margin - pen.measureText(text).width / 2; // of a phone's the margin is narrow
    pen.fillText(text, Math.min(x, farthest), under);
  }
  if (plot.margin > plot.size * 5) {
    pen.textAlign = "left";
    pen.fillText(plot.below ?? "", plot.right + plot.size * 2, under);
  }
}

/**
 * Says what the axis shows, and where a curve runs out of the chart: the axis is made for losses on the map.
 *
 * @param {View} view
 * @param {Plot} plot
 */
export function titleOf(view, plot) {
  const out = (/** @type {number} */ loss) => loss > plot.high + (plot.zero ?? 0) || (plot.zero === null && loss < plot.low);
  const beyond = visible(view).some(({ index }) => plot.losses[index].some(out));
  return beyond ? `${plot.name} · ${plot.cut}` : plot.name;
}

/**
 * Writes it on a sheet of its own that lies over the curves: neither they nor the grid go through the words.
 *
 * @param {View} view
 * @param {CanvasRenderingContext2D} pen
 * @param {Plot} plot
 * @param {string} long  the plot's name alone where there is no room for it
 */
export function drawTitle({ colours }, pen, plot, long) {
  pen.clearRect(0, 0, plot.right + plot.margin, plot.bottom);
  pen.font = `${plot.size * 0.85}px ${plot.font}`;
  pen.textAlign = "right";
  pen.textBaseline = "top";
  const [x, y] = [plot.right - plot.size * 0.3, plot.top + plot.size * 0.35];
  const title = pen.measureText(long).width < plot.width ? long : plot.name;
  const start = x - Math.min(plot.width, pen.measureText(title).width) - 4;
  pen.globalAlpha = 0.85;
  pen.fillStyle = colours.background;
  pen.fillRect(start, y - 2, plot.right - start, plot.size + 2);
  pen.globalAlpha = 1;
  pen.fillStyle = colours.faint;
  pen.fillText(title, x, y, plot.width);
}
