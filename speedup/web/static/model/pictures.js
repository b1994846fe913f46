/** The pictures that one looks at: what is computed, what is shown until that has come to something, what was computed before. */

const KEPT = 6; // pictures, to come back to

/** @template {import("./pixels.js").Pixels<any>} P */
export class Pictures {
  /** @type {P | null} */
  picture = null; // that is computed
  /** @type {P | null} */
  shown = null; // something of it is known everywhere
  /** @type {P[]} */
  kept = []; // the latest last

  /** Whether all that is wanted is shown. */
  get complete() {
    return this.shown !== null && this.shown === this.picture && this.shown.complete;
  }

  /**
   * Gives what is shown, the coarsest first: while a part of a picture is computed, what is known of it by others that are seen.
   *
   * @returns {P[]}
   */
  get layers() {
    const { shown, picture, known } = this;
    const now = shown === picture;
    if (now && shown?.complete) return [shown];
    return known.filter((one) => one === shown || !now || one.grain < /** @type {P} */ (shown).grain);
  }

  /** What is known of the picture that is shown, by others too, the coarsest first. */
  get known() {
    const { shown, kept } = this;
    if (!shown) return [];
    return [shown, ...kept.filter((one) => one !== shown && one.kind === shown.kind)].sort((a, b) => b.grain - a.grain);
  }

  /** @param {P} picture */
  keep(picture) {
    this.kept = [...this.kept.filter((one) => one !== picture), picture].slice(-KEPT);
  }
}
