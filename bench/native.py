"""Nanoseconds per step of the kernels as the server runs them, the loss recorded: against C, JAX, PyTorch."""

import ctypes
import functools
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median
from time import perf_counter_ns

import numpy as np

from bench import cases
from bench.report import Missing
from speedup import SURFACES
from speedup.race.race import race

HERE = Path(__file__).resolve().parent
ROUNDS = 1000
SLACK = 1.25  # times C's
C_HYPERPARAMETERS = ("lr", "momentum", "beta1", "beta2", "eps")
FRAMEWORKS = {"jax": "JAX scan + optax", "torch": "PyTorch eager"}


def measure(report):
    """Adds a row per kernel and baseline."""
    ours = against_c(report)
    theirs = race_frameworks()
    for framework, label in FRAMEWORKS.items():
        if framework not in theirs:
            report.note(f"{label}: {interpreter()} does not have it (BENCH_PYTHON names another).")
        for name, ns in theirs.get(framework, {}).items():
            report.add(
                title(name), f"{ours[name]:.1f} ns", f"{label}: {ns:,.0f} ns", ours[name] / ns, ("faster", ours[name] < ns)
            )


def title(name):
    """The figure's name."""
    return f"{name}, ns per step, loss recorded"


def against_c(report):
    """Our nanoseconds {optimizer: ns}; adds a row each, beside C's if there is a compiler."""
    ours = {}
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        try:
            library = compiled(folder, "race.c", "-O3")
        except Missing as what:
            report.note(str(what))
            library = None
        for name in cases.KERNELS:
            calls = [functools.partial(race, *cases.arguments(name))]
            calls += [c_call(library, name)] if library else []
            ours[name], *c = interleaved(calls, cases.STEPS)
            if c:
                report.add(
                    title(name),
                    f"{ours[name]:.1f} ns",
                    f"C -O3: {c[0]:.1f} ns",
                    ours[name] / c[0],
                    (f"at most {SLACK}", ours[name] <= SLACK * c[0]),
                )
            else:
                report.add(title(name), f"{ours[name]:.1f} ns")
    return ours


def interleaved(calls, steps, rounds=ROUNDS):
    """The median nanoseconds per step of each of `calls`, which take turns; each goes `steps` steps."""
    times = [[] for _ in calls]
    for _ in range(rounds + 1):  # the first round warms them up
        for call, took in zip(calls, times):
            begin = perf_counter_ns()
            call()
            took.append((perf_counter_ns() - begin) / steps)
    return [median(took[1:]) for took in times]


def compiled(folder, source, *flags):
    """A file of C as a library."""
    cc = shutil.which(os.environ.get("CC", "cc"))
    if not cc:
        raise Missing("C: there is no C compiler (cc).")
    library = Path(folder, source).with_suffix(".so")
    command = [cc, *flags, "-shared", "-fPIC", "-o", library, HERE / source, "-lm"]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        raise Missing(f"C: {cc} could not compile bench/{source}: {done.stderr.strip()[:200]}")
    return ctypes.CDLL(str(library))


def c_call(library, name):
    """A call of C's race with what ours gets. Raises ArithmeticError if its path is another one."""
    function, array = getattr(library, name), np.ctypeslib.ndpointer(np.float64, flags="C_CONTIGUOUS")
    function.argtypes = [array, array, ctypes.c_double, ctypes.c_double, ctypes.c_int]
    function.restype = None
    values = cases.hyperparameters(name)
    h = np.array([values.get(key, 0.0) for key in C_HYPERPARAMETERS])
    path, start = np.empty((cases.STEPS + 1, 3)), SURFACES[cases.SURFACE].start
    arguments = cases.arguments(name)
    race(*arguments)
    function(path, h, *start, cases.STEPS)
    if not np.allclose(path, arguments[0], rtol=1e-6):
        raise ArithmeticError(f"{name} in bench/race.c runs another path than the kernel")
    return lambda: function(path, h, *start, cases.STEPS)


def interpreter():
    """The Python that is asked for JAX and PyTorch."""
    return os.environ.get("BENCH_PYTHON") or sys.executable


def race_frameworks():
    """{"jax": {optimizer: ns}, "torch": {...}}, of what the interpreter has."""
    optimizers = {name: cases.hyperparameters(name) for name in cases.KERNELS}
    start = SURFACES[cases.SURFACE].start
    return frameworks("race", {"start": start, "steps": cases.STEPS, "optimizers": optimizers})


def frameworks(job, given):
    """{"jax": what frameworks.py finds in a job of its, "torch": ...}, of what the interpreter has."""
    command = [interpreter(), str(HERE / "frameworks.py"), job]
    try:
        done = subprocess.run(command, input=json.dumps(given), capture_output=True, text=True, timeout=120)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise Missing(f"JAX, PyTorch: {error}") from None
    if done.returncode:
        raise Missing(f"JAX, PyTorch: {done.stderr.strip()[-300:]}")
    return json.loads(done.stdout)
