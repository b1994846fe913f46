"""Paths equal those of PyTorch and, for Lion, optax: golden/golden.json, made by golden/make.py."""

import json
from pathlib import Path

import numpy as np
import pytest

from speedup import OPTIMIZERS, Lane, RaceSpec, simulate

GOLDEN = json.loads(Path(__file__).with_name("golden").joinpath("golden.json").read_text())
CASES = GOLDEN["cases"]


def name(case):
    h = ",".join(f"{key}:{value:g}" for key, value in case["h"].items())
    return f"{case['surface']}-{case['optimizer']}-{h or 'defaults'}" + "-diverges" * (case["diverged"] >= 0)


def run(case):
    lane = Lane(case["optimizer"], case["h"])
    return simulate(
        RaceSpec(surface=case["surface"], params=case["params"], start=tuple(case["start"]), steps=case["steps"], lanes=(lane,))
    )


@pytest.mark.parametrize("case", CASES, ids=name)
def test_path_equals_the_oracles(case):
    golden = np.array(case["rows"])
    steps, golden = golden[:, 0].astype(int), golden[:, 1:]
    ours = run(case).paths[0, steps]
    allowed = 1e-9 * np.maximum(abs(ours), abs(golden)) + 1e-12
    assert (abs(ours - golden) <= allowed).all(), f"x, y, loss off by\n{ours - golden}\nat steps {steps}"


@pytest.mark.parametrize("case", CASES, ids=name)
def test_divergence_begins_at_the_oracles_step(case):
    race, diverged = run(case), case["diverged"]
    assert race.diverged[0] == diverged
    finite = np.isfinite(race.paths[0])
    end = len(finite) if diverged < 0 else diverged
    assert finite[:end].all() and np.isnan(race.paths[0, end:]).all()


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_every_optimizer_is_covered(optimizer):
    mine = [case for case in CASES if case["optimizer"] == optimizer]
    assert len({case["surface"] for case in mine}) >= 4
    changed = {key for case in mine for key, value in case["h"].items() if value != OPTIMIZERS[optimizer].defaults()[key]}
    assert changed == set(OPTIMIZERS[optimizer].defaults()), "a hyperparameter never leaves its default"
