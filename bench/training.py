"""Training natively: the tutorial's net against C, JAX and PyTorch, the playground's net, the chapter's experiment."""

import ctypes
import tempfile
from dataclasses import replace
from itertools import cycle

import numpy as np

from bench import cases
from bench.native import FRAMEWORKS, compiled, frameworks, interleaved
from bench.report import Missing
from speedup import train
from speedup.network.learning import learn
from speedup.scenes.query import default_training

FLAGS = ("-O3", "-ffast-math", "-march=native")
ROUNDS = 500  # calls of cases.TRAINING_STEPS steps
EXPERIMENTS, SEEDS, HUNDREDS = 100, 100, 5
TIMES = {"torch": 500, "jax": 3}  # how often ours is to be done while theirs is done once
SHUFFLED = {"torch": "DataLoader", "jax": "permutation each epoch"}  # how they come to batches of their own
PLAYGROUND = 1_000_000  # steps a second
FIGURE = "the tutorial's net, Adam, training steps/s"


def measure(report):
    """Adds all rows."""
    ours, losses = against_c(report)
    theirs = against_frameworks(report, ours, losses)
    (ns,) = interleaved([learn_call(cases.playground())[0]], cases.TRAINING_STEPS, ROUNDS)
    report.add(
        "the playground's net, SGD, training steps/s",
        per_second(ns),
        "its own nn.ts, published: 51,000",
        ns * 51_000 / 1e9,
        (f"{PLAYGROUND:,}", 1e9 / ns >= PLAYGROUND),
    )
    experiments(report, theirs.get("torch"))


def per_second(ns):
    """Steps a second as text, of nanoseconds per step."""
    return f"{1e9 / ns:,.0f}"


def learn_call(spec):
    """(a call that trains the first lane of a spec from its start, the losses that the first call fills in).

    Each call has its scratch at another place.
    """
    places = [cases.learn_arguments(spec, shift) for shift in cases.PLACES]
    start, turn = places[0][0].copy(), cycle(places)

    def call():
        arguments = next(turn)
        arguments[0][:] = start
        learn(*arguments)

    return call, places[0][4]


def against_c(report):
    """(our nanoseconds per step, losses) of the tutorial's net; adds the row, beside C's if there is a compiler."""
    call, losses = learn_call(cases.tutorial())
    call()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        try:
            calls = [call, c_call(compiled(folder, "network.c", *FLAGS), losses)]
        except Missing as what:
            report.note(str(what))
            calls = [call]
        ours, *c = interleaved(calls, cases.TRAINING_STEPS, ROUNDS)
    if c:
        report.add(
            FIGURE, per_second(ours), f"C {' '.join(FLAGS)}: {per_second(c[0])}", ours / c[0], ("at least as many", ours <= c[0])
        )
    else:
        report.add(FIGURE, per_second(ours))
    return ours, losses


def c_call(library, losses):
    """A call of C's `train` with what ours gets. Raises ArithmeticError if its losses are others."""
    spec, function = cases.tutorial(), library.train
    doubles, ints = (np.ctypeslib.ndpointer(kind, flags="C_CONTIGUOUS") for kind in (np.float64, np.int32))
    function.argtypes = [doubles] * 3 + [ints, ctypes.c_int] + [doubles] * 3 + [ints] + [ctypes.c_int] * 4
    function.restype = None
    start, found, values = cases.learn_arguments(spec)[0], np.empty(spec.steps), spec.lanes[0].hyperparameters
    h = np.array([values[name] for name in ("lr", "beta1", "beta2", "eps")])
    sizes, order = np.array(spec.net.sizes, np.int32), np.empty(spec.samples, np.int32)
    inputs, targets = cases.training_data(spec)
    size = 3 * len(start) + (sum(sizes) + 2 * max(sizes)) * spec.batch
    params, turn = start.copy(), cycle([cases.placed(size, shift) for shift in cases.PLACES])

    def call():
        params[:] = start
        function(
            params,
            found,
            h,
            sizes,
            len(sizes) - 1,
            inputs,
            targets,
            next(turn),
            order,
            len(targets),
            spec.batch,
            spec.steps,
            spec.seed,
        )

    call()
    check("bench/network.c", found, losses)
    return call


def check(name, found, losses):
    """Raises ArithmeticError unless these are our losses."""
    if not np.allclose(found, losses[: len(found)], rtol=1e-6):
        raise ArithmeticError(f"{name} does not have the losses that the kernel has")


def against_frameworks(report, ours, losses):
    """{"jax": nanoseconds per step, "torch": ...} on the same batches, of what there is; adds the rows."""
    spec, found = cases.tutorial(), {}
    inputs, targets = cases.training_data(spec)
    given = {
        "sizes": spec.net.sizes,
        "weights": cases.learn_arguments(spec)[0].tolist(),
        "inputs": inputs.tolist(),
        "targets": targets.tolist(),
        "order": train(spec).order.tolist(),
        "h": spec.lanes[0].hyperparameters,
    }
    for name, answer in frameworks("train", given).items():
        label, times, found[name] = FRAMEWORKS[name], TIMES[name], answer["given"]
        check(label, answer["losses"], losses)
        for how, ns in ((SHUFFLED[name], answer["shuffled"]), ("batches given", answer["given"])):
            report.add(
                FIGURE,
                per_second(ours),
                f"{label}, {how}: {per_second(ns)}",
                ours / ns,
                (f"{times} times as many", ours * times <= ns),
            )
    return found


def experiments(report, eager):
    """The chapter's experiment, once and on many seeds. eager: nanoseconds of PyTorch's step, if there is one."""
    spec = default_training()
    lanes, steps = len(spec.lanes), spec.steps
    (once,) = interleaved([lambda: train(spec)], 1e6, EXPERIMENTS)  # milliseconds
    said, ratio = "", None
    if eager:
        theirs = lanes * steps * eager / 1e6
        said, ratio = f"as many steps of PyTorch: {theirs:,.0f} ms", once / theirs
    report.add(f"the chapter's experiment, {lanes} lanes x {steps} steps", f"{once:.1f} ms", said, ratio, ("6 ms", once <= 6))
    seconds = many_seeds()
    said = f"{SEEDS} times the row above: {SEEDS * once / 1000:.2f} s"
    report.add(f"the same on {SEEDS} seeds", f"{seconds:.2f} s", said, 1000 * seconds / SEEDS / once, ("0.6 s", seconds <= 0.6))


def many_seeds():
    """Seconds that the chapter's experiment takes on SEEDS seeds."""
    specs = [replace(default_training(), seed=seed) for seed in range(SEEDS)]
    (ns,) = interleaved([lambda: [train(spec) for spec in specs]], 1, HUNDREDS)
    return ns / 1e9
