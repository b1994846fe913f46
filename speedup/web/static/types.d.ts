// What the rooms of the stage hand each other, for the type checker (`make check`); no browser ever loads it.
// The unions of names and the keys of the words are generated: names.d.ts.

// ---- Tables: rows as speedup/web/tables.py sends them

interface ParameterRow<Name extends string = string> {
  name: Name;
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
  hyperparameters: ParameterRow<HyperparameterName>[];
  train: Hyperparameters; // what a training begins with
  latex: string;
  colour: string;
  dash: "solid" | "dash" | "dot" | "dashdot";
  marker: MarkerName;
  source: string;
  decoupled: boolean; // it takes the weight decay off the weight itself, not into the gradient
  anatomy: { count: number; shown: UpdateLine[] }; // the lines of its update, how many its kernel has and which are shown
}

/** A line of an update, or what the optimizer remembers before it. See speedup/export/typeset.py. */
interface UpdateLine {
  at: number; // among the kernel's lines
  name: string; // the variable that it sets
  text: string;
  uncorrected: string; // the text without correction for bias
  before: boolean;
  decays: boolean; // it is there for the weight decay alone
}

interface SurfaceRow {
  name: SurfaceName;
  label: string;
  index: number;
  domain: [Span, Span];
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
  domain: Span[]; // of each input
  most_noise: number;
}

interface Tables {
  optimizers: Record<OptimizerName, OptimizerRow>;
  surfaces: Record<SurfaceName, SurfaceRow>;
  datasets: Record<DatasetName, DatasetRow>;
  hyperparameters: HyperparameterName[]; // in the order in which kernels read them
  noise: ParameterRow<"noise">; // of a race
  outcomes: { room: number }; // numbers that the kernel of that name works in
  memory: { stack: number; heap: number }; // where Numba's stack ends and where ours begins, in bytes
  records: Record<RecordName, string[]> & { extent: (keyof ReliefExtent)[]; measured: (keyof Measured)[] }; // the order of the fields in each record that kernels read or write
  chapter: OptimizerName[]; // the lanes to begin with
  panels: Record<Kind["name"], Looks["panel"][]>; // the instruments of each kind
  statuses: StatusRow[]; // the first that holds is said
  lower: Span; // percent of the board's height that what stands below may have
  pairs: Record<Kind["name"], string[]>; // what varies in the picture of outcomes of each kind: "lr,momentum", …, "start"
  network: { activations: string[]; inits: string[]; tasks: string[]; looks: Record<string, string[]>; measurements: number; most_changes: number; most_layers: number; most_units: number; tile: number };
  map: { bands: number; themes: Record<"light" | "dark", { map: string[]; line: string; text: string; axis: string }> };
  relief: { cells: number; room: number; ticks: [loss: number, text: string][]; styles: Record<"light" | "dark", Figure> }; // room: of two ticks, a share of the height
  lesson: Record<string, LessonScene>;
}

// How a lane of a race stands, see statuses.py.
interface StatusRow {
  word: Under<"stage">;
  kind: string;
  sign: string;
  event: "diverged" | "arrived" | "left" | null;
  facts: Record<string, boolean>;
}

type RecordName = "surface" | "events" | "extent" | "grid" | "net" | "measured" | "decay" | "job" | "bend";
type Span = [low: number, high: number];
type Point = [x: number, y: number];
type Rect = { left: number; top: number; right: number; bottom: number }; // in pixels
type Numbers = Float64Array | Uint8Array | Uint8ClampedArray; // what kernels read and write
type Hyperparameters = Record<HyperparameterName, number>; // those that the optimizer has; the others are not there
type MarkerName = "circle" | "square" | "diamond" | "triangle-up" | "triangle-down" | "cross" | "x" | "star" | "hexagon" | "pentagon";

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
  batch?: undefined; // no batches here, and nothing changes at mid-run
  changes?: undefined;
}

type Change = [step: number, lane: number, name: HyperparameterName, value: number]; // a hyperparameter changed at mid-run

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
type Scene = Spec & { view?: "2d" | "3d"; chosen?: number; window?: number[] | null; camera?: number[] | null; at?: string; [look: string]: unknown }; // a spec and how it is looked at

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
  done?: undefined; // all of it is there at once
}

/** What is measured over all samples of a training; NaN without test samples. */
interface Measured {
  train_loss: number;
  train_accuracy: number;
  test_loss: number;
  test_accuracy: number;
}

