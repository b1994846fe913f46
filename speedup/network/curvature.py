"""The curvature of the training loss along a training, as each optimizer feels it."""

import numpy as np

from speedup.decay import start
from speedup.network.hessian import hessian_product, preconditioner
from speedup.network.lanczos import largest
from speedup.network.learner import Learner
from speedup.network.training import TrainSpec, every_of, initial
from speedup.optimizers import DECOUPLED, OPTIMIZERS
from speedup.schema.parameters import Hyper
from speedup.schema.validation import SpecError

MOST_WORK = 2e8  # lanes x frames x samples x parameters: up to some minutes


def along(spec: TrainSpec) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Returns (values, lr, limits), each (lanes, frames), of a training, frames being those of `Training.frames`.

    Raises SpecError, before any work, if it would be too much.
    """
    frames = np.append(np.arange(0, spec.steps, every_of(spec)), spec.steps)
    work = len(spec.lanes) * len(frames) * spec.train_samples * spec.net.parameters
    if work > MOST_WORK:
        raise SpecError("work", f"{work:.3g} (lanes x frames x samples x parameters)", f"at most {MOST_WORK:g}")
    data = spec.data()
    weights, unread = initial(spec), (np.empty(spec.steps), np.empty((1, 0)), spec.steps + 1)
    found = np.empty((3, len(spec.lanes), len(frames)))
    for i, lane in enumerate(spec.lanes):
        row, learner = OPTIMIZERS[lane.optimizer], Learner(spec, i, data, weights.copy())
        for k, frame in enumerate(frames):
            learner.advance(frame, *unread)
            h = Hyper(*map(float, learner.hyper()))
            if frame == 0:
                learner.state[:], learner.decay[:] = 0.0, start(h)
            decayed = 0.0 if row.name in DECOUPLED else h.weight_decay
            found[:, i, k] = felt(learner, row.index, decayed), h.lr, row.limit(h)
    return found[0], found[1], found[2]


def felt(learner: Learner, optimizer: int, decayed: float) -> float:
    """Returns the largest eigenvalue of P⁻¹H of a lane as it stands, `decayed` on H's diagonal; NaN where it isn't finite.

    P⁻¹H has the eigenvalues of P^(-½) H P^(-½), which is symmetric.
    """
    n, net, samples = len(learner.params), learner.spec.net, learner.spec.train_samples
    scale, out = np.empty(n), np.empty(n)
    preconditioner(scale, learner.state, learner.decay, learner.hyper(), n, optimizer)
    with np.errstate(divide="ignore", invalid="ignore"):
        root = 1 / np.sqrt(scale)
    if not np.isfinite(root).all() or not np.isfinite(learner.params).all():
        return np.nan
    scratch = learner.act, np.empty(net.act), learner.delta, np.empty(net.delta)

    def product(v):
        hessian_product(out, learner.params, root * v, learner.net, *learner.data, samples, *scratch)
        return root * (out + decayed * root * v)

    return float(largest(product, n)[0])
