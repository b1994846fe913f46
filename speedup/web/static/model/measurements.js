/** What is measured of a lane at every `every`-th step, by whoever trains it or when it is asked for. */
import { fields } from "./records.js";

export class Measurements {
  /**
   * Makes room for the measurements of some steps, of which there is none yet.
   *
   * @param {(keyof Measured)[]} names
   * @param {number} every
   * @param {number} steps
   */
  constructor(names, every, steps) {
    this.names = names;
    this.every = every;
    this.values = new Float64Array(names.length * this.passed(steps)).fill(NaN); // records, one after the other
    this.known = new Uint8Array(this.passed(steps)); // 1 for each that was taken
  }

  /**
   * Tells how many there are to be up to a step.
   *
   * @param {number} step
   */
  passed(step) {
    return Math.floor(step / this.every);
  }

  /**
   * Tells whether all up to a step have been taken.
   *
   * @param {number} step
   */
  complete(step) {
    return !this.known.subarray(0, this.passed(step)).includes(0);
  }

  /**
   * Keeps what was found after a step.
   *
   * @param {number} step
   * @param {Float64Array} found  records, one after the other
   */
  put(step, found) {
    const nth = this.passed(step);
    this.values.set(found, this.names.length * nth);
    this.known.fill(1, nth, nth + found.length / this.names.length);
  }

  /**
   * Takes over those of another lane up to a step.
   *
   * @param {Measurements} other
   * @param {number} step
   */
  inherit(other, step) {
    const count = this.passed(step);
    this.values.set(other.values.subarray(0, this.names.length * count));
    this.known.set(other.known.subarray(0, count));
  }

  /**
   * Gives the `nth`, of NaN if it wasn't taken.
   *
   * @param {number} nth
   * @returns {Measured}
   */
  at(nth) {
    return fields(this.names, this.values.subarray(this.names.length * nth));
  }
}
