/** The settings of a page that is one file: how they are shown of a scene, and what a change brings along, as the server has it. */
import { newSpec } from "../model/race_spec.js";
import { kindOf } from "../stage/kinds.js";
import { split } from "../stage/looks.js";

/**
 * @typedef {import("./setting.js").Setting} Setting
 * @typedef {Setting & {taught: Record<string, string>, brings?: Record<string, Scene>, refusal: string}} OwnSetting  see speedup/web/offline.py
 */

/**
 * Gives a row as it is shown of a scene.
 *
 * @param {PageName} page
 * @param {OwnSetting} row
 * @param {Scene} scene
 * @returns {Setting}
 */
export function shown(page, row, scene) {
  const run = (/** @type {Scene | undefined} */ one = scene) => {
    const kind = kindOf(page, one);
    return kind.fingerprint(split(one, kind, /** @type {Looks} */ ({})).spec);
  };
  const named = () => Object.keys(row.names).find((name) => run(row.brings?.[name]) === run()) ?? null;
  const value = row.field === "scene" ? named() : [scene[row.field]].flat().join(", ");
  return { ...row, value, teaches: row.taught[value ?? ""] ?? "" };
}

/**
 * Gives a scene with a setting changed; null if that value can't be.
 *
 * @param {PageName} page
 * @param {OwnSetting} row
 * @param {Scene} scene
 * @param {string | number} value
 * @param {Tables} tables
 * @returns {Scene | null}
 */
export function changed(page, row, scene, value, tables) {
  const taken = read(row, value, tables.network);
  if (taken === null) return null;
  const brings = row.brings?.[value];
  if (row.field === "scene") return structuredClone(/** @type {Scene} */ (brings));
  const next = /** @type {Scene} */ (structuredClone({ ...scene, [row.field]: taken, ...brings }));
  if (row.field === "surface")
    Object.assign(next, onSurface(/** @type {RaceSpec} */ (scene), /** @type {SurfaceName} */ (value), tables));
  if (netOf(next, tables) !== netOf(scene, tables)) Object.assign(next, { weight: null }); // none of another net is picked
  if (next.samples !== scene.samples) Object.assign(next, { region: null }); // it may reach to batches of all samples
  kindOf(page, next).tidy(next, tables);
  return next;
}

/**
 * Gives what a field holds; null if it can't be.
 *
 * @param {OwnSetting} row
 * @param {string | number} value
 * @param {Tables["network"]} limits
 */
function read({ form, names, low, high, step }, value, { most_layers, most_units }) {
  if (form === "text") {
    const text = String(value).trim();
    const units = text && text !== "none" ? text.split(",").map(Number) : [];
    return units.length <= most_layers && units.every((one) => isWithin(one, 1, most_units, 1)) ? units : null;
  }
  if (form === "number") return isWithin(value, low, high, step) ? value : null;
  return Object.hasOwn(names, value) ? value : null;
}

/**
 * @param {string | number} value
 * @param {number} low
 * @param {number} high
 * @param {number} step  where it is whole, the value is
 */
function isWithin(value, low, high, step) {
  return typeof value === "number" && value >= low && value <= high && (!Number.isInteger(step) || Number.isInteger(value));
}

/**
 * Gives a name for the net of a scene; there is none of a race.
 *
 * @param {Scene} scene
 * @param {Tables} tables
 */
function netOf(scene, { datasets }) {
  const { dataset, hidden, activation } = /** @type {TrainSpec} */ (scene);
  return dataset ? JSON.stringify([datasets[dataset].domain.length, datasets[dataset].task, hidden, activation]) : "";
}

/**
 * Gives what another surface brings along: its start, and its learning rates where the old surface's stood.
 *
 * @param {RaceSpec} spec
 * @param {SurfaceName} surface
 * @param {Tables} tables
 */
function onSurface(spec, surface, tables) {
  const { start, params } = newSpec(tables, surface);
  const rate = (/** @type {SurfaceName} */ name, /** @type {LaneSpec} */ { optimizer }) => tables.surfaces[name].lr[optimizer];
  const lanes = spec.lanes.map((lane) =>
    lane.h.lr === rate(spec.surface, lane) ? { ...lane, h: { ...lane.h, lr: rate(surface, lane) } } : lane,
  );
  return { start, params, lanes, window: null, camera: null, region: null };
}