/** A lane of a training as it is shown. */
interface TrainLane extends LaneOfTraining {
  index: number;
  diverged: number; // steps, -1 for never
  arrived: number; // -1: there is no goal
}

type LaneOfTraining = import("./model/training.js").Lane;
type Training = import("./model/training.js").Training;

interface TrainRun {
  spec: TrainSpec;
  lanes: TrainLane[];
  training: Training;
  done: number; // steps that every lane has
}

type Run = Race | TrainRun;
type Kernels = import("./model/kernels.js").Kernels;

// ---- The stage and its parts

/** What draws or is operated: made once, synchronised after changes, drawn in every frame. */
interface Part {
  element: HTMLElement;
  /** It has canvases: in a frame it comes before the parts that only write to the page. */
  draws?: true;
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
}

/** A text in the language of the stage: words("stage.arrived", { step: 142 }). */
type Words = (key: Word, values?: Record<string, string | number>) => string;

/** The rest of the keys of words that begin with a path: Under<"stage.network"> are "seeds", "axes.step", … */
type Under<Path extends string> = Word extends infer Key ? (Key extends `${Path}.${infer Rest}` ? Rest : never) : never;

/** How a scene is looked at: part of the link, not of the run. Which there are depends on the kind. */
interface Looks {
  view: "2d" | "3d";
  chosen: number; // a lane
  window: number[] | null; // x0, x1, y0, y1 of what the flat map shows; null: all of it
  camera: number[] | null; // where the relief is seen from, see relief_look.js; null: as at first
  panel: "loss" | "step" | "limit" | "rates" | "map"; // the instrument below, one of tables.panels
  against: HyperparameterName | "noise" | "batch"; // what varies in the rates
  measure: "loss" | "steps"; // what they show of each run: the loss at the end, or the steps to arrive
  pair: string; // what varies in the picture of all outcomes, one of its kind's tables.pairs; "": the lane's first
  region: number[] | null; // what is seen of that picture, in values: from and to across, from and to upwards; null: all
  laid: "below" | "map"; // where the outcomes of all starts are: below, or over the flat map, too
  weight: number | null; // of the net, whose update is shown; null: the one at which the loss is steepest at the start
  directions: "first" | "three"; // whose curvature is shown, the sharpest first
  lower: number | null; // how tall what stands below is, in percent of the board's height; null: as at first
  curve: "batch" | "train" | "test";
  axis: "step" | "epoch" | "samples" | "seconds";
  scale: "linear" | "log";
  turn: "here" | "start"; // what a slider means that is moved at mid-run
  at: string; // the lesson's scene
}

/** What a stage is handed: a scene, and in which language. */
interface StageData {
  kind: PageName;
  scene: Scene;
  lang: string;
  base: string; // the folder of the assets
  serial: string; // of this scene
  id?: string | null; // of the commit that this answers
  own?: boolean; // whether this is the scene of that very commit, with nobody else's change
}

type PageName = "surfaces" | "network" | "lesson";

/** What a stage hands back: a scene that was changed here, and the serial of the data that it was made from. */
interface Commit {
  id: string;
  after: string;
  scene: Scene;
}

/** What is around a stage: the app (Streamlit), the player, a file, a test. All that a stage knows of the page around it. */
interface Host {
  /** Whether the page is a file: there is no server, so no link for others, no script, no file of the scene. */
  offline: boolean;
  /** Takes what was changed here; the answer is data with the same id. */
  send(commit: Commit): void;
  /** Whether the server answers. */
  alive(): Promise<boolean>;
  /** Says when the server is lost or back; returns what ends that. */
  watch(changed: (connected: boolean) => void): () => void;
  /** The page, and the scene in its address; no fields: the default scene. */
  place(): { page: string; query: URLSearchParams };
  /** Where a page shows a scene, relative to the app's folder. */
  path(page: string, query: string): string;
  /** What scrolls the stage. */
  scroller(): Element | null;
  /** Gives the stage what room there is to be had. */
  makeRoom(): void;
  /** Puts an address into the browser's history. */
  enter(address: string): void;
  /** Opens a link of the app in this page. */
  visit(link: string): void;
}

/** Where a relief is drawn: see visibility.py. */
type ReliefExtent = Record<"x0" | "x1" | "y0" | "y1" | "low" | "high" | "log" | "floor" | "unit", number>;

