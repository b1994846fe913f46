/** The run as a film: the picture of the scene at one step after the other, recorded by the browser as it is drawn. */
import { el } from "../base/dom.js";
import { createSnapshot } from "./slide.js";
import { withDuration } from "./webm_duration.js";

const TYPES = [
  // the first is encoded fastest
  ["webm", "video/webm;codecs=vp8"],
  ["webm", "video/webm;codecs=vp9"],
  ["webm", "video/webm"],
  ["mp4", "video/mp4"],
];
const RATE = 30; // frames a second
const BITS = 8e6; // a second
const LONGEST = 6.5; // seconds of the run
const [BEFORE, AFTER] = [0.3, 0.9]; // seconds that the first and the last step stand
const SLICE = 200; // milliseconds after which the recorder hands over what it has
const AWAKE = 2; // seconds after which a recorder surely is
const PATIENCE = 60_000; // milliseconds for a slow recorder to catch up

/** Gives {ending, type} of the films that this browser can record, null if none. */
export function filmType() {
  if (typeof MediaRecorder !== "function" || !HTMLCanvasElement.prototype.captureStream) return null;
  const found = TYPES.find(([, type]) => MediaRecorder.isTypeSupported(type));
  return found ? { ending: found[0], type: found[1] } : null;
}

/**
 * Tells how many seconds the run of a stage takes in a film: as on the stage, but no more than fits.
 *
 * @param {View} stage
 */
const secondsOf = ({ kind, run: { spec } }) => Math.min(LONGEST, Math.max(1, spec.steps / kind.rate));

/**
 * Makes the film of a stage's run, a Blob. Rejects if the `signal` says so, then nothing is left of it.
 *
 * @param {View} stage
 * @param {Making & {link: string}} making
 */
export async function filmOf(stage, { link, progress, signal }) {
  const { type, ending } = /** @type {{type: string, ending: string}} */ (filmType()); // or it is not offered
  const shot = await createSnapshot(stage, { t: 0, ratio: 1, link, playing: true, signal });
  const recording = new Recording(shot.canvas, type);
  try {
    const least = await play(shot, recording, { run: secondsOf(stage), steps: stage.run.spec.steps, progress, signal });
    progress(null);
    const blob = await recording.end(least, () => shot.draw(stage.run.spec.steps), signal);
    return ending === "webm" ? await withDuration(blob, 1000 * recording.length) : blob;
  } finally {
    recording.close();
    shot.destroy();
  }
}

/**
 * @typedef {object} Making
 * @property {(share: number | null) => void} progress  null: nobody knows
 * @property {AbortSignal} signal
 */

/**
 * Draws the run in real time, or what of that the machine can do. Returns the film's minimum length in seconds. What is drawn before the recorder has woken up may be in it or not; if not, the last step stands longer.
 *
 * @param {{draw: (t: number) => void}} shot
 * @param {Recording} recording
 * @param {Making & {run: number, steps: number}} making  `run`: seconds
 */
async function play({ draw }, recording, { run, steps, progress, signal }) {
  /** @type {number | null} */
  let from = null; // when the recorder had woken up
  let drawn = -1;
  const passed = () => (from === null ? 0 : recording.seconds - from);
  recording.begin();
  while (passed() < BEFORE + run + AFTER) {
    if (from === null && (recording.heard || recording.seconds > AWAKE)) from = recording.seconds;
    const number = Math.floor(recording.seconds * RATE);
    if (number > drawn) draw(steps * Math.min(1, Math.max(0, (passed() - BEFORE) / run)));
    drawn = number;
    progress(passed() / (BEFORE + run + AFTER));
    await recording.frame();
    signal.throwIfAborted();
  }
  return recording.seconds;
}

/** A recorder and its clock. While the page is out of sight, where nothing is drawn, both stand still. */
class Recording {
  seconds = 0; // of its clock
  /** @type {number | null} */
  last = null; // milliseconds, when a frame was drawn last
  /** @type {Blob[]} */
  parts = [];
  heard = false; // whether the recorder has handed over anything
  length = 0; // seconds of the film
  /** @type {Error | null} */
  error = null;
  ends = new AbortController();

  /**
   * @param {HTMLCanvasElement} canvas
   * @param {string} type
   */
  constructor(canvas, type) {
    this.type = type;
    this.stream = canvas.captureStream(RATE);
    this.recorder = new MediaRecorder(this.stream, { mimeType: type, videoBitsPerSecond: BITS });
    this.recorder.ondataavailable = ({ data }) => {
      this.parts.push(data);
      this.heard ||= data.size > 0;
    };
    this.recorder.onerror = ({ error }) => {
      this.error = error ?? new Error("recording");
    };
    document.addEventListener("visibilitychange", () => this.rest(), { signal: this.ends.signal });
  }

  begin() {
    this.recorder.start(SLICE);
  }

  rest() {
    if (document.hidden) this.recorder.pause();
    else this.recorder.resume();
    this.last = null;
  }

  /** Until the next frame of the screen. */
  async frame() {
    const now = await new Promise(requestAnimationFrame);
    if (this.error) throw this.error;
    if (this.last !== null) this.seconds += (now - this.last) / 1000;
    this.last = now;
  }

  /**
   * The Blob of all that was drawn, as soon as it is all there, `least` seconds: a slow recorder lags behind, forgets what
   * it has not encoded when it is stopped, and leaves out frames. Until then `draw` draws the last one again.
   *
   * @param {number} least
   * @param {() => void} draw
   * @param {AbortSignal} signal
   */
  async end(least, draw, signal) {
    const limit = performance.now() + PATIENCE;
    while (this.length < least) {
      if (performance.now() > limit) throw Object.assign(new Error("too slow"), { name: "TooSlow" });
      await new Promise((resolve) => setTimeout(resolve, SLICE));
      signal.throwIfAborted();
      draw();
      this.length = await lengthOf(this.blob);
    }
    const stopped = new Promise((resolve) => this.recorder.addEventListener("stop", resolve));
    this.recorder.stop();
    await stopped;
    this.length = await lengthOf(this.blob);
    return this.blob;
  }

  get blob() {
    return new Blob(this.parts, { type: this.type });
  }

  close() {
    this.ends.abort();
    if (this.recorder.state !== "inactive") this.recorder.stop();
    this.stream.getTracks().forEach((track) => track.stop());
  }
}

/**
 * Tells the seconds of a film that is still being written: a player that is sent far behind its end finds out.
 *
 * @param {Blob} blob
 * @returns {Promise<number>}
 */
async function lengthOf(blob) {
  const src = URL.createObjectURL(blob);
  const video = el("video", { src, preload: "auto" });
  try {
    return await new Promise((resolve) => {
      video.onerror = () => resolve(0);
      video.onloadedmetadata = () => {
        video.currentTime = 1e9;
      };
      video.ondurationchange = () => Number.isFinite(video.duration) && resolve(video.duration);
      setTimeout(() => resolve(0), AWAKE * 1000);
    });
  } finally {
    URL.revokeObjectURL(src);
  }
}
