"""Builds the kernels' WebAssembly module: what Numba compiles for this machine, compiled for the browser.

`python -m speedup.kernels.wasm` writes `kernels.wasm` and `kernels.json` into `built`, to be committed.
`ensure` gives a server fresh ones without building as long as nobody has edited a kernel. Needs Numba and
llvmlite, nothing else: LLVM's object file for WebAssembly is a module that lacks only its exports.
"""

import hashlib
import json
import logging
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import llvmlite
import llvmlite.binding as llvm
import numba

from speedup.kernels import native
from speedup.kernels.wasm_object import WasmError, with_exports

log = logging.getLogger(__name__)
COMMITTED = native.PACKAGE / "kernels" / "built"
MODULE, MANIFEST = "kernels.wasm", "kernels.json"
TRIPLE = "wasm32-unknown-unknown"
FEATURES = "+simd128,+bulk-memory"
STACK = 1 << 16  # bytes at the bottom of memory for what doesn't fit into registers; the heap lies above

# Numba's IR free of this machine: no CPU's intrinsics, no vector widths, not yet optimized. The fixed hash
# seed and the missing cache make a build depend on nothing but the sources and the compiler.
ENVIRONMENT = {"NUMBA_CPU_NAME": "generic", "NUMBA_CPU_FEATURES": "", "NUMBA_OPT": "0", "PYTHONHASHSEED": "0"}

# What C's library and WebAssembly's instructions both round correctly, so that both targets agree.
INSTRUCTIONS = "sqrt", "floor", "ceil", "trunc", "fabs", "copysign"

# LLVM recognises the upper half of a 64 by 64 bit product, put together from 32 bit halves, and makes it an
# instruction that WebAssembly lacks: it calls this function of the compiler's run-time library instead.
# out (128 bits) = (a + 2^64 ah) (b + 2^64 bh), modulo 2^128.
MULTI3 = """
define void @__multi3(ptr %out, i64 %a, i64 %ah, i64 %b, i64 %bh) {
  %a0 = and i64 %a, 4294967295
  %a1 = lshr i64 %a, 32
  %b0 = and i64 %b, 4294967295
  %b1 = lshr i64 %b, 32
  %p00 = mul i64 %a0, %b0
  %p01 = mul i64 %a0, %b1
  %p10 = mul i64 %a1, %b0
  %p11 = mul i64 %a1, %b1
  %carry = lshr i64 %p00, 32
  %middle = add i64 %p01, %carry
  %middle0 = and i64 %middle, 4294967295
  %middle1 = lshr i64 %middle, 32
  %second = add i64 %p10, %middle0
  %second1 = lshr i64 %second, 32
  %top = add i64 %p11, %middle1
  %upper = add i64 %top, %second1
  %cross = mul i64 %a, %bh
  %cross2 = mul i64 %ah, %b
  %sum = add i64 %upper, %cross
  %high = add i64 %sum, %cross2
  %low = mul i64 %a, %b
  store i64 %low, ptr %out
  %next = getelementptr i64, ptr %out, i32 1
  store i64 %high, ptr %next
  ret void
}
"""


def versions() -> dict[str, str]:
    """Returns what else the bytes of a module depend on, beside the sources."""
    python = "{}.{}".format(*sys.version_info[:2])
    return {"python": python, "numba": numba.__version__, "llvmlite": llvmlite.__version__}


def ensure(say: Callable[[str], None] = log.warning) -> Path:
    """Returns the folder with a `kernels.wasm` and `kernels.json` that match the kernels' sources.

    That is the committed one unless somebody has edited a kernel; then it is built into the cache folder,
    once, which `say` is told. Raises WasmError if the edited kernels can't be built.
    """
    cached = native.cache_folder() / "browser"
    for folder in COMMITTED, cached:
        if is_fresh(folder):
            return folder
    say("the kernels have changed since kernels.wasm was built: building it (make wasm does so for good)")
    return build(cached)


def is_fresh(folder: Path) -> bool:
    """Tells whether the folder holds a module made from the present sources."""
    try:
        manifest = json.loads((folder / MANIFEST).read_text("utf-8"))
        module = (folder / MODULE).read_bytes()
        return manifest["sources"] == native.sources_hash() and manifest["sha256"] == _sha256(module)
    except (OSError, ValueError, KeyError, TypeError):
        return False


