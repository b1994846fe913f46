"""The sharpness that an optimizer feels, against the limit of its learning rate."""

from dataclasses import dataclass

import numpy as np

from speedup.network import curvature as of_networks
from speedup.network.training import TrainSpec
from speedup.race import curvature as of_races
from speedup.race.race import RaceSpec, simulate
from speedup.schema import validation
from speedup.schema.frozen import Result


@dataclass(frozen=True, eq=False, repr=False)
class Sharpness(Result):
    """How sharply the loss is curved along each lane's way, as its optimizer feels it.

    values  float64 (lanes, steps + 1), of a training (lanes, frames): the largest eigenvalue of P⁻¹H at each point, P being what
            the optimizer divides each coordinate by, of the state before that point's step, H the loss' exact Hessian (over all
            training samples; with weight decay, if that goes into the gradient)
    limits  float64 (lanes,): what lr times it must stay below, else the lane swings and grows; NaN where there is no such limit;
            with the hyperparameters of step 0
    share   float64, as values: lr · values / limits, 1 at the limit; in a training lr and limits are those of each frame
    """

    spec: RaceSpec | TrainSpec
    values: np.ndarray
    limits: np.ndarray
    share: np.ndarray


def sharpness(spec: RaceSpec | TrainSpec) -> Sharpness:
    """Computes the Sharpness along the paths of a RaceSpec, or at the frames of a TrainSpec (see `Training.frames`).

    Raises TypeError for anything else, SpecError for a training that would take too long. NaN from where a lane diverged. Before
    the first step an optimizer that divides by what it remembers has nothing to divide by but eps: there it is NaN or very
    large.
    """
    validation.instance(spec, (RaceSpec, TrainSpec), "sharpness")
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):  # of a lane that diverges
        if isinstance(spec, TrainSpec):
            values, lr, limits = of_networks.along(spec)
        else:
            values, limit = of_races.along(simulate(spec))
            lr, limits = np.array([[lane.hyperparameters["lr"]] for lane in spec.lanes]), limit[:, None]
        return Sharpness(spec, values, limits[:, 0].copy(), lr * values / limits)
