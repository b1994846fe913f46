// Sends what was changed here to the server, which puts it into the URL; says when it can't be reached.

const PAUSE = 250; // milliseconds after the last change
const PATIENCE = 2500; // milliseconds until a silent server counts as gone; then how often it is asked again

/**
 * @typedef {object} Ways  what a Commits needs
 * @property {() => Scene} scene  what to send
 * @property {(commit: Commit) => void} send  hands it to the host
 * @property {() => Promise<boolean>} alive  whether the server answers
 * @property {(yes: boolean) => void} lost  tells the user
 */

export class Commits {
  unsaved = false;
  id = "";
  serial = ""; // of the data that the scene was made from
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  timer;
  /** @type {(() => void)[]} */
  waiting = []; // for the server's answer

  /** @param {Ways} ways */
  constructor({ scene, send, alive, lost }) {
    this.scene = scene;
    this.send = send;
    this.alive = alive;
    this.lost = lost;
  }

  /**
   * Resolves once nothing is unsaved.
   *
   * @returns {Promise<void>}
   */
  settled() {
    return this.unsaved ? new Promise((resolve) => this.waiting.push(resolve)) : Promise.resolve();
  }

  /** Takes note that something was committed: it is sent after a pause, together with what follows within it. */
  schedule() {
    this.unsaved = true;
    this.id = crypto.getRandomValues(new Uint32Array(2)).join("-");
    this.later(PAUSE, () => this.flush());
  }

  flush() {
    this.send({ id: this.id, after: this.serial, scene: this.scene() });
    this.later(PATIENCE, () => this.wait());
  }

  /**
   * Takes note that the link to the server is lost or back. Streamlit forgets what it could not send, so that is sent again.
   *
   * @param {boolean} connected
   */
  link(connected) {
    if (!this.unsaved) return;
    if (connected) this.flush();
    else this.lost(true);
  }

  /** Waits on, without an answer yet: if the server is gone, the user is told. */
  async wait() {
    const alive = await this.alive().catch(() => false);
    if (!this.unsaved) return;
    if (!alive) this.lost(true);
    this.later(PATIENCE, () => this.wait());
  }

  /**
   * Takes what came from the server: true if it is to be adopted, false if it answers an older state than the one here.
   * What isn't adopted is no scene that the next commit is made from, unless it is an earlier commit's own.
   *
   * @param {StageData} data
   */
  receive({ id, serial, own }) {
    const older = this.unsaved && id !== this.id;
    if (!older || own) this.serial = serial;
    if (older) return false;
    if (this.unsaved) this.lost(false);
    this.unsaved = false;
    this.waiting.splice(0).forEach((resolve) => resolve());
    clearTimeout(this.timer);
    return true;
  }

  /**
   * @param {number} delay  milliseconds
   * @param {() => void} action  instead of the one that waits
   */
  later(delay, action) {
    clearTimeout(this.timer);
    this.timer = setTimeout(action, delay);
  }

  /** Sends what waits, for the page is left. */
  close() {
    const unsaved = this.unsaved;
    this.unsaved = false;
    clearTimeout(this.timer);
    this.waiting.splice(0).forEach((resolve) => resolve());
    if (unsaved) this.send({ id: this.id, after: this.serial, scene: this.scene() });
  }
}
