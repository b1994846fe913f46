"""What is raced: Rosenbrock's function by the kernels alone, seven lanes on Beale's by the stage. What is trained."""

import numpy as np

from speedup import OPTIMIZERS, SURFACES, Lane, RaceSpec, datasets
from speedup.decay import Decay
from speedup.network import learner, training
from speedup.network.learning import Job
from speedup.race.tuning import best_lr
from speedup.scenes import network_scene
from speedup.scenes.query import default_training, format_race, train_lane
from speedup.schema.parameters import hyper_record

# Learning rates that still move after STEPS: nothing has become zero or denormal. So many steps that a call's
# own cost does not count (some 10 µs: ctypes checks its arrays), and the path still fits into a CPU's cache.
KERNELS = {"sgd": 1e-3, "momentum": 1e-4, "adam": 1e-3}
SURFACE, STEPS = "rosenbrock", 20_000

LANES = ("sgd", "momentum", "nesterov", "adagrad", "rmsprop", "adam", "adamw")
SCENE, SCENE_STEPS = "beale", 300

TRAINING_STEPS = 2000
PLACES = (0, 2, 4, 6)  # where scratch may come to lie: that alone makes a step up to 15 % slower
NEVER = 2**31 - 1  # a step at which the loss over all samples would be measured
SPIRALS = network_scene.SCENES["spirals"]


def hyperparameters(optimizer):
    """{name: value} of one of KERNELS."""
    return OPTIMIZERS[optimizer].defaults() | {"lr": KERNELS[optimizer]}


def arguments(optimizer):
    """The arguments of the entry `race`, beginning with its arrays: path (STEPS + 1, 3), events, h, p."""
    row, values = SURFACES[SURFACE], hyperparameters(optimizer)
    h = np.array(hyper_record(values))
    path, events, p = np.empty((STEPS + 1, 3)), np.empty(5), np.array(row.record({}))
    return path, events, h, p, *row.start, 0.0, STEPS, row.index, OPTIMIZERS[optimizer].index, 0


def scene(**lr):
    """The RaceSpec of the seven lanes; learning rates may be given by the lane's name."""
    lanes = tuple(Lane(name, {"lr": lr.get(name, best_lr(SCENE, name))}) for name in LANES)
    return RaceSpec(SCENE, steps=SCENE_STEPS, lanes=lanes)


def scene_query():
    """The query string that shows it."""
    return format_race(scene())


def tutorial():
    """The tutorial's net (1-20-1, ReLU, batches of 32 out of 1000 samples) under Adam alone, a TrainSpec."""
    return default_training(steps=TRAINING_STEPS, lanes=(train_lane("adam"),))


def playground():
    """The net that TensorFlow's Playground opens with (2-4-2-1, tanh, batches of 10) under SGD at its rate."""
    return default_training(
        dataset="circle",
        samples=500,
        noise=0.0,
        test=0.5,
        hidden=(4, 2),
        activation="tanh",
        batch=10,
        steps=TRAINING_STEPS,
        lanes=(Lane("sgd", {"lr": 0.03}),),
    )


def training_data(spec):
    """(inputs, targets) of a TrainSpec as kernels take them: the samples held out come last."""
    inputs, targets, is_test = datasets.make(spec.dataset, spec.samples, spec.noise, spec.test, spec.seed)
    order = np.argsort(is_test, kind="stable")
    return inputs[order], targets[order]


def placed(n, shift):
    """float64 (n,), `shift` numbers after the beginning of a cache line."""
    room = np.empty(n + 16)
    first = -(room.ctypes.data // room.itemsize) % 8 + shift
    return room[first : first + n]


def learn_arguments(spec, shift=0):
    """The arguments of the entry `learn` for all steps of a TrainSpec's first lane; params first, loss fifth.

    shift: where its scratch lies, see `placed`.
    """
    lane, net, train = spec.lanes[0], spec.net, spec.train_samples
    params, steps = training.initial(spec), spec.steps
    state, decay, order = np.empty(3 * len(params)), np.empty(len(Decay._fields)), np.empty(train + 1)
    scratch = [placed(n, shift) for n in (net.act, net.delta, len(params))]
    ((_, h),) = learner.pieces(spec, 0)
    job = Job(train, spec.samples - train, spec.batch_of(lane), 0, steps, NEVER, OPTIMIZERS[lane.optimizer].index, spec.seed)
    return (
        params,
        state,
        decay,
        order,
        np.empty(steps),
        np.empty(4),
        h,
        np.array(net.record()),
        *training_data(spec),
        np.array(job, float),
        *scratch,
    )
