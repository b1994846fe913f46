// The playhead: a float from 0 to the number of steps that moves by itself while playing.

const REST = 1200; // milliseconds at the end before a loop begins again

export class Clock {
  /**
   * `changed` is called whenever the playhead or the state moved by anything but `advance`; `done()` is how far there is
   * something to be shown; `rate`: steps a second at speed 1.
   */
  constructor(changed, done, rate) {
    Object.assign(this, { changed, done, rate, t: 0, steps: 1, playing: false, speed: 1, loop: false, last: null, rest: 0 });
  }

  get state() {
    if (this.playing) return "playing";
    return this.t >= this.steps ? "ended" : "paused";
  }

  play() {
    if (this.t >= this.steps) this.t = 0;
    Object.assign(this, { playing: true, last: null, rest: 0 });
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

  seek(t) {
    this.t = Math.max(0, Math.min(this.steps, t));
    this.changed();
  }

  /** One step back or forth from the step drawn, paused. */
  step(by) {
    this.playing = false;
    this.seek(Math.floor(this.t) + by);
  }

  set(values) {
    Object.assign(this, values);
    this.changed();
  }

  /** The race has another number of steps: the playhead stays where it is, at the end if it was there. */
  resize(steps) {
    this.t = this.t >= this.steps ? steps : Math.min(this.t, steps);
    this.steps = steps;
  }

  /** Moves on to the time of an animation frame (ms). A tab that slept goes on where it was. */
  advance(now) {
    const passed = this.last === null ? 0 : Math.min(now - this.last, 250);
    this.last = now;
    if (!this.playing) return;
    if (this.t < this.steps) {
      this.t = Math.max(this.t, Math.min(this.steps, this.done(), this.t + (passed / 1000) * this.rate * this.speed));
    } else if (this.loop) {
      this.rest += passed;
      if (this.rest >= REST) Object.assign(this, { t: 0, rest: 0 });
    }
    if (this.t >= this.steps && !this.loop) this.playing = false;
  }
}
