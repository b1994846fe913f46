/** What is said in a corner of the map: that a click has moved the start, why it is flat, where its zoom ends; and the way back. */
import { button, el, put } from "../base/dom.js";

const LASTS = 6000; // milliseconds

/** The notes of a scene: `element`, sync(), frame(), startMoved(), destroy(). */
export class MapNotes {
  /** @type {RaceSpec | null} */
  made = null; // what a click has made
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  timer;

  /**
   * @param {RaceView} stage
   * @param {import("./map.js").RaceMap} scene
   */
  constructor(stage, scene) {
    this.stage = stage;
    this.scene = scene;
    const words = (/** @type {Under<"stage.map">} */ key) => stage.words(`stage.map.${key}`);
    this.words = words;
    this.whole = button(
      { class: "whole", title: words("whole_hint"), hidden: true, onclick: () => scene.still?.home() },
      words("whole"),
    );
    this.said = el("span", { role: "status" }); // always there: only then is it read aloud what comes into it
    const hint = `${stage.words("stage.undo")} (Ctrl+Z)`;
    this.undo = button({ title: hint, hidden: true, onclick: () => stage.undo() }, stage.words("stage.undo"));
    this.flat = el("p", { class: "flat", role: "status" });
    this.closest = el("p", { class: "closest", role: "status" });
    this.moved = el("p", { class: "moved" }, this.said, this.undo);
    this.element = el("div", { class: "notes" }, this.whole, this.moved, this.flat, this.closest);
  }

  /** Says that a click has moved the start, for some seconds, or as long as nothing else is changed. */
  startMoved() {
    this.made = this.stage.committed;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.end(), LASTS);
    this.sync();
  }

  end() {
    if (this.moved.matches(":hover, :focus-within")) this.timer = setTimeout(() => this.end(), LASTS);
    else this.made = null;
    this.sync();
  }

  sync() {
    const moved = this.made !== null && this.made === this.stage.committed;
    put(this.moved, "data-shown", moved);
    put(this.said, "text", moved ? this.words("moved") : "");
    put(this.undo, "hidden", !moved);
    put(this.flat, "text", this.scene.view === this.stage.view ? "" : this.words("flat"));
  }

  frame() {
    put(this.whole, "hidden", !this.scene.camera?.isMoved);
    put(this.closest, "text", this.scene.still?.isClosest ? this.words("closest") : "");
  }

  destroy() {
    clearTimeout(this.timer);
  }
}
