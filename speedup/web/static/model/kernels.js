// The kernels: the functions that Python runs natively, compiled to WebAssembly. Nothing is computed twice here:
// this module lays arguments into memory, calls, and reads the results.

import { ask, once } from "../base/load.js";
import { eventsOf, raceArguments } from "./race_spec.js";

const BYTES = 8; // of a float64; everything in memory begins at a multiple of them

/**
 * @typedef {{length: number}} Scratch  room in memory
 * @typedef {number | Numbers | Scratch} Argument  of an entry
 * @typedef {{tables: Tables, module: WebAssembly.Module}} Compiled  what another thread makes kernels of its own from
 * @typedef {Record<string, (...args: number[]) => number>} Entries
 */

/**
 * Gives room for n numbers that nobody reads.
 *
 * @param {number} length
 * @returns {Scratch}
 */
export const scratch = (length) => ({ length });

/**
 * Loads the module, once: a browser has room for about a hundred memories, and is late to give up those of stages that are
 * gone. Rejects with an error named "OldBrowser" where it can't be compiled: it uses SIMD.
 *
 * @param {string} base  the folder of the assets
 * @param {Tables | Promise<Tables>} tables
 */
export const loadKernels = (base, tables) =>
  once(`${base}kernels.wasm`, async (address) => {
    const [bytes, known] = await Promise.all([ask(address).then((response) => response.arrayBuffer()), tables]);
    if (typeof WebAssembly !== "object" || !WebAssembly.validate(bytes)) {
      throw Object.assign(new Error("no WebAssembly SIMD"), { name: "OldBrowser" });
    }
    return instantiate({ tables: known, module: await WebAssembly.compile(bytes) });
  });

/**
 * Makes kernels with a memory of their own.
 *
 * @param {Compiled} compiled
 */
export async function instantiate(compiled) {
  const memory = new WebAssembly.Memory({ initial: 16 });
  const stack = new WebAssembly.Global({ value: "i32", mutable: true }, compiled.tables.memory.stack);
  const imports = { env: { __linear_memory: memory, __stack_pointer: stack } };
  const { exports } = await WebAssembly.instantiate(compiled.module, imports);
  return new Kernels(compiled, memory, /** @type {Entries} */ (exports));
}

export class Kernels {
  /**
   * @param {Compiled} compiled
   * @param {WebAssembly.Memory} memory
   * @param {Entries} entries
   */
  constructor(compiled, memory, entries) {
    this.compiled = compiled;
    this.tables = compiled.tables;
    this.memory = memory;
    this.entries = entries;
  }

  /**
   * Calls an entry. Typed arrays are copied into memory before and, those named in `results`, back after the call.
   *
   * @param {string} name
   * @param {Argument[]} args
   * @param {number[]} results  places of typed arrays among the arguments
   */
  call(name, args, results) {
    const { arrays, enter } = this.lay(name, args);
    enter();
    for (const i of results) arrays[i]?.arg.set(arrays[i].held);
  }

  /**
   * Lays an entry's arguments into memory: {numbers (as it takes them), arrays (where those of `args` lie), enter() (calls it)}.
   * They stay until others are laid.
   *
   * @param {string} name
   * @param {Argument[]} args
   */
  lay(name, args) {
    const { heap } = this.tables.memory;
    let top = heap + 2 * BYTES; // Numba's return value and exception, which every entry takes first
    const numbers = args.map((arg) => (typeof arg === "number" ? arg : (top += room(arg)) - room(arg)));
    const missing = top - this.memory.buffer.byteLength;
    if (missing > 0) this.memory.grow(Math.ceil(missing / 65536));
    const arrays = args.map((arg, i) => (isNumbers(arg) ? { arg, held: this.view(numbers[i], arg) } : null));
    for (const array of arrays) array?.held.set(array.arg);
    return { numbers, arrays, enter: () => this.entries[name](heap, heap + BYTES, ...numbers) };
  }

  /**
   * Gives memory as a typed array like `arg`.
   *
   * @param {number} address
   * @param {Numbers} arg
   * @returns {Numbers}
   */
  view(address, arg) {
    const Kind = /** @type {new (buffer: ArrayBufferLike, at: number, length: number) => Numbers} */ (arg.constructor);
    return new Kind(this.memory.buffer, address, arg.length);
  }

