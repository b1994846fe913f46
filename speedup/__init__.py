"""speedup: see how neural-network training is sped up."""

from speedup.bounds import SpecError
from speedup.datasets import DATASETS
from speedup.optimizers import OPTIMIZERS
from speedup.race import Lane, Race, RaceSpec, simulate
from speedup.surfaces import SURFACES
from speedup.training import Training, TrainSpec, train

__all__ = [
    "DATASETS", "OPTIMIZERS", "SURFACES", "Lane", "Race", "RaceSpec", "SpecError", "TrainSpec", "Training", "simulate",
    "train",
]
