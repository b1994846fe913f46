/** What the reader has done with the scene that is told, and where to they are going. Another language changes none of it. */

/**
 * @typedef {object} Answer  what is right, by the run that was seen when the reader guessed, whatever is tried later
 * @property {number} best  a lane, -1 for none
 * @property {boolean} told  whether that was the run that the lesson tells of
 * @property {string} label  of the lane
 *
 * @typedef {object} Asking  what was asked at a scene and what came of it
 * @property {string} at  the scene
 * @property {number} guess  a lane, -1 for none yet
 * @property {Answer | null} answer  null until it is known
 * @property {boolean} open  whether the outcome of what is to be tried is told
 */

export class Telling {
  /** @type {Scene | null} */
  next = null; // what is on its way to the stage
  /** @type {Asking | null} */
  #asking = null;

  /**
   * Gives what was asked at a scene; of the scene before nothing is kept.
   *
   * @param {string} at
   */
  at(at) {
    if (this.#asking?.at !== at) this.#asking = { at, guess: -1, answer: null, open: false };
    return this.#asking;
  }
}
