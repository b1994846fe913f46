// Sends what was changed here to the server, which puts it into the URL; says when it can't be reached.

const PAUSE = 250; // milliseconds after the last change
const PATIENCE = 2500; // milliseconds until a silent server counts as gone; then how often it is asked again

export class Commits {
  /** scene() is what to send; send(commit) hands it to Streamlit; alive() resolves to whether the server answers;
      lost(bool) tells the user. */
  constructor({ scene, send, alive, lost }) {
    Object.assign(this, { scene, send, alive, lost });
    this.unsaved = false;
    this.id = "";
    this.serial = ""; // of the data that the scene was made from
    this.timer = 0;
    this.waiting = []; // for the server's answer
  }

  /** Resolves once nothing is unsaved. */
  settled() {
    return this.unsaved ? new Promise((resolve) => this.waiting.push(resolve)) : Promise.resolve();
  }

  /** Something was committed: it is sent after a pause, together with what follows within it. */
  schedule() {
    this.unsaved = true;
    this.id = crypto.getRandomValues(new Uint32Array(2)).join("-");
    this.later(PAUSE, () => this.flush());
  }

  flush() {
    this.send({ id: this.id, after: this.serial, scene: this.scene() });
    this.later(PATIENCE, () => this.wait());
  }

  /** The link to the server is lost or back. Streamlit forgets what it could not send, so that is sent again. */
  link(connected) {
    if (!this.unsaved) return;
    if (connected) this.flush();
    else this.lost(true);
  }

  /** No answer yet: if the server is gone, the user is told. */
  async wait() {
    const alive = await this.alive().catch(() => false);
    if (!this.unsaved) return;
    if (!alive) this.lost(true);
    this.later(PATIENCE, () => this.wait());
  }

  /** What came from the server: true if it is to be adopted, false if it answers an older state than the one here. */
  receive({ id, serial }) {
    this.serial = serial;
    if (this.unsaved && id !== this.id) return false;
    if (this.unsaved) this.lost(false);
    this.unsaved = false;
    this.waiting.splice(0).forEach((resolve) => resolve());
    clearTimeout(this.timer);
    return true;
  }

  later(delay, action) {
    clearTimeout(this.timer);
    this.timer = setTimeout(action, delay);
  }

  /** Sends what waits, for the page is left. */
  close() {
    const waiting = this.unsaved;
    this.unsaved = false;
    clearTimeout(this.timer);
    if (waiting) this.send({ id: this.id, after: this.serial, scene: this.scene() });
  }
}
