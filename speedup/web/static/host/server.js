/** The server as the player asks it, at /api/scene; null: it is away. */
import { answers, homeOf } from "./host.js";

const AGAIN = 2000; // milliseconds until a server that was away is asked again

/**
 * @typedef {object} Answer  of /api/scene: a scene, its link, and what in the link was wrong
 * @property {PageName} page
 * @property {string} lang
 * @property {Scene} scene
 * @property {string} query
 * @property {string[]} problems
 * @property {import("./setting.js").Setting[]} settings  what the page sets of the scene
 * @property {import("./drawer.js").Refused} [refused]
 *
 * @typedef {{scene?: undefined, said: string}} Refusal  of a scene that can't be
 */

export class Server {
  timer = 0;

  /** @param {Answer & {base: string}} told  in the page itself */
  constructor(told) {
    this.told = told;
    this.home = homeOf(told);
  }

  /** Gives the first scene. */
  async first() {
    return this.told;
  }

  alive() {
    return answers(this.home);
  }

  /**
   * Asks for the scene of a link.
   *
   * @param {string} search
   */
  scene(search) {
    return this.ask(search);
  }

  /**
   * Asks for the link of a scene that the stage has made, or for that with a setting changed.
   *
   * @param {{page: PageName, lang: string, scene: Scene, change?: {field: string, value: string | number}}} sent
   */
  post(sent) {
    return this.ask("", { method: "POST", body: JSON.stringify(sent) });
  }

  /**
   * @param {string} search
   * @param {RequestInit} [options]
   * @returns {Promise<Answer | Refusal | null>}
   */
  async ask(search, options) {
    try {
      return await (await fetch(new URL(`api/scene${search}`, this.home), options)).json();
    } catch {
      return null;
    }
  }

  /**
   * Calls back once it is there again.
   *
   * @param {() => void} there
   */
  back(there) {
    this.stop();
    this.timer = setTimeout(async () => {
      if (await this.alive().catch(() => false)) there();
      else this.back(there);
    }, AGAIN);
  }

  /** Waits for it no longer. */
  stop() {
    clearTimeout(this.timer);
  }
}