def build(folder: Path) -> Path:
    """Builds module and manifest into `folder`, in a process of its own: Numba reads its settings once."""
    folder.mkdir(exist_ok=True)
    environment = {name: value for name, value in native.child_environment().items() if not name.startswith("NUMBA_")}
    with tempfile.TemporaryDirectory(prefix="speedup-") as scratch:
        code = "import sys; from speedup.kernels import wasm; wasm.build_here(sys.argv[1])"
        done = subprocess.run(
            [sys.executable, "-c", code, scratch],
            env=environment | ENVIRONMENT,
            cwd=scratch,
            text=True,
            capture_output=True,
        )
        if done.returncode:
            raise WasmError(done.stderr.strip().removeprefix("WasmError: "))
        for name in MODULE, MANIFEST:  # the manifest last: its checksum vouches for the module
            new = folder / f"{name}.{os.getpid()}"  # replaced in one go: another server may be reading
            new.write_bytes(Path(scratch, name).read_bytes())
            os.replace(new, folder / name)
    return folder


def build_here(folder: Path) -> None:
    """Builds into `folder` in this process, which must have been started with `ENVIRONMENT`."""
    entries = dict(sorted(native.load_entries().items()))  # whatever was imported first
    try:
        module = with_exports(emit(entries), set(entries))
    except WasmError as error:
        sys.exit(f"WasmError: {error}")
    manifest = {
        "entries": {name: [list(pair) for pair in one.arguments] for name, one in entries.items()},
        "memory": {"stack": STACK, "heap": STACK},
        "sources": native.sources_hash(),
        "sha256": _sha256(module),
        "versions": versions(),
    }
    Path(folder, MODULE).write_bytes(module)
    Path(folder, MANIFEST).write_text(json.dumps(manifest, indent=1) + "\n", "utf-8", newline="\n")


def emit(entries: dict[str, native.Entry]) -> bytes:
    """Returns LLVM's WebAssembly object file with all entries, optimized, each called by its plain name."""
    llvm.initialize_all_targets()
    llvm.initialize_all_asmprinters()
    llvm.set_option("", "-switch-to-lookup=false")  # a chain of ifs over constants becomes no table in memory
    context = llvm.create_context()
    linked = llvm.parse_assembly("", context)
    for one in entries.values():
        linked.link_in(llvm.parse_assembly(_portable_ir(one), context))
    # Whatever is not an entry is internal, so that LLVM may inline it and drop what is not needed.
    text = re.sub(r"^define linkonce_odr", "define internal", str(linked), flags=re.M)
    text = re.sub(r"^(@\S+ =) (?:common|linkonce|linkonce_odr) ", r"\1 internal ", text, flags=re.M)
    module = llvm.parse_assembly(text, context)
    # Not "jitdefault": that one appends "-elf" to the triple on Windows.
    target = llvm.Target.from_triple(TRIPLE)
    machine = target.create_target_machine(opt=3, features=FEATURES, codemodel="default")
    module.triple, module.data_layout = TRIPLE, str(machine.target_data)
    builder = llvm.create_pass_builder(machine, llvm.create_pipeline_tuning_options(speed_level=3))
    builder.getModulePassManager().run(module, builder)
    unresolved = [f.name for f in module.functions if f.is_declaration and not f.name.startswith("llvm.")]
    if unresolved:
        raise WasmError(f"the kernels call what the browser does not have: {', '.join(unresolved)}")
    data = {variable.name for variable in module.global_variables}
    if data:
        raised = any(name.startswith(".const.pickle") for name in data)  # Numba's exceptions are pickles
        named = ", ".join(sorted(data))
        raise WasmError(f"the kernels {'raise an exception' if raised else 'need data in memory'}: {named}")
    if re.search(r"\bi128 ", str(module)):
        module.link_in(llvm.parse_assembly(MULTI3, context))  # only now, or LLVM would recognise it too
    return machine.emit_object(module)


def _portable_ir(one):
    """An entry's IR without what is for this machine, the entry under its plain name. It is never compiled for this machine."""
    part = native.kernel(one.function)
    part.compile(one.signature)
    (compiled,) = part.overloads.values()
    name = re.escape(compiled.fndesc.llvm_func_name)
    text = str(compiled.library._get_module_for_linking())
    text = re.sub(r"^target .*\n", "", text, flags=re.M)
    text = re.sub(r'"target-(?:cpu|features)"="[^"]*"', "", text)
    text = re.sub(rf"^define linkonce_odr (?=.*@{name}\()", "define ", text, flags=re.M)
    text = re.sub(rf"@{name}(?=\()", f"@{one.name}", text)
    return re.sub(rf"@({'|'.join(INSTRUCTIONS)})\(", r"@llvm.\1.f64(", text)


def _sha256(data):
    return hashlib.sha256(data).hexdigest()


if __name__ == "__main__":
    print(f"built {build(COMMITTED) / MODULE}: {(COMMITTED / MODULE).stat().st_size} bytes")
