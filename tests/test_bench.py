"""What the benchmark hands kernels is what they take: it is run too seldom to notice by itself."""

import importlib
import pkgutil

import numpy as np
import pytest

import bench
from bench import cases
from speedup.network.learning import learn
from speedup.race.race import race


@pytest.mark.parametrize("name", [one.name for one in pkgutil.iter_modules(bench.__path__) if one.name != "baseline_app"])
def test_every_part_can_be_imported(name):
    importlib.import_module(f"bench.{name}")


@pytest.mark.parametrize("optimizer", cases.KERNELS)
def test_a_race_comes_to_its_end(optimizer):
    path, *_ = arguments = cases.arguments(optimizer)
    race(*arguments)
    assert np.isfinite(path).all()


@pytest.mark.parametrize("spec", [cases.tutorial(), cases.playground()], ids=["tutorial", "playground"])
def test_a_training_learns(spec):
    arguments = cases.learn_arguments(spec)
    learn(*arguments)
    assert arguments[4][-1] < arguments[4][0]
