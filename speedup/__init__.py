"""speedup: see how neural-network training is sped up."""

from speedup.datasets import DATASETS
from speedup.export.figure import figure
from speedup.lane import Lane
from speedup.network.training import Training, TrainSpec, train
from speedup.optimizers import OPTIMIZERS
from speedup.race.race import Race, RaceSpec, simulate
from speedup.schema.validation import SpecError
from speedup.study.anatomy import Anatomy, anatomy
from speedup.study.sharpness import Sharpness, sharpness
from speedup.study.sweep import Sweep, sweep
from speedup.surfaces import SURFACES

__all__ = [
    "DATASETS",
    "OPTIMIZERS",
    "SURFACES",
    "Anatomy",
    "Lane",
    "Race",
    "RaceSpec",
    "Sharpness",
    "SpecError",
    "Sweep",
    "TrainSpec",
    "Training",
    "anatomy",
    "figure",
    "sharpness",
    "simulate",
    "sweep",
    "train",
]

__version__ = "0.1.0"
