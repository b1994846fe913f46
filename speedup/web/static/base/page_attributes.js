/**
 * What the page around the stages has to know of them: attributes of <html>. A style sheet that looked into the page for
 * them, by `:has()`, would make the browser match all of the page anew at every change of a stage.
 */
import { put } from "./dom.js";

/** @type {Map<string, Set<object>>} */
const wanted = new Map(); // attribute -> the stages that want it: a new one comes before the old one goes

/**
 * Sets an attribute of <html> for a stage, or takes it back; it goes when no stage wants it any more.
 *
 * @param {object} stage
 * @param {string} name
 * @param {unknown} yes
 */
export function tell(stage, name, yes) {
  const stages = wanted.get(name) ?? new Set();
  wanted.set(name, stages);
  if (yes) stages.add(stage);
  else stages.delete(stage);
  put(document.documentElement, name, stages.size > 0);
}

/**
 * Takes back all that a stage has told.
 *
 * @param {object} stage
 */
export function tellNothing(stage) {
  for (const name of wanted.keys()) tell(stage, name, false);
}
