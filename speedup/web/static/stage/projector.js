/**
 * Projector mode: the stage alone, large enough for the last row. It is the page's state and not the scene's: it goes on
 * through scenes, pages and languages, and stands in the address as `projector=1`, which the server only passes on.
 */
import { fields, withField } from "../base/address.js";
import { put } from "../base/dom.js";
import { tell } from "../base/page_attributes.js";

const FIELD = "projector";
const IDLE = 3000; // milliseconds until a mouse that rests is hidden
const BOLD = 1.4; // times the width of lines

const isAsked = () => fields().get(FIELD) === "1";

/** @type {boolean | null} */
let chosen = null; // of the page, whichever stage it shows; null: as its address says
const isOn = () => (chosen ??= isAsked());

/**
 * Gives a link of the app the mode that the page is in now.
 *
 * @param {string | URL} link
 */
export const carried = (link) => withField(link, FIELD, isOn() ? "1" : null);

/** The mode as a stage shows it: data-projector at its root and at the page's, where data-idle is while the mouse rests. */
export class Projector {
  ends = new AbortController();
  room = matchMedia("(min-width: 768px) and (min-height: 500px)"); // on a phone nothing would be gained
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  timer;

  /**
   * @param {Pick<View, "root" | "host">} stage
   * @param {() => void} changed
   */
  constructor(stage, changed) {
    this.stage = stage;
    this.changed = changed;
    const { signal } = this.ends;
    const popped = () => {
      chosen = isAsked();
      this.show();
    };
    addEventListener("popstate", popped, { signal });
    this.room.addEventListener("change", () => this.show(), { signal });
    for (const name of ["pointermove", "pointerdown"]) document.addEventListener(name, () => this.wake(), { signal });
    this.keep();
    this.show();
  }

  get on() {
    return isOn() && this.possible;
  }

  /** Whether there is room for it. */
  get possible() {
    return this.room.matches;
  }

  /** How much wider lines are drawn. */
  get bold() {
    return this.on ? BOLD : 1;
  }

  toggle() {
    if (!this.possible) return;
    chosen = !isOn();
    this.stage.host.enter(carried(location.href));
    this.show();
  }

  /** The navigation between pages empties the address, and the server may have written it without knowing the latest. */
  keep() {
    if (isAsked() !== isOn()) history.replaceState({}, "", carried(location.href));
  }

  show() {
    put(this.stage.root, "data-projector", this.on);
    tell(this.stage, "data-projector", this.on);
    this.wake();
    this.changed();
  }

  wake() {
    tell(this.stage, "data-idle", false);
    clearTimeout(this.timer);
    if (this.on) this.timer = setTimeout(() => tell(this.stage, "data-idle", true), IDLE);
  }

  leave() {
    this.ends.abort();
    clearTimeout(this.timer);
  }
}