/** A relief for Plotly: what of it is read or written here. */
interface Figure {
  data: [{ x?: number[]; y?: number[]; z?: ArrayLike<number>[]; contours: { z: Record<string, unknown> } }];
  layout: { meta: { extent: number[] }; scene: Record<"xaxis" | "yaxis" | "zaxis", { range?: number[] }> };
}

/** What parts show each other: each member is written by one of them only. A kind adds its own, see Kind.share. */
interface Shared {
  plot: Plot | null; // where the loss chart has its curves; by the chart
  relief: import("./race/relief_camera.js").ReliefCamera | null; // how the relief is seen, once there is one; by the map
  lit: import("./draw/parts.js").PartName | null; // the part of an update that is pointed at; by the step's instrument
  laid: (() => import("./instruments/outcome_plot.js").Layer[]) | null; // what is laid over the flat map, the lowest first; by the instrument of outcomes
  zoom: ((closer: number) => boolean) | null; // zooms the picture of outcomes if that is pointed at; by its instrument
  again: Instrument["again"] | null; // makes the instrument that is open once more, for a picture, if it can; by the instruments
}

/** What a kind of stage has a picture of outcomes of: which numbers of a lane may vary, how it is computed, what it means. */
interface OutcomeSource {
  threads: import("./model/pictures.js").Pictures<any>;
  /** The pairs that a lane has. */
  pairs(lane: LaneSpec): string[];
  /** The two rows of a pair. */
  rows(pair: string, lane: LaneSpec): ParameterRow[];
  size(pair: string, index: number): import("./model/pixels.js").Size;
  /** Has it computed; `moving`: another part of it may be wanted in a moment. */
  want(subject: Subject, moving: boolean): void;
  /** Nobody looks at it. */
  rest(): void;
  destroy(): void;
  /** What the lane has now along both axes. */
  valuesOf(subject: Subject): number[];
  /** Moves the lane, or the start, to values along both axes, as sliders do. */
  move(subject: Subject, values: number[], commit: boolean): void;
  /** All that the painting of a picture depends on. */
  toneOf(picture: Pixels): string;
  /** Paints what is known of a picture; the share of it that arrives. */
  paint(canvas: HTMLCanvasElement, picture: Pixels): number;
  /** Whether it is out of date. */
  fades(picture: Pixels): boolean;
  /** Where the best is that is known, as shares of what is seen. */
  best(subject: Subject): number[] | null;
  legend(): [colour: keyof typeof import("./instruments/outcome_plot.js").COLOURS.light, text: string][];
  /** What has become of the lane in a pixel, in words. */
  became(picture: Pixels, pixel: number): string;
  /** What the picture tells, in sentences; `share`: of it, that arrives, null as long as it isn't whole. */
  sums(subject: Subject, share: number | null): string[];
  /** How much is computed, 0 to 1, and whether it goes on, where that takes long; `turn` stops it, or has it go on. */
  progress?(): { share: number; running: boolean };
  turn?(): void;
}

type Subject = import("./instruments/outcome_axes.js").Subject;
type Pixels = import("./model/pixels.js").Pixels<any>;

/** What the parts of a training share. */
interface TrainShared extends Shared {
  trainer: import("./model/trainer.js").Trainer;
  stepTimes: import("./model/step_times.js").StepTimes;
  seeds: import("./network/seed_runs.js").SeedRuns;
  held: { index: number; name: HyperparameterName; step: number; from: Looks["turn"] } | null; // the hyperparameter held last
}

/** What the parts of the lesson share. */
interface LessonShared extends Shared {
  telling: import("./lesson/telling.js").Telling;
}

type AboutKey = Under<"stage.about"> extends infer Key ? (Key extends `${infer Name}.term` ? Name : never) : never;
type RaceView = View<RaceSpec, Race>;
type TrainView = View<TrainSpec, TrainRun, TrainShared>;
type LessonView = View<Spec, Run, LessonShared>;
type Plot = import("./draw/plot.js").Plot;
type Board = ReturnType<typeof import("./draw/canvas.js").createBoard>;
type Box = NonNullable<ReturnType<Board["box"]>>;

/**
 * What a part is given: the scene, its run, how it is looked at, and the few verbs that change them. A part keeps what is
 * its own to itself; what two parts share is a member here.
 */
