"""What is raced: Rosenbrock's function by the kernels alone, seven lanes on Beale's by the stage."""

import numpy as np

from speedup import OPTIMIZERS, SURFACES, Lane, RaceSpec
from speedup.race import Hyper
from speedup.spec import format_race
from speedup.tuning import best_lr

# Learning rates that still move after STEPS: nothing has become zero or denormal. So many steps that a call's
# own cost does not count (some 10 µs: ctypes checks its arrays), and the path still fits into a CPU's cache.
KERNELS = {"sgd": 1e-3, "momentum": 1e-4, "adam": 1e-3}
SURFACE, STEPS = "rosenbrock", 20_000

LANES = ("sgd", "momentum", "nesterov", "adagrad", "rmsprop", "adam", "adamw")
SCENE, SCENE_STEPS = "beale", 300


def hyperparameters(optimizer):
    """{name: value} of one of KERNELS."""
    return OPTIMIZERS[optimizer].defaults() | {"lr": KERNELS[optimizer]}


def arguments(optimizer):
    """The arguments of the entry `race`, beginning with its arrays: path (STEPS + 1, 3), events, h, p."""
    row, values = SURFACES[SURFACE], hyperparameters(optimizer)
    h = np.array([values.get(name, 0.0) for name in Hyper._fields])
    path, events, p = np.empty((STEPS + 1, 3)), np.empty(5), np.array(row.record({}))
    return path, events, h, p, *row.start, 0.0, STEPS, row.index, OPTIMIZERS[optimizer].index, 0


def scene(**lr):
    """The RaceSpec of the seven lanes; learning rates may be given by the lane's name."""
    lanes = tuple(Lane(name, {"lr": lr.get(name, best_lr(SCENE, name))}) for name in LANES)
    return RaceSpec(SCENE, steps=SCENE_STEPS, lanes=lanes)


def scene_query():
    """The query string that shows it."""
    return format_race(scene())
