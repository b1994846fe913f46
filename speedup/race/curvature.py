"""The curvature along a race's paths: exact Hessians, and the largest that each optimizer feels."""

from collections import namedtuple

import numpy as np

from speedup.decay import start, tick
from speedup.kernels.dispatch import dispatch
from speedup.kernels.native import entry, kernel
from speedup.numerics.curvature import largest
from speedup.numerics.derivative import derivative
from speedup.numerics.rng import normal_pair
from speedup.optimizers import DECOUPLED, OPTIMIZERS, UPDATES
from speedup.race.race import GRADIENT_NOISE, Race
from speedup.schema.parameters import SURFACE, hyper_record, read_hyper
from speedup.schema.records import positions
from speedup.surfaces import SURFACES

BEND = positions("Bend", "dx dy dxx dxy dyy")  # of the loss at a point: its gradient, and its second derivatives
Walk = namedtuple("Walk", "noise steps seed")  # what a kernel is told of a run

jets = dispatch([derivative(row.kernel) for row in SURFACES.values()])  # as `surface`, of jets: so it has the Hessian


@entry("bends:f64* path:f64* p:f64* steps:i32 surface_index:i32", early=False)
def bends(bends, path, p, steps, surface_index):
    """Computes bends (steps + 1, len(BEND)), of the surface without noise, at each point of a path (steps + 1, 3)."""
    for t in range(steps + 1):
        at = len(BEND) * t
        x, y = (path[3 * t], 1.0, 0.0), (path[3 * t + 1], 0.0, 1.0)
        _, of_dx, of_dy = jets(surface_index, x, y, (p[SURFACE.a], 0.0, 0.0), (p[SURFACE.b], 0.0, 0.0))
        bends[at + BEND.dx], bends[at + BEND.dy] = of_dx[0], of_dy[0]
        bends[at + BEND.dxx], bends[at + BEND.dxy], bends[at + BEND.dyy] = of_dx[1], of_dx[2], of_dy[2]


def _feeler(row):
    """What one optimizer feels. Its branch is taken once, not at each step."""
    update, scale, limit, decoupled = UPDATES[row.index], row.scale, row.limit, row.name in DECOUPLED

    @kernel
    def feel(values, path, bends, h, walk):
        hyper = read_hyper(h)
        decay = start(hyper)
        state_x = state_y = (0.0, 0.0, 0.0)
        decayed = 0.0 if decoupled else hyper.weight_decay
        for t in range(walk.steps + 1):
            at = len(BEND) * t
            xx, xy, yy = bends[at + BEND.dxx] + decayed, bends[at + BEND.dxy], bends[at + BEND.dyy] + decayed
            values[t] = largest(xx, xy, yy, scale(state_x, decay, hyper), scale(state_y, decay, hyper))
            dx, dy = bends[at + BEND.dx], bends[at + BEND.dy]
            if walk.noise > 0:
                nx, ny = normal_pair(walk.seed, GRADIENT_NOISE, t)
                dx, dy = dx + walk.noise * nx, dy + walk.noise * ny
            decay = tick(decay, hyper)
            state_x = update(path[3 * t], dx, state_x, decay, hyper)[1]
            state_y = update(path[3 * t + 1], dy, state_y, decay, hyper)[1]
        values[walk.steps + 1] = limit(hyper)

    return feel


feel = dispatch([_feeler(row) for row in OPTIMIZERS.values()])


@entry("values:f64* path:f64* bends:f64* h:f64* noise:f64 steps:i32 optimizer:i32 seed:i32", early=False)
def sharpness_along(values, path, bends, h, noise, steps, optimizer, seed):
    """Computes values (steps + 2,): at each point the largest eigenvalue of P⁻¹H, see `speedup.limits`; last, the limit.

    P is of the state before that point's step, the loss has its weight decay if that goes into the gradient. path and bends as in
    `bends`; h, noise, seed as in `race`. Where the path is NaN, so are they; where P is 0 or 0/0, they are infinite or NaN.
    """
    feel(optimizer, values, path, bends, h, Walk(noise, steps, seed))


def along(race: Race) -> tuple[np.ndarray, np.ndarray]:
    """Returns (values (lanes, steps + 1), limits (lanes,)) of a Race, as `sharpness_along` computes them."""
    spec = race.spec
    row = SURFACES[spec.surface]
    p, bent = np.array(row.record(spec.params)), np.empty((spec.steps + 1, len(BEND)))
    found = np.empty((len(spec.lanes), spec.steps + 2))
    for values, path, lane in zip(found, race.paths, spec.lanes, strict=True):
        bends(bent, path, p, spec.steps, row.index)
        h = np.array(hyper_record(lane.hyperparameters))
        sharpness_along(values, path, bent, h, spec.noise, spec.steps, OPTIMIZERS[lane.optimizer].index, spec.seed)
    return found[:, :-1].copy(), found[:, -1].copy()
