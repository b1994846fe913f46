// The playhead: a float from 0 to the number of steps that moves by itself while playing.

const REST = 1200; // milliseconds at the end before a loop begins again
// Milliseconds that the first frame counts, half of a frame's: where a frame is a whole number of steps, the playhead is then
// in the middle of a step, and not where a frame that comes a bit early shows the same step twice and the next skips one.
const FIRST = 1000 / 120;

export class Clock {
  t = 0; // the playhead, in steps
  steps = 1;
  playing = false;
  speed = 1;
  loop = false;
  rest = 0; // milliseconds at the end so far
  /** @type {number | null} */
  last = null; // the time of the last animation frame, in milliseconds

  /**
   * @param {() => void} changed  called whenever the playhead or the state moved by anything but `advance`
   * @param {() => number} done  how far there is something to be shown, in steps
   * @param {number} rate  steps a second at speed 1
   */
  constructor(changed, done, rate) {
    this.changed = changed;
    this.done = done;
    this.rate = rate;
  }

  /** @returns {"playing" | "paused" | "ended"} */
  get state() {
    if (this.playing) return "playing";
    return this.t >= this.steps ? "ended" : "paused";
  }

  play() {
    if (this.t >= this.steps) this.t = 0;
    this.playing = true;
    this.last = null;
    this.rest = 0;
    this.changed();
  }

  pause() {
    this.playing = false;
    this.changed();
  }

  toggle() {
    if (this.playing) this.pause();
    else this.play();
  }

  /** @param {number} t */
  seek(t) {
    this.t = Math.max(0, Math.min(this.steps, t));
    this.changed();
  }

  /**
   * Goes a step back or forth from the step drawn, paused.
   *
   * @param {number} by
   */
  step(by) {
    this.playing = false;
    this.seek(Math.floor(this.t) + by);
  }

  /** @param {Partial<Pick<Clock, "t" | "playing" | "speed" | "loop" | "last">>} values */
  set({ t = this.t, playing = this.playing, speed = this.speed, loop = this.loop, last = this.last }) {
    this.t = t;
    this.playing = playing;
    this.speed = speed;
    this.loop = loop;
    this.last = last;
    this.changed();
  }

  /**
   * Takes over another number of steps: the playhead stays where it is, at the end if it was there.
   *
   * @param {number} steps
   */
  resize(steps) {
    this.t = this.t >= this.steps ? steps : Math.min(this.t, steps);
    this.steps = steps;
  }

  /**
   * Moves on to the time of an animation frame (ms). A tab that slept goes on where it was.
   *
   * @param {number} now
   */
  advance(now) {
    const passed = this.last === null ? FIRST : Math.min(now - this.last, 250);
    this.last = now;
    if (!this.playing) return;
    if (this.t < this.steps) {
      this.t = Math.max(this.t, Math.min(this.steps, this.done(), this.t + (passed / 1000) * this.rate * this.speed));
    } else if (this.loop) {
      this.rest += passed;
      if (this.rest >= REST) {
        this.t = 0;
        this.rest = 0;
        this.last = null;
      }
    }
    if (this.t >= this.steps && !this.loop) this.playing = false;
  }
}
