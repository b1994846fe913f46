"""What becomes of a lane at many settings: races as `race` runs them, side by side, of which only the events are kept.

Each step of a race waits for the one before it. Those of other races don't, and so a processor that has some at hand computes
several at a time, and two with each instruction. The digits are the same.
"""

from collections import namedtuple
from types import FunctionType

import numpy as np

from speedup.decay import Decay, start, tick
from speedup.kernels.dispatch import dispatch
from speedup.kernels.native import entry, kernel
from speedup.numerics.elementary import sin_small, sincos_small
from speedup.numerics.rng import normal_pair
from speedup.optimizers import UPDATES
from speedup.race.race import EVENTS, GRADIENT_NOISE, MINIMA, is_beyond, is_near
from speedup.schema.parameters import SURFACE, Hyper, read_hyper
from speedup.schema.records import positions
from speedup.surfaces import SURFACES, surface

SIDE = 64  # races side by side: what they need fits into a processor's nearest memory
# Where the numbers of a race stand: each in a row of its own, which has a column for every race.
SETTINGS = f"{' '.join(Hyper._fields)} x y"
STATES = "state_x state_x2 state_x3 state_y state_y2 state_y3"
ROOM = positions("Room", f"{SETTINGS} z dx dy {STATES} decay decay2 decay3 decay4 decay5 decay6 {' '.join(EVENTS._fields)} pixel")
ROOMY = SIDE * len(ROOM)  # how many numbers `room` has
X, Y, Z, DX, DY = SIDE * ROOM.x, SIDE * ROOM.y, SIDE * ROOM.z, SIDE * ROOM.dx, SIDE * ROOM.dy
ARRIVED, LEFT, DIVERGED = SIDE * ROOM.arrived, SIDE * ROOM.left, SIDE * ROOM.diverged
ZERO, INSIDE, PIXEL = SIDE * ROOM.zero, SIDE * ROOM.inside, SIDE * ROOM.pixel
STATE_X, STATE_Y, DECAY = SIDE * ROOM.state_x, SIDE * ROOM.state_y, SIDE * ROOM.decay

Job = namedtuple("Job", "noise steps surface optimizer seed")  # what is the same for all


@kernel
def _read3(room, at):
    return room[at], room[at + SIDE], room[at + 2 * SIDE]


@kernel
def _keep3(room, at, values):
    room[at], room[at + SIDE], room[at + 2 * SIDE] = values


@kernel
def _read_decay(room, k):
    beta1, beta2, psi = _read3(room, DECAY + k)
    mu, next_mu, product = _read3(room, DECAY + 3 * SIDE + k)
    return Decay(beta1, beta2, psi, mu, next_mu, product)


@kernel
def _keep_decay(room, k, decay):
    _keep3(room, DECAY + k, (decay.beta1, decay.beta2, decay.psi))
    _keep3(room, DECAY + 3 * SIDE + k, (decay.mu, decay.next_mu, decay.product))


def _looker(surface):
    """Value and gradient of one surface where each race is: a loop without branches, so that LLVM makes SIMD of it.

    What lies too far out for a sine without branches is NaN, and done again by `_mend`.
    """
    python = surface.py_func
    quick = kernel(FunctionType(python.__code__, python.__globals__ | {"sin": sin_small, "sincos": sincos_small}))

    @kernel
    def look(room, count, a, b):
        for k in range(count):
            room[Z + k], room[DX + k], room[DY + k] = quick(room[X + k], room[Y + k], a, b)

    return look


def _stepper(update):
    """A step of each race by one optimizer."""

    @kernel
    def step(room, count):
        for k in range(count):
            hyper = read_hyper(room, k, SIDE)
            decay = tick(_read_decay(room, k), hyper)
            _keep_decay(room, k, decay)
            dx, dy = room[DX + k], room[DY + k]
            x, state_x = update(room[X + k], dx, _read3(room, STATE_X + k), decay, hyper)
            y, state_y = update(room[Y + k], dy, _read3(room, STATE_Y + k), decay, hyper)
            room[X + k], room[Y + k] = x, y
            _keep3(room, STATE_X + k, state_x)
            _keep3(room, STATE_Y + k, state_y)
            room[ZERO + k] = 1.0 if (dx == 0 and np.isnan(x)) or (dy == 0 and np.isnan(y)) else 0.0

    return step


look = dispatch([_looker(row.kernel) for row in SURFACES.values()])
step = dispatch([_stepper(one) for one in UPDATES])


