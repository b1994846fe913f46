// What the rooms of the stage hand each other, for the type checker (`make check`); no browser ever loads it.
// The unions of names and the keys of the words are generated: names.d.ts.

// ---- Tables: rows as speedup/web/tables.py sends them

interface ParameterRow {
  name: string;
  symbol: string;
  default: number;
  low: number;
  high: number;
  scale: "linear" | "log" | "log1m" | "switch";
  floor: number;
  main: boolean;
  whole?: boolean; // takes whole numbers only
}

interface OptimizerRow {
  name: OptimizerName;
  label: string;
  index: number;
  hyperparameters: ParameterRow[];
  train: Hyperparameters; // what a training begins with
  latex: string;
  colour: string;
  dash: string;
  marker: string;
  source: string;
}

interface SurfaceRow {
  name: SurfaceName;
  label: string;
  index: number;
  domain: [Range, Range];
  start: Point;
  minima: Point[];
  minimum: number | null;
  radius: number;
  escaped: number;
  scale: "linear" | "log";
  unit: number;
  parameters: ParameterRow[];
  lr: Record<OptimizerName, number>; // the rate that each optimizer begins with
  record: number[]; // what kernels read of it after its parameters
}

interface DatasetRow {
  name: DatasetName;
  label: string;
  task: "regression" | "classification";
  domain: Range[]; // of each input
  most_noise: number;
}

interface Tables {
  optimizers: Record<OptimizerName, OptimizerRow>;
  surfaces: Record<SurfaceName, SurfaceRow>;
  datasets: Record<DatasetName, DatasetRow>;
  hyperparameters: HyperparameterName[]; // in the order in which kernels read them
  chapter: OptimizerName[]; // the lanes to begin with
  network: { activations: string[]; inits: string[]; tasks: string[]; looks: Record<string, string[]>; frames: number; most_changes: number };
  lesson: Record<string, LessonScene>;
}

type Range = [low: number, high: number];
type Point = [x: number, y: number];
type Hyperparameters = Partial<Record<HyperparameterName, number>>;

// ---- Specs: what a run is a function of

interface LaneSpec {
  optimizer: OptimizerName;
  h: Hyperparameters;
  on: boolean;
  batch?: number | null; // a lane's own, null: the training's
}

interface RaceSpec {
  surface: SurfaceName;
  params: Record<string, number>;
  start: Point;
  steps: number;
  noise: number;
  seed: number;
  lanes: LaneSpec[];
}

type Change = [step: number, lane: number, name: string, value: number]; // a hyperparameter turned at mid-run

interface TrainSpec {
  dataset: DatasetName;
  samples: number;
  noise: number;
  test: number;
  hidden: number[];
  activation: string;
  init: string;
  batch: number;
  steps: number;
  seed: number;
  lanes: LaneSpec[];
  changes: Change[];
}

type Spec = RaceSpec | TrainSpec;
type Scene = Spec & { view?: "2d" | "3d"; chosen?: number; at?: string; [look: string]: unknown }; // a spec and how it is looked at

// ---- Runs: what is drawn

interface RaceLane {
  optimizer: OptimizerName;
  path: Float64Array; // x, y, loss for every step
  loss: Float64Array;
  arrived: number; // steps, -1 for never
  left: number;
  diverged: number;
  zero: boolean;
  inside: boolean;
}

interface Race {
  spec: RaceSpec;
  lanes: RaceLane[];
  done?: undefined; // all of it, at once
}

// ---- The stage and its parts

interface Part {
  element: HTMLElement;
  /** Something but the playhead has changed. */
  sync(): void;
  /** Draws playhead t, in steps. */
  frame(t: number): void;
  destroy(): void;
}

/** What a lane does at a playhead, in words; `brief` in a few characters. */
interface Status {
  kind: string;
  text: string;
  brief: string;
  hint?: string;
}

/** Colours of the theme, as CSS takes them. */
interface Colours {
  text: string;
  background: string;
  line: string;
  faint: string;
  [name: string]: string;
}

/** The playhead, see model/clock.js. */
interface Playhead {
  readonly t: number;
  readonly steps: number;
  readonly state: "playing" | "paused" | "ended";
  playing: boolean;
  speed: number;
  loop: boolean;
  toggle(): void;
  seek(t: number): void;
  step(by: number): void;
  set(values: { t?: number; playing?: boolean; speed?: number; loop?: boolean }): void;
}

/** A text in the language of the stage: words("stage.arrived", { step: 142 }). */
type Words = (key: Word, values?: Record<string, unknown>) => string;

/**
 * What a part is given: the scene, its run and how it is looked at, and the few verbs that change them. A part keeps what
 * is its own to itself; what two parts share is a member here.
 */
interface View<S extends Spec = Spec, R = Run> {
  readonly kind: Kind;
  readonly host: Host;
  readonly spec: S;
  readonly run: R;
  readonly tables: Tables;
  readonly kernels: Kernels;
  readonly words: Words;
  readonly lang: string;
  readonly theme: "light" | "dark";
  readonly colours: Colours;
  readonly clock: Playhead;
  readonly hovered: number; // the lane that is pointed at, -1: none
  readonly chosen: number; // the lane that is looked at, -1: none
  readonly dragging: boolean;
  readonly veiled: boolean; // what is to come isn't shown before a question is answered
  /** Changes the spec: `mutate` gets a copy. While something is dragged `commit` is false. */
  change(mutate: (spec: S) => void, options?: { commit?: boolean }): void;
  /** Sets what is looked at. */
  set(values: Partial<Looks>): void;
  /** Something but the playhead has changed: all parts are synchronised in the next frame. */
  refresh(): void;
}

/**
 * What a stage is about: races or trainings, either as they are or as the lesson tells them.
 * `run` gives the run of a spec, or null if it is to be shown later by `show`.
 */
interface Kind<S extends Spec = Spec, R = Run> {
  name: "surfaces" | "network";
  lesson?: boolean;
  styles: string[];
  looks: (keyof Looks)[];
  parts: ((view: View<S, R>) => Part)[];
  rate: number; // steps a second at speed 1
  fingerprint(spec: S, all?: boolean): string;
  tidy(spec: S, tables: Tables): void;
  run(view: View<S, R>, spec: S): R | null;
  status(view: View<S, R>, lane: R extends { lanes: (infer L)[] } ? L : never, t: number): Status;
  sentence(view: View<S, R>): string;
}
