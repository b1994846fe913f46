"""The sharpness that an optimizer feels, against the limit of its learning rate."""

from dataclasses import dataclass

import numpy as np

from speedup.race.curvature import along
from speedup.race.race import RaceSpec, simulate
from speedup.schema import validation
from speedup.schema.frozen import Result


@dataclass(frozen=True, eq=False, repr=False)
class Sharpness(Result):
    """How sharply the loss is curved along each lane's way, as its optimizer feels it.

    values  float64 (lanes, steps + 1): the largest eigenvalue of P⁻¹H at each point, P being what the optimizer divides each
            coordinate by, of the state before that point's step, H the loss' exact Hessian (with weight decay, if that goes
            into the gradient)
    limits  float64 (lanes,): what lr times it must stay below, else the lane swings and grows; NaN where there is no such limit
    """

    spec: RaceSpec
    values: np.ndarray
    limits: np.ndarray

    @property
    def share(self) -> np.ndarray:
        """float64, as values: lr · values / limits, 1 at the limit."""
        lr = np.array([[lane.hyperparameters["lr"]] for lane in self.spec.lanes])
        with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
            return lr * self.values / self.limits[:, None]


def sharpness(spec: RaceSpec) -> Sharpness:
    """Computes the Sharpness along the paths of a RaceSpec. Raises TypeError for anything else.

    NaN from where a lane diverged. Before the first step an optimizer that divides by what it remembers has nothing to divide
    by but eps: there it is NaN, infinite or very large.
    """
    validation.instance(spec, RaceSpec, "sharpness")
    return Sharpness(spec, *along(simulate(spec)))
