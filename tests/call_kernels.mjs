// node call_kernels.mjs FOLDER: calls entries of FOLDER/kernels.wasm. stdin is JSON, [[name, argument, ...]],
// an argument a number or an array of what its entry takes; stdout is JSON, for each call its arrays after it, in base64,
// and the nanoseconds it took. One memory, one instance, no import beside those the manifest speaks of.
import { readFileSync } from "node:fs";

const folder = process.argv[2];
const KINDS = { "f64*": Float64Array, "u8*": Uint8Array };
const { memory: layout, entries } = JSON.parse(readFileSync(`${folder}/kernels.json`, "utf-8"));
const memory = new WebAssembly.Memory({ initial: 64 });
const stack = new WebAssembly.Global({ value: "i32", mutable: true }, layout.stack);
const module = new WebAssembly.Module(readFileSync(`${folder}/kernels.wasm`));
const env = { __linear_memory: memory, __stack_pointer: stack };
const { exports } = new WebAssembly.Instance(module, { env });

const answers = JSON.parse(readFileSync(0, "utf-8")).map(([name, ...args]) => {
  let top = layout.heap + 16; // after Numba's return value and exception
  const addresses = args.map((arg, i) => {
    if (!Array.isArray(arg)) return arg;
    const address = top;
    const Kind = KINDS[entries[name][i][1]];
    top += 8 * Math.ceil((arg.length * Kind.BYTES_PER_ELEMENT) / 8);
    new Kind(memory.buffer, address, arg.length).set(arg);
    return address;
  });
  const begin = process.hrtime.bigint();
  const status = exports[name](layout.heap, layout.heap + 8, ...addresses);
  const took = Number(process.hrtime.bigint() - begin);
  if (status !== 0) throw new Error(`${name} returned ${status}`);
  if (stack.value !== layout.stack) throw new Error(`${name} left the stack at ${stack.value}`);
  const arrays = args.flatMap((arg, i) =>
    Array.isArray(arg)
      ? [Buffer.from(memory.buffer, addresses[i], KINDS[entries[name][i][1]].BYTES_PER_ELEMENT * arg.length).toString("base64")]
      : [],
  );
  return { arrays, took };
});
process.stdout.write(JSON.stringify(answers));