  /**
   * Gives the surface as the kernels read it, see Surface.record in Python.
   *
   * @param {SurfaceName} surface
   * @param {Record<string, number>} params
   */
  record(surface, params) {
    const row = this.tables.surfaces[surface];
    const [a = 0, b = 0] = row.parameters.map(({ name }) => params[name]);
    return Float64Array.of(a, b, ...row.record);
  }

  /**
   * Runs a spec's race, every lane of it.
   *
   * @param {RaceSpec} spec
   * @returns {Race}
   */
  race(spec) {
    const lanes = spec.lanes.map((lane) => {
      const path = new Float64Array(3 * (spec.steps + 1));
      const events = this.run(spec, lane, path);
      const loss = Float64Array.from({ length: spec.steps + 1 }, (_, step) => path[3 * step + 2]);
      return { optimizer: lane.optimizer, path, loss, ...events };
    });
    return { spec, lanes };
  }

  /**
   * Runs one lane over a spec's surface, from its start.
   *
   * @param {RaceSpec} spec
   * @param {LaneSpec} lane
   * @param {Float64Array} path  x, y and loss of every step are written here
   */
  run(spec, lane, path) {
    const events = new Float64Array(this.tables.records.events.length);
    this.call("race", raceArguments(this, spec, lane, path, events), [0, 1]);
    return eventsOf(this.tables, events);
  }

  /**
   * Gives the loss at points (x, y, x, y, …).
   *
   * @param {SurfaceName} surface
   * @param {Record<string, number>} params
   * @param {Float64Array} points
   */
  values(surface, params, points) {
    const out = new Float64Array(points.length / 2);
    this.terrain("values", out, points, out.length, surface, params);
    return out;
  }

  /**
   * Gives the heights at which losses are drawn in an extent, see visibility.py.
   *
   * @param {Float64Array} z
   * @param {Float64Array} extent
   */
  heights(z, extent) {
    const out = new Float64Array(z.length);
    this.call("heights", [out, z, z.length, extent], [0]);
    return out;
  }

  /**
   * Gives 1 for each of the points (x, y, height, …) that the surface hides from the eye, else 0.
   *
   * @param {SurfaceName} surface
   * @param {Record<string, number>} params
   * @param {Float64Array} points
   * @param {Float64Array} extent
   * @param {Float64Array} eye
   */
  hidden(surface, params, points, extent, eye) {
    const out = new Float64Array(points.length / 3);
    this.terrain("hidden", out, points, out.length, surface, params, extent, eye);
    return out;
  }

  /**
   * Finds where the rays from the eye through the points first meet the surface (x, y, height, …), NaN if nowhere.
   *
   * @param {SurfaceName} surface
   * @param {Record<string, number>} params
   * @param {Float64Array} points
   * @param {Float64Array} extent
   * @param {Float64Array} eye
   */
  hits(surface, params, points, extent, eye) {
    const out = new Float64Array(points.length);
    this.terrain("hits", out, points, points.length / 3, surface, params, extent, eye);
    return out;
  }

  /**
   * Draws rows of a surface's map into `out` (red, green, blue, opacity of each pixel), see shading.py.
   *
   * @param {Numbers} out
   * @param {[columns: number, rows: number]} size
   * @param {{surface: SurfaceName, params: Record<string, number>, grid: Float64Array, levels: Float64Array, palette: Numbers}} map
   */
  shade(out, [columns, rows], { surface, params, grid, levels, palette }) {
    const { index } = this.tables.surfaces[surface];
    const drawn = [grid, levels, levels.length, palette];
    this.call("shade", [out, columns, rows, index, this.record(surface, params), ...drawn], [0]);
  }

  /**
   * @param {string} name
   * @param {Float64Array} out
   * @param {Float64Array} points
   * @param {number} n
   * @param {SurfaceName} surface
   * @param {Record<string, number>} params
   * @param {...Float64Array} rest
   */
  terrain(name, out, points, n, surface, params, ...rest) {
    const { index } = this.tables.surfaces[surface];
    this.call(name, [out, points, n, index, this.record(surface, params), ...rest], [0]);
  }
}

/**
 * @param {Argument} arg
 * @returns {arg is Numbers}
 */
const isNumbers = (arg) => ArrayBuffer.isView(arg);

/**
 * Gives the bytes that an array takes in memory.
 *
 * @param {Numbers | Scratch} arg
 */
const room = (arg) => Math.ceil((isNumbers(arg) ? arg.byteLength : BYTES * arg.length) / BYTES) * BYTES;