interface View<S extends Spec = Spec, R extends Run = Run, O extends Shared = Shared> extends Readonly<Looks> {
  readonly kind: Kind<S, R, O>;
  readonly shared: O;
  readonly host: Host;
  readonly base: string; // the folder of the assets
  readonly api: string; // the folder of the server's addresses
  readonly root: HTMLElement; // the stage's own element, for what lies over all parts
  readonly spec: S;
  readonly run: R;
  readonly committed: S; // the spec before what is dragged now
  readonly tables: Tables;
  readonly kernels: Kernels;
  readonly words: Words;
  readonly lang: string;
  readonly theme: "light" | "dark";
  readonly colours: Colours;
  readonly clock: import("./model/clock.js").Clock;
  readonly step: number; // the playhead
  readonly commits: import("./stage/commit.js").Commits;
  readonly projector: { on: boolean; possible: boolean; bold: number; toggle(): void };
  readonly notice: { show(key: Under<"stage"> | "", yes: boolean, ...more: Node[]): void };
  readonly hovered: number; // the lane that is pointed at, -1: none
  readonly dragging: boolean;
  readonly reducedMotion: boolean; // no movement is wanted
  readonly veiled: boolean; // what is to come isn't shown before a question is answered
  readonly undoable: boolean;
  readonly gone: boolean;
  /** Changes the spec: `mutate` gets a copy. While something is dragged `commit` is false. */
  change(mutate: (spec: S) => void, how?: { commit?: boolean }): void;
  /** Moves a hyperparameter of a lane. Says whether that could be. */
  setHyper(lane: number, name: HyperparameterName, value: number, commit: boolean): boolean;
  /** Sets what is looked at. */
  set(values: Partial<Looks & { hovered: number; veiled: boolean }>, how?: { commit?: boolean }): void; // while it moves commit is false
  /** Takes back the last committed change. */
  undo(): void;
  /** Something but the playhead has changed: all parts are synchronised in the next frame. */
  refresh(): void;
  /** Only the playhead, or a camera, has moved. */
  redraw(): void;
  /** A new lane of an optimizer. */
  lane(optimizer: OptimizerName): LaneSpec;
  /** Shows a run as soon as there is something of it, or that there is more of it. */
  show(run: R): void;
  /** Runs a spec anew. */
  compute(spec: S): void;
  /** Fetches what a scene needs; rejects if it can't be had. */
  prepare(scene: Scene): Promise<unknown>;
  /** Takes over a scene that was prepared. */
  adopt(scene: Scene): void;
  /** Opens a link of a scene in this page; it is seen from its start, even if it is shown already. */
  visit(link: string): void;
  /** Opens the list of keys, or closes it. */
  help(): void;
}

/** Makes a part. (A method, so that a part for every kind of view does for one kind, too, and the other way round.) */
type PartMaker<S extends Spec = Spec, R extends Run = Run, O extends Shared = Shared> = { make(view: View<S, R, O>): Part }["make"];

/** A part that stands under the map while it is chosen: its element is a sheet; say() is asked after each frame. */
type Instrument = Part & {
  say(): string;
  /** Makes it once more, for a picture of the same scene: it shows what this one has computed, and computes nothing. */
  again?(view: View<any, any, any>): Instrument;
};
type InstrumentMaker<S extends Spec = Spec, R extends Run = Run, O extends Shared = Shared> = { make(view: View<S, R, O>): Instrument }["make"];

