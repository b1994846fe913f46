"""speedup: see how neural-network training is sped up."""

from speedup.bounds import SpecError
from speedup.optimizers import OPTIMIZERS
from speedup.race import Lane, Race, RaceSpec, simulate
from speedup.surfaces import SURFACES

__all__ = ["OPTIMIZERS", "SURFACES", "Lane", "Race", "RaceSpec", "SpecError", "simulate"]
