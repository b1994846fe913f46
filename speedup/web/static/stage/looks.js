/** The looks of a stage: how its scene is seen. */
import { LATER, Shell } from "./shell.js";

/** A stage's looks, each with what it is before any scene. */
export class LookedAt extends Shell {
  /** @type {Looks["view"]} */
  view = "2d";
  /** @type {Looks["chosen"]} */
  chosen = -1;
  /** @type {Looks["curve"]} */
  curve = "batch";
  /** @type {Looks["axis"]} */
  axis = "step";
  /** @type {Looks["scale"]} */
  scale = "log";
  /** @type {Looks["turn"]} */
  turn = LATER;
  at = "";
  /** @type {Looks["window"]} */
  window = null;
  /** @type {Looks["camera"]} */
  camera = null;
  /** @type {Looks["panel"]} */
  panel = "loss";
  /** @type {Looks["against"]} */
  against = "lr";
  /** @type {Looks["measure"]} */
  measure = "loss";
  /** @type {Looks["pair"]} */
  pair = "";
  /** @type {Looks["region"]} */
  region = null;
  /** @type {Looks["laid"]} */
  laid = "below";
  /** @type {Looks["weight"]} */
  weight = null;
  /** @type {Looks["directions"]} */
  directions = "first";
  /** @type {Looks["lower"]} */
  lower = null;

  /**
   * Takes over some of the looks; the others stay.
   *
   * @param {Partial<Looks>} values
   */
  look(values) {
    this.view = values.view ?? this.view;
    this.chosen = values.chosen ?? this.chosen;
    this.curve = values.curve ?? this.curve;
    this.axis = values.axis ?? this.axis;
    this.scale = values.scale ?? this.scale;
    this.turn = values.turn ?? this.turn;
    this.at = values.at ?? this.at;
    this.panel = values.panel ?? this.panel;
    this.against = values.against ?? this.against;
    this.measure = values.measure ?? this.measure;
    this.pair = values.pair ?? this.pair;
    this.laid = values.laid ?? this.laid;
    this.directions = values.directions ?? this.directions;
    if (values.region !== undefined) this.region = values.region; // null is one: all of the picture
    if (values.window !== undefined) this.window = values.window; // null is one: the whole map
    if (values.weight !== undefined) this.weight = values.weight; // and so here: none is picked
    if (values.lower !== undefined) this.lower = values.lower; // and so here: its own height
    if (values.camera !== undefined) this.camera = values.camera; // and so here: where the relief is first seen from
  }
}

/**
 * Splits a scene into its spec and how it is looked at.
 *
 * @param {Scene} scene
 * @param {Kind} kind
 * @param {Looks} before  where the scene says nothing of a look, it stays
 * @returns {{spec: Spec, looks: Partial<Looks>}}
 */
export function split(scene, kind, before) {
  const { ...spec } = scene;
  /** @type {Record<string, unknown>} */
  const looks = {};
  for (const name of kind.looks) {
    looks[name] = name in scene ? (scene[name] ?? null) : before[name];
    delete spec[name];
  }
  return { spec, looks };
}