/** What a stage is about: races or trainings, either as they are or as the lesson tells them. */
interface Kind<S extends Spec = Spec, R extends Run = Run, O extends Shared = Shared> {
  name: "surfaces" | "network";
  /** Whether a scene is of this kind. */
  shows(scene: Scene): boolean;
  /** Makes what its parts share, once for a stage that becomes one of this kind; `leave` ends it. */
  share?(view: View<S, R, O>): Omit<O, keyof Shared>;
  lesson?: boolean;
  waits?: boolean; // nothing plays before a guess
  looks: (keyof Looks)[];
  parts: PartMaker<S, R, O>[];
  /** Its instruments besides the loss, which the part of instruments makes. */
  instruments: Partial<Record<Looks["panel"], InstrumentMaker<S, R, O>>>;
  /** What a thread may try while the page rests, see model/stand_by.js. */
  trial(view: View<S, R, O>): object | null;
  rate: number; // steps a second at speed 1
  speeds(view: View<S, R, O>): { speed: number; text: string }[];
  fingerprint(spec: S, all?: boolean): string;
  tidy(spec: S, tables: Tables): void;
  controls(view: View<S, R, O>): ParameterRow[];
  keys(view: View<S, R, O>): Record<string, () => void>;
  /** Fetches what a run needs besides the kernels. */
  ready(view: View<S, R, O>, spec: S): unknown;
  /** The run of a spec, or null if it is shown as soon as there is something of it. */
  run(view: View<S, R, O>, spec: S): R | null;
  /** Whether another scene begins anew instead of going on at the playhead. */
  moved(before: S, after: S): boolean;
  begin?(view: View<S, R, O>, spec: S): void;
  leave?(view: View<S, R, O>): void;
  defaults(view: View<S, R, O>): Partial<S>;
  lane(view: View<S, R, O>, optimizer: OptimizerName): LaneSpec;
  hyper(view: View<S, R, O>, lane: number, name: HyperparameterName): number;
  /** Sets a hyperparameter in a spec. Says whether that could be. */
  setHyper(spec: S, lane: number, name: HyperparameterName, value: number, view: View<S, R, O>): boolean;
  /** The row of a lane's own batch, as of a hyperparameter, where lanes have one. */
  batch?(view: View<S, R, O>): ParameterRow;
  /** A lane of a spec has begun anew: another optimizer, or its defaults. */
  cleared?(spec: S, lane: number): void;
  /** A lane was taken out of a spec. */
  removed?(spec: S, lane: number): void;
  /** What all lanes have in common, in words, and whether that is all. */
  fair?(view: View<S, R, O>): { same: boolean; text: string };
  /** The last step of a lane that is shown. */
  lastOf(view: View<S, R, O>, lane: number): number;
  /** What the words beside the lanes mean: keys of stage.about, and what their sentences speak of. */
  about(view: View<S, R, O>): [key: AboutKey, values: Record<string, string | number>][];
  /** How far a lane has walked up to a step, where it walks. */
  walked?(lane: R["lanes"][number], step: number): number;
  /** What was held is let go: the change is committed. */
  letGo?(view: View<S, R>): void;
  chart(view: View<S, R, O>): ChartModel;
  status(view: View<S, R, O>, lane: R["lanes"][number], t: number): Status;
  sentence(view: View<S, R, O>): string;
  /** What it is about, as files are called: "long_valley". */
  subject(view: View<S, R, O>): string;
  /** The same in words. */
  title(view: View<S, R, O>): string;
  /** What belongs to it besides the lanes, in words. */
  facts(view: View<S, R, O>): string[];
  /** How a picture of it is arranged, see tools/slide.js. */
  layout(view: View<S, R, O>): "map" | "curves" | "planes";
  /** The numbers of a run. */
  table(run: R, tables: Tables): NumbersOfRun;
}

/** A run as rows, one a lane and step; `count` is how many there are at most. */
interface NumbersOfRun {
  columns: string[];
  rows: Iterable<NumbersOfStep>;
  count: number;
}

type NumbersOfStep = [lane: number, step: number, values: (number | null)[]];

/** What the loss chart shows; draw/plot.js makes a Plot of it. */
interface ChartModel {
  losses: Float64Array[]; // of each lane, one a step
  steps: number;
  units: number[]; // how far each lane goes along the x axis with a step
  ends?: number[]; // the last step of each; all of them, if it is left out
  zero: number | null; // of a logarithmic axis: the minimum that is taken off; null: it is linear
  low: number;
  high: number;
  deeper?: boolean; // some losses lie below a logarithmic axis
  name: string;
  below?: string; // the name of the x axis
  cut: string; // what is said where curves run out of the chart
  whole: boolean; // the x axis has whole numbers
  under?(plot: Plot, shown: { index: number; alpha: number }[]): import("./draw/layers.js").Layer[]; // beneath the curves
  mark?(plot: Plot): import("./draw/layers.js").Layer; // on its axes
}

/** In a page that is one file: where it has what is asked for under an address, if it has it; see host/held.html. */
declare var held: ((address: string) => Promise<string> | undefined) | undefined;

interface LessonScene {
  kind: "surfaces" | "network";
  scene: Scene;
  query: string;
  chapter: string[]; // the update's lines as the chapter writes it
  pytorch: string[];
  question: "first" | "lowest" | "straightest"; // a rule of lesson/rules.js
  move: (string | number)[]; // what is to be tried, see lesson.py
  why: Looks["panel"] | ""; // the instrument that shows why it is so
  tried: Scene;
}