@kernel
def _shake(room, count, noise_x, noise_y):
    for k in range(count):
        room[DX + k] += noise_x
        room[DY + k] += noise_y


@kernel
def _is_odd(room, k):
    """Tells whether a number of race k is not finite."""
    return not np.isfinite(room[X + k] + room[Y + k] + room[Z + k] + room[DX + k] + room[DY + k])


@kernel
def _mend(room, events, p, t, count, job):
    """Ends races that have diverged: the last takes the place of each. Returns how many are left."""
    odd = 0
    for k in range(count):
        odd += _is_odd(room, k)
    if odd == 0:
        return count
    k = 0
    while k < count:
        if _is_odd(room, k):
            x, y = room[X + k], room[Y + k]
            room[Z + k], room[DX + k], room[DY + k] = surface(job.surface, x, y, p[SURFACE.a], p[SURFACE.b])
            if not np.isfinite(x + y + room[Z + k]):
                room[DIVERGED + k] = t
                _tell(room, events, k)
                count -= 1
                for row in range(len(ROOM)):
                    room[SIDE * row + k] = room[SIDE * row + count]
                continue
        k += 1
    return count


@kernel
def _watch(room, p, t, count):
    """Notes what has happened by step t, by loops that become SIMD, too: what they need of p is read before."""
    minima, radius, escaped = int(p[SURFACE.minima]), p[SURFACE.radius], p[SURFACE.escaped]
    for k in range(count):
        room[INSIDE + k] = 1.0 if (minima == 0) & (room[Z + k] <= escaped) else 0.0
    for i in range(minima):
        at_x, at_y = p[MINIMA + 2 * i], p[MINIMA + 2 * i + 1]
        for k in range(count):
            room[INSIDE + k] = 1.0 if is_near(room[X + k], room[Y + k], at_x, at_y, radius) else room[INSIDE + k]
    x0, x1, y0, y1 = p[SURFACE.x0], p[SURFACE.x1], p[SURFACE.y0], p[SURFACE.y1]
    for k in range(count):
        arrived, left = room[ARRIVED + k], room[LEFT + k]
        room[ARRIVED + k] = t if (arrived < 0) & (room[INSIDE + k] > 0) else arrived
        room[LEFT + k] = t if (left < 0) & is_beyond(room[X + k], room[Y + k], x0, x1, y0, y1) else left


@kernel
def _tell(room, events, k):
    """Hands over the events of a race that has ended."""
    at = len(EVENTS) * int(room[PIXEL + k])
    for i in range(len(EVENTS)):
        events[at + i] = room[ARRIVED + SIDE * i + k]


@kernel
def _run(room, events, p, count, job):
    """Runs the races that stand at their start."""
    a, b = p[SURFACE.a], p[SURFACE.b]
    for t in range(job.steps + 1):
        look(job.surface, room, count, a, b)
        count = _mend(room, events, p, t, count, job)
        if count == 0:
            return
        _watch(room, p, t, count)
        if job.noise > 0:
            noise_x, noise_y = normal_pair(job.seed, GRADIENT_NOISE, t)
            _shake(room, count, job.noise * noise_x, job.noise * noise_y)
        step(job.optimizer, room, count)
    for k in range(count):
        _tell(room, events, k)


@entry(
    "events:f64* room:f64* settings:f64* first:f64* second:f64* one:i32 other:i32 p:f64* count:i32 "
    "noise:f64 steps:i32 surface_index:i32 optimizer:i32 seed:i32",
    early=False,
)
def outcomes(events, room, settings, first, second, one, other, p, count, noise, steps, surface_index, optimizer, seed):
    """Runs a lane at many settings: its events (count, as `race` has them) at each.

    settings: the lane's `hyper_record`, then the start's x and y; those numbered `one` and `other` take the values of first
    and second (count,) instead. p: the surface's record; room: ROOMY numbers that nobody reads.
    """
    job = Job(noise, steps, surface_index, optimizer, seed)
    for pixel in range(0, count, SIDE):
        here = min(SIDE, count - pixel)
        for k in range(here):
            for row in range(len(ROOM)):
                room[SIDE * row + k] = settings[row] if row <= ROOM.y else 0.0
            room[SIDE * one + k], room[SIDE * other + k] = first[pixel + k], second[pixel + k]
            room[PIXEL + k] = pixel + k
            room[ARRIVED + k] = room[LEFT + k] = room[DIVERGED + k] = -1.0
            _keep_decay(room, k, start(read_hyper(room, k, SIDE)))
        _run(room, events, p, here, job)
