/** The state of a stage: a scene, its run, how it is looked at, and the verbs that change them. All that a part sees of it is View, see types.d.ts. */
import { put } from "../base/dom.js";
import { tell } from "../base/page_attributes.js";
import { Clock } from "../model/clock.js";
import { Commits } from "./commit.js";
import { kindOf } from "./kinds.js";
import { LookedAt, split } from "./looks.js";
import { LATER } from "./shell.js";

const MOST_UNDO = 50;

/** The model under a stage; what is drawn when is the stage's. */
export class State extends LookedAt {
  /** @type {Kind} */
  kind = LATER;
  /** @type {Shared} */
  shared = LATER;
  /** @type {Spec} */
  spec = LATER;
  /** @type {Run} */
  run = LATER;
  /** @type {Spec} */
  committed = LATER;
  /** @type {Spec[]} */
  past = []; // what was committed before
  undoable = false;
  hovered = -1;
  dragging = false;
  behind = false; // whether the run of what a hand moves is still to be computed
  veiled = false;
  seen = ""; // the looks that were committed or came last

  /**
   * @param {Host} host
   * @param {StageData} data
   */
  constructor(host, data) {
    super(host, data);
    this.clock = new Clock(
      () => this.redraw(),
      () => this.run?.done ?? Infinity,
      1,
    );
    this.commits = new Commits({
      scene: () => /** @type {Scene} */ ({ ...this.committed, ...this.looks }), // not what a hand is about to change
      send: (commit) => host.send(commit),
      alive: () => host.alive(),
      lost: (yes) => this.notice.show("notice.unsaved", yes),
    });
  }

  /** Has the playhead drawn. */
  redraw() {}

  /** Has all parts synchronised, for something but the playhead has changed. */
  refresh() {
    this.redraw();
  }

  /** @param {Run} run  another one, or there is more of it */
  show(run) {
    this.run = run;
    this.refresh();
  }

  /** How the scene is looked at, as far as its kind knows of it: part of the link, not of the run. */
  get looks() {
    return Object.fromEntries(this.kind.looks.map((name) => [name, this[name]]));
  }

  get step() {
    return this.clock.t;
  }

  /**
   * Becomes a stage of a kind, still without a run.
   *
   * @param {Kind} kind
   */
  become(kind) {
    this.kind?.leave?.(this);
    this.kind = kind;
    this.shared = { plot: null, relief: null, lit: null, laid: null, zoom: null, again: null, ...kind.share?.(this) };
    this.past = [];
    this.undoable = this.veiled = false;
    this.spec = this.run = LATER;
    this.hovered = -1;
    if (!kind.looks.includes("panel")) this.look({ panel: "loss" });
    this.clock.rate = kind.rate;
    this.clock.speed = 1;
    this.root.dataset.kind = kind.name;
    put(this.root, "data-lesson", kind.lesson);
    tell(this, "data-lesson", kind.lesson);
  }

  /**
   * Fetches what a scene needs besides; rejects if it can't be had.
   *
   * @param {Scene} scene
   */
  async prepare(scene) {
    await kindOf(this.page, scene).ready(this, scene);
  }

  /**
   * Takes over a scene that is prepared, at the playhead; at its start if it is another one or was visited.
   *
   * @param {Scene} scene
   */
  adopt(scene) {
    const kind = kindOf(this.page, scene);
    if (kind !== this.kind) this.become(kind);
    const [before, visited] = [this.spec, this.visited()];
    const another = scene.at !== undefined && scene.at !== this.at;
    const { spec, looks } = split(scene, kind, this);
    this.look(looks);
    this.seen = JSON.stringify(this.looks);
    const moved = !before || another || visited || kind.moved(before, spec);
    if (!before || this.differs(spec)) {
      if (another) this.past = [];
      else if (before) this.remember();
      this.undoable = this.past.length > 0;
      this.committed = spec;
      this.compute(spec);
    }
    this.fit(); // a notice of the page may have come or gone above
    if (!moved) return;
    kind.begin?.(this, spec);
    const waits = kind.waits ?? false;
    this.clock.set({ t: this.reducedMotion && !waits ? spec.steps : 0, playing: !this.reducedMotion && !waits, last: null });
  }

  /**
   * Changes the spec: `mutate` gets a copy of it. While something is dragged `commit` is false: its run is computed when a frame
   * is drawn, for a hand says more than once a frame where it is.
   *
   * @param {(spec: any) => void} mutate  of the spec of the stage's kind
   * @param {{commit?: boolean}} [how]
   */
  change(mutate, { commit = true } = {}) {
    const spec = structuredClone(this.spec);
    mutate(spec);
    this.kind.tidy(spec, this.tables);
    this.dragging = this.behind = !commit;
    if (commit) {
      this.kind.letGo?.(this);
      this.compute(spec);
      if (this.differs(spec)) {
        this.remember();
        this.committed = spec;
        this.commits.schedule();
      }
    } else this.hold(spec);
    this.refresh();
  }

  /**
   * Tells whether a spec is another one than was committed last.
   *
   * @param {Spec} spec
   */
  differs(spec) {
    return this.kind.fingerprint(spec, true) !== this.kind.fingerprint(this.committed, true);
  }

  /**
   * Makes it the spec. Its run is shown at once, or by `show` as soon as there is something of it.
   *
   * @param {Spec} spec
   */
  compute(spec) {
    this.behind = false;
    const run = this.kind.run(this, spec);
    this.hold(spec);
    if (run) this.show(run);
  }

  /**
   * Makes it the spec, whatever its run.
   *
   * @param {Spec} spec
   */
  hold(spec) {
    this.spec = spec;
    if (!spec.lanes[this.hovered]) this.hovered = -1; // a lane that is gone
    if (!spec.lanes[this.chosen]) this.look({ chosen: -1 });
    this.clock.resize(spec.steps);
  }

  /**
   * Moves a hyperparameter of a lane. Says whether that could be.
   *
   * @param {number} lane
   * @param {HyperparameterName} name
   * @param {number} value
   * @param {boolean} commit
   */
  setHyper(lane, name, value, commit) {
    let taken = true;
    this.change(
      (spec) => {
        taken = this.kind.setHyper(spec, lane, name, value, this);
      },
      { commit },
    );
    return taken;
  }

  remember() {
    this.past = [...this.past, this.committed].slice(-MOST_UNDO);
    this.undoable = true;
  }

  /** Takes back the last committed change. */
  undo() {
    const spec = this.past.pop();
    if (!spec) return;
    this.undoable = this.past.length > 0;
    this.committed = spec;
    if (this.kind.moved(this.spec, spec)) this.look({ window: null, camera: null, region: null }); // they are of where it was
    this.change((copy) => Object.assign(copy, structuredClone(spec)), { commit: false });
    this.dragging = false;
    this.commits.schedule();
  }

  /**
   * Sets what is looked at: hovered, or one of the kind's looks, which are part of the link. While it moves `commit` is false.
   *
   * @param {Partial<Looks & {hovered: number, veiled: boolean}>} values
   * @param {{commit?: boolean}} [how]
   */
  set({ hovered = this.hovered, veiled = this.veiled, ...looks }, { commit = true } = {}) {
    this.hovered = hovered;
    this.veiled = veiled;
    this.look(looks);
    if (!commit) {
      this.redraw();
      return;
    }
    if (this.seen !== JSON.stringify(this.looks)) this.commits.schedule();
    this.seen = JSON.stringify(this.looks);
    this.refresh();
  }

  /** @param {OptimizerName} optimizer */
  lane(optimizer) {
    return this.kind.lane(this, optimizer);
  }
}
